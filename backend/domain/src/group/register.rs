//! Whether a group can be registered, and what it still has to show.

use chrono::NaiveDate;

use super::GroupDocument;
use crate::eligibility::{AgeRuling, RuleRefusal, check_age, check_group_size};
use crate::town::GroupRule;

/// What a group that can be registered still has to show (登録に必要なもの).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// The representative is a minor: a guardian has to agree first (保護者の同意待ち).
    pub needs_consent: bool,
}

impl Readiness {
    /// The papers that somebody has to see.
    pub fn documents(&self) -> impl Iterator<Item = GroupDocument> + use<> {
        let needs_consent = self.needs_consent;
        GroupDocument::ALL
            .into_iter()
            .filter(move |document| needs_consent || *document != GroupDocument::Consent)
    }
}

/// Whether a group of so many members, represented by somebody born on `birthdate`, can be registered
/// on a day (scenario 21). Everything that stands in the way is said at once.
///
/// # Errors
/// The refusals of [`check_age`] and [`check_group_size`]; never an empty list.
pub fn readiness(
    rule: &GroupRule,
    birthdate: Option<NaiveDate>,
    members: u32,
    on: NaiveDate,
) -> Result<Readiness, Vec<RuleRefusal>> {
    let mut refusals = Vec::new();
    let age = rule.age.as_ref().map(|age| check_age(age, birthdate, on));
    let needs_consent = match age {
        Some(Ok(ruling)) => ruling == AgeRuling::NeedsConsent,
        Some(Err(refusal)) => {
            refusals.push(refusal);
            false
        }
        None => false,
    };
    refusals.extend(check_group_size(rule, members).err());
    if refusals.is_empty() {
        Ok(Readiness { needs_consent })
    } else {
        Err(refusals)
    }
}
