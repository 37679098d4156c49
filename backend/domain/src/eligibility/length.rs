//! How much can be had in a row: divisions of a day, and days.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{NextStep, RuleRefusal, Why};
use crate::town::Limit;

/// Whether so many divisions can be booked at once (連続して予約できる区分の数).
///
/// # Errors
/// [`Why::TooManyDivisions`].
pub fn check_divisions(limit: &Limit, divisions: u32) -> Result<(), RuleRefusal> {
    if divisions <= limit.most {
        return Ok(());
    }
    Err(RuleRefusal {
        why: Why::TooManyDivisions { most: limit.most },
        article: limit.article.clone(),
        next: vec![NextStep::AskForLess],
    })
}

/// Whether a day can be added to the days that the same people have booked in the same place
/// (引き続き利用できる日数).
///
/// # Errors
/// [`Why::TooManyDays`], with the next day on which it could be.
pub fn check_days_in_a_row(
    limit: &Limit,
    booked: &BTreeSet<NaiveDate>,
    date: NaiveDate,
) -> Result<(), RuleRefusal> {
    if run_around(booked, date) <= limit.most {
        return Ok(());
    }
    let next = date
        .iter_days()
        .skip(1)
        .take(400)
        .find(|day| !booked.contains(day) && run_around(booked, *day) <= limit.most);
    Err(RuleRefusal {
        why: Why::TooManyDays { most: limit.most },
        article: limit.article.clone(),
        next: next
            .map(|date| NextStep::ChooseDayFrom { date })
            .into_iter()
            .chain([NextStep::CancelOne])
            .collect(),
    })
}

/// How long the run of days would be that `date` is in.
fn run_around(booked: &BTreeSet<NaiveDate>, date: NaiveDate) -> u32 {
    let day = Days::new(1);
    let before = std::iter::successors(date.checked_sub_days(day), |it| it.checked_sub_days(day));
    let after = std::iter::successors(date.checked_add_days(day), |it| it.checked_add_days(day));
    let run = before.take_while(|it| booked.contains(it)).count()
        + after.take_while(|it| booked.contains(it)).count();
    u32::try_from(run).unwrap_or(u32::MAX).saturating_add(1)
}
