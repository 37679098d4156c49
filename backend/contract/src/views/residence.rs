//! As what somebody counts in the town (町内・町外), and why.

use chrono::NaiveDate;
use domain::residency::{Finding, Source};
use domain::town::TownTie;

/// As what somebody counts (町内判定).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResidenceView {
    /// In the town in general.
    pub in_general: Finding,
    /// At facilities that have a rule of their own, where it is not the same.
    pub elsewhere: Vec<ResidenceAt>,
    /// Everything that is known, what ended included, the last seen first.
    pub evidence: Vec<EvidenceView>,
    /// What ties to the town count anywhere in it besides living there, for a clerk's form.
    pub asked: Vec<TownTie>,
}

/// As what somebody counts at one facility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResidenceAt {
    /// The facility's name.
    pub facility: String,
    /// As what.
    pub finding: Finding,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceView {
    /// What it shows.
    pub tie: TownTie,
    /// Where from.
    pub source: Source,
    /// The last day on which it was read or seen, in Japan.
    pub seen_on: NaiveDate,
    /// The day on which it was found otherwise, in Japan.
    pub ended_on: Option<NaiveDate>,
}
