//! What the town asks about a user or a use (利用者区分・入場料).

use serde::{Deserialize, Serialize};

use super::{Slug, is_false};

/// One question, and the name prices use for its answer (利用者区分).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UserAttribute {
    /// Its slug (`outsider`, `commercial`, `entry_fee_yen`).
    pub id: Slug,
    /// What the form asks (「営利目的で使う」).
    pub label: String,
    /// What kind of answer it has.
    #[serde(default, skip_serializing_if = "AttributeKind::is_flag")]
    pub kind: AttributeKind,
    /// True when the card's address answers it (町外): never asked, never believed from a form.
    #[serde(default, skip_serializing_if = "is_false")]
    pub from_residence: bool,
}

/// The kind of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AttributeKind {
    /// Yes or no; no when not answered.
    #[default]
    Flag,
    /// A whole number, of yen where it is money (入場料); 0 when not answered.
    Amount,
    /// One of several classes (一般・高校生以下); the first when not answered.
    Choice(Vec<Choice>),
}

/// One class to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its slug, unique in the attribute.
    pub id: Slug,
    /// What people read (「高校生以下」).
    pub label: String,
}

impl AttributeKind {
    /// True for yes or no.
    #[must_use]
    pub const fn is_flag(&self) -> bool {
        matches!(self, Self::Flag)
    }
}
