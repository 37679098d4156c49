//! Worked examples (計算例): what the ordinance's prices come to, checked with the file.

use serde::{Deserialize, Serialize};

use crate::fees::QuoteRequest;
use crate::money::{SignedYen, Yen};

/// A worked example (計算例): a request and what it must cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows (「市外かつ営利は5倍」).
    pub name: String,
    /// Where the prices or the result stand.
    pub source: String,
    /// What it must cost, yen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_yen: Option<Yen>,
    /// The amounts of the lines, in order, where they matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines_yen: Vec<SignedYen>,
    /// The code of the refusal, where it must be refused instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// What is asked, as `yoriai fee quote` reads it.
    pub request: QuoteRequest,
}
