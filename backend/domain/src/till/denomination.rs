//! The notes and coins of the yen (金種).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A note or a coin (金種), the largest first as drawers are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Denomination {
    Yen10000,
    Yen5000,
    Yen2000,
    Yen1000,
    Yen500,
    Yen100,
    Yen50,
    Yen10,
    Yen5,
    Yen1,
}

/// A text names no note or coin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」円という金種はありません")]
pub struct NoSuchDenomination(pub String);

impl Denomination {
    /// All of them, the largest first.
    pub const ALL: [Self; 10] = [
        Self::Yen10000,
        Self::Yen5000,
        Self::Yen2000,
        Self::Yen1000,
        Self::Yen500,
        Self::Yen100,
        Self::Yen50,
        Self::Yen10,
        Self::Yen5,
        Self::Yen1,
    ];

    /// What one is worth, yen.
    #[must_use]
    pub const fn yen(self) -> u32 {
        match self {
            Self::Yen10000 => 10_000,
            Self::Yen5000 => 5_000,
            Self::Yen2000 => 2_000,
            Self::Yen1000 => 1_000,
            Self::Yen500 => 500,
            Self::Yen100 => 100,
            Self::Yen50 => 50,
            Self::Yen10 => 10,
            Self::Yen5 => 5,
            Self::Yen1 => 1,
        }
    }

    /// True for notes (紙幣).
    #[must_use]
    pub const fn is_note(self) -> bool {
        self.yen() >= 1_000
    }

    /// The one worth so much.
    #[must_use]
    pub fn of_yen(yen: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.yen() == yen)
    }
}

/// 「1,000円札」「500円玉」
impl fmt::Display for Denomination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.is_note() { "札" } else { "玉" };
        write!(f, "{}{kind}", crate::money::Yen::new(self.yen()))
    }
}

impl TryFrom<String> for Denomination {
    type Error = NoSuchDenomination;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.yen().to_string() == text)
            .ok_or(NoSuchDenomination(text))
    }
}

impl From<Denomination> for String {
    fn from(kind: Denomination) -> Self {
        kind.yen().to_string()
    }
}
