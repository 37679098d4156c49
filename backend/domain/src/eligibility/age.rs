//! Minimum age and guardians.

use chrono::{Datelike, NaiveDate};

use super::{NextStep, RuleRefusal, Why};
use crate::town::{AgeFrom, AgeRule};

/// What an age rule says to somebody who is old enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeRuling {
    /// Nothing more is needed.
    Fine,
    /// A guardian has to agree first (保護者の同意待ち).
    NeedsConsent,
}

/// Whether somebody born on `birthdate` is old enough on a day: the day of use for a booking, the
/// day of registration for a registration (scenario 21).
///
/// An age is reached with the day before the birthday (年齢計算ニ関する法律), so on the birthday
/// somebody has it; whoever is born on 29 February has it on 1 March of other years.
///
/// # Errors
/// [`Why::TooYoung`]; [`Why::BirthdateUnknown`] when the rule asks and nobody knows.
pub fn check_age(
    rule: &AgeRule,
    birthdate: Option<NaiveDate>,
    on: NaiveDate,
) -> Result<AgeRuling, RuleRefusal> {
    let refuse = |why, next| RuleRefusal {
        why,
        article: rule.article.clone(),
        next: vec![next],
    };
    let Some(birthdate) = birthdate else {
        return Err(refuse(Why::BirthdateUnknown, NextStep::ShowBirthdate));
    };
    if let Some(from) = rule.from
        && from.reached(birthdate).is_none_or(|day| on < day)
    {
        return Err(refuse(Why::TooYoung { from }, NextStep::AskGrownUp));
    }
    let minor = rule
        .consent_under
        .is_some_and(|years| birthday(birthdate, years).is_none_or(|day| on < day));
    Ok(if minor {
        AgeRuling::NeedsConsent
    } else {
        AgeRuling::Fine
    })
}

impl AgeFrom {
    /// The first day on which somebody is old enough.
    #[must_use]
    pub fn reached(self, birthdate: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Years(years) => birthday(birthdate, years),
            // 「達した日の翌日以後における最初の4月1日」: whoever turns so old on 1 April is of the
            // year above (学校教育法17条).
            Self::AprilAfter(years) => {
                let turned = birthday(birthdate, years)?;
                let april = NaiveDate::from_ymd_opt(turned.year(), 4, 1)?;
                if turned <= april {
                    Some(april)
                } else {
                    NaiveDate::from_ymd_opt(turned.year() + 1, 4, 1)
                }
            }
        }
    }
}

fn birthday(birthdate: NaiveDate, years: u8) -> Option<NaiveDate> {
    let year = birthdate.year() + i32::from(years);
    birthdate
        .with_year(year)
        .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}
