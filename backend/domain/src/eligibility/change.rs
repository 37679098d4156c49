//! Changing a booking (利用の変更).

use chrono::{DateTime, Days, Utc};

use super::{NextStep, RuleRefusal, Why};
use crate::civil;
use crate::span::Span;
use crate::town::{ChangeRule, OtherTime, Shorter, Slug};

/// Where and when a booking is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The room.
    pub room: Slug,
    /// The time.
    pub span: Span,
}

/// What a change means for the money (変更の扱い).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeRuling {
    /// Nothing changes.
    Same,
    /// Time is added, or the time moves and still meets the old one: the difference is paid
    /// (差額を納付).
    PayDifference,
    /// Time is given up: what comes back of it.
    Shorter(Shorter),
    /// It moves to another day, time or room: the difference is paid or given back.
    Moved,
}

/// What changing a booking from `before` to `after` means in this town, `changed` times changed
/// already.
///
/// 都城市 [S112]: added time is a change, the difference is paid; another day or a wholly different
/// time is a cancellation and a new application. 松前町 [S4]: nothing changes after the start.
///
/// # Errors
/// [`Why::ChangeStarted`], [`Why::ChangeTooLate`], [`Why::ChangedTooOften`],
/// [`Why::ChangeIsNewBooking`].
pub fn check_change(
    rule: &ChangeRule,
    before: &Placed,
    after: &Placed,
    changed: u32,
    now: DateTime<Utc>,
) -> Result<ChangeRuling, RuleRefusal> {
    if before == after {
        return Ok(ChangeRuling::Same);
    }
    let refuse = |why, next| {
        Err(RuleRefusal {
            why,
            article: rule.article.clone(),
            next: vec![next],
        })
    };
    if now >= before.span.start().instant() {
        return refuse(Why::ChangeStarted, NextStep::CancelAndRebook);
    }
    let last_day = before
        .span
        .date()
        .checked_sub_days(Days::new(u64::from(rule.until_days_before)));
    if let Some(last_day) = last_day.filter(|day| civil::date_at(now) > *day) {
        return refuse(Why::ChangeTooLate { last_day }, NextStep::CancelAndRebook);
    }
    if let Some(most) = rule.most_times.filter(|most| changed >= *most) {
        return refuse(Why::ChangedTooOften { most }, NextStep::CancelAndRebook);
    }
    let same_place = before.room == after.room && before.span.date() == after.span.date();
    let ruling = if same_place && before.span.contains(after.span) {
        ChangeRuling::Shorter(rule.shorter)
    } else if same_place && before.span.overlaps(after.span) {
        ChangeRuling::PayDifference
    } else if rule.other_time == OtherTime::Move {
        ChangeRuling::Moved
    } else {
        return refuse(Why::ChangeIsNewBooking, NextStep::CancelAndRebook);
    };
    Ok(ruling)
}
