//! What a group shows so that it can be registered.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::StaffId;

/// A paper of a group (団体登録の書類). That it was seen is kept, never the paper nor a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupDocument {
    /// Its rules (規約・会則).
    Rules,
    /// Its roster (名簿): who is counted, and how many of them in the town.
    Roster,
    /// Anything that tells how old the representative is (年齢のわかる書類), where no card did.
    Age,
    /// A guardian's consent for a representative who is a minor (保護者の同意書).
    Consent,
}

impl GroupDocument {
    /// All of them, as a form lists them.
    pub const ALL: [Self; 4] = [Self::Rules, Self::Roster, Self::Age, Self::Consent];

    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Roster => "roster",
            Self::Age => "age",
            Self::Consent => "consent",
        }
    }
}

/// As people read it.
impl fmt::Display for GroupDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rules => "規約・会則",
            Self::Roster => "名簿",
            Self::Age => "代表者の年齢のわかる書類",
            Self::Consent => "保護者の同意書",
        })
    }
}

/// A paper was looked at (書類の確認).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentSeen {
    /// Which.
    pub document: GroupDocument,
    /// On which day, in Japan.
    pub on: NaiveDate,
    /// By whom.
    pub by: StaffId,
}
