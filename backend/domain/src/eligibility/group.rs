//! Registered groups (登録団体): how many, until when, from when again.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{NextStep, RuleRefusal, Why};
use crate::town::{GroupRule, Validity};

/// Whether a group of `members` can be registered.
///
/// # Errors
/// [`Why::GroupTooSmall`].
pub fn check_group_size(rule: &GroupRule, members: u32) -> Result<(), RuleRefusal> {
    if members >= rule.min_members {
        return Ok(());
    }
    Err(RuleRefusal {
        why: Why::GroupTooSmall {
            least: rule.min_members,
        },
        article: rule.article.clone(),
        next: vec![NextStep::FindMembers],
    })
}

/// The last day of a registration made on `registered_on` (有効期限). A renewal in time counts from
/// the day after the old one ends.
#[must_use]
pub fn group_valid_until(rule: &GroupRule, registered_on: NaiveDate) -> NaiveDate {
    let until = match rule.validity {
        Validity::Years(years) => registered_on
            .checked_add_months(Months::new(u32::from(years) * 12))
            .and_then(|day| day.pred_opt()),
        Validity::FiscalYears(years) => {
            let before_april = registered_on.month() < 4;
            let year = registered_on.year() + i32::from(years) - i32::from(before_april);
            NaiveDate::from_ymd_opt(year, 3, 31)
        }
    };
    until.unwrap_or(registered_on)
}

/// From when a registration can be renewed (更新の受付開始日).
#[must_use]
pub fn renewable_from(rule: &GroupRule, valid_until: NaiveDate) -> NaiveDate {
    valid_until
        .checked_add_days(Days::new(1))
        .and_then(|day| day.checked_sub_months(Months::new(rule.renew_months_before)))
        .unwrap_or(valid_until)
}

/// Whether a group registered until `valid_until` can book a day of use (scenario 51).
///
/// # Errors
/// [`Why::GroupExpired`], with the day from which the registration can be renewed.
pub fn check_group_validity(
    rule: &GroupRule,
    valid_until: NaiveDate,
    date: NaiveDate,
) -> Result<(), RuleRefusal> {
    if date <= valid_until {
        return Ok(());
    }
    Err(RuleRefusal {
        why: Why::GroupExpired { valid_until },
        article: rule.article.clone(),
        next: vec![NextStep::RenewGroup {
            from: renewable_from(rule, valid_until),
        }],
    })
}
