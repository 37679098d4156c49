//! Why a place is closed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ClosureRefusal;

/// How many letters a note may have.
pub const LONGEST_NOTE: usize = 200;

/// What kind of closure it is (休館・公用の種別).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosureKind {
    /// Works (工事・修繕).
    Works,
    /// The town uses it itself (公用): elections, check-ups, school events.
    PublicUse,
    /// Cleaning and inspection (清掃・点検).
    Cleaning,
    /// A shelter (避難所).
    Shelter,
    /// Anything else (その他); the note says what.
    Other,
}

impl ClosureKind {
    /// All of them, as a form lists them.
    pub const ALL: [Self; 5] = [
        Self::Works,
        Self::PublicUse,
        Self::Cleaning,
        Self::Shelter,
        Self::Other,
    ];

    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::PublicUse => "public_use",
            Self::Cleaning => "cleaning",
            Self::Shelter => "shelter",
            Self::Other => "other",
        }
    }

    /// As people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Works => "工事",
            Self::PublicUse => "公用",
            Self::Cleaning => "清掃",
            Self::Shelter => "避難所",
            Self::Other => "その他",
        }
    }
}

/// Why a place is closed (休館の理由): a kind, and what people are told besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawReason", into = "RawReason")]
pub struct ClosureReason {
    kind: ClosureKind,
    note: String,
}

#[derive(Serialize, Deserialize)]
struct RawReason {
    kind: ClosureKind,
    note: String,
}

impl ClosureReason {
    /// A kind with a note, which may be empty but for [`ClosureKind::Other`]. People whose booking
    /// is cancelled read it.
    ///
    /// # Errors
    /// [`ClosureRefusal::ReasonMissing`], [`ClosureRefusal::ReasonTooLong`].
    pub fn new(kind: ClosureKind, note: &str) -> Result<Self, ClosureRefusal> {
        let note = note.trim();
        if kind == ClosureKind::Other && note.is_empty() {
            return Err(ClosureRefusal::ReasonMissing);
        }
        if note.chars().count() > LONGEST_NOTE {
            return Err(ClosureRefusal::ReasonTooLong { most: LONGEST_NOTE });
        }
        Ok(Self {
            kind,
            note: note.to_owned(),
        })
    }

    /// What kind it is.
    #[must_use]
    pub const fn kind(&self) -> ClosureKind {
        self.kind
    }

    /// What was noted; may be empty.
    #[must_use]
    pub fn note(&self) -> &str {
        &self.note
    }

    /// What the cancellation of a booking says: 「施設の都合：工事（屋根の修理）」.
    #[must_use]
    pub fn for_cancelling(&self) -> String {
        format!("施設の都合：{self}")
    }
}

/// 「工事」「工事（屋根の修理）」; of その他 the note alone.
impl fmt::Display for ClosureReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.note.as_str()) {
            (ClosureKind::Other, note) => f.write_str(note),
            (kind, "") => f.write_str(kind.label()),
            (kind, note) => write!(f, "{}（{note}）", kind.label()),
        }
    }
}

impl TryFrom<RawReason> for ClosureReason {
    type Error = ClosureRefusal;

    fn try_from(raw: RawReason) -> Result<Self, Self::Error> {
        Self::new(raw.kind, &raw.note)
    }
}

impl From<ClosureReason> for RawReason {
    fn from(reason: ClosureReason) -> Self {
        Self {
            kind: reason.kind,
            note: reason.note,
        }
    }
}
