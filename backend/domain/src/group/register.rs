//! Whether a group can be registered, and what it still has to show.

use chrono::NaiveDate;

use super::GroupDocument;
use crate::eligibility::{AgeRuling, RuleRefusal, Why, check_age, check_group_size};
use crate::town::GroupRule;

/// What a group that can be registered still has to show (登録に必要なもの).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// The representative is a minor: a guardian has to agree first (保護者の同意待ち).
    pub needs_consent: bool,
    /// Nobody knows how old the representative is, and the town asks: a clerk looks at a paper.
    pub needs_age: bool,
}

impl Readiness {
    /// The papers that somebody has to see.
    pub fn documents(self) -> impl Iterator<Item = GroupDocument> {
        GroupDocument::ALL
            .into_iter()
            .filter(move |document| match document {
                GroupDocument::Rules | GroupDocument::Roster => true,
                GroupDocument::Age => self.needs_age,
                GroupDocument::Consent => self.needs_consent,
            })
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
    let mut ready = Readiness::default();
    match rule.age.as_ref().map(|age| check_age(age, birthdate, on)) {
        Some(Ok(ruling)) => ready.needs_consent = ruling == AgeRuling::NeedsConsent,
        Some(Err(refusal)) => refusals.push(refusal),
        None => {}
    }
    refusals.extend(check_group_size(rule, members).err());
    if refusals.is_empty() {
        Ok(ready)
    } else {
        Err(refusals)
    }
}

/// The same at the counter, where a paper can tell how old somebody is: of it nothing is kept but that
/// it was seen.
///
/// # Errors
/// As [`readiness`], but that nobody knows how old they are.
pub fn readiness_at_the_counter(
    rule: &GroupRule,
    birthdate: Option<NaiveDate>,
    members: u32,
    on: NaiveDate,
) -> Result<Readiness, Vec<RuleRefusal>> {
    match readiness(rule, birthdate, members, on) {
        Ok(ready) => Ok(ready),
        Err(mut refusals) => {
            let all = refusals.len();
            refusals.retain(|refusal| refusal.why != Why::BirthdateUnknown);
            let needs_age = refusals.len() < all;
            if refusals.is_empty() {
                Ok(Readiness {
                    needs_consent: false,
                    needs_age,
                })
            } else {
                Err(refusals)
            }
        }
    }
}
