//! Until when the fee is due after a review.

use chrono::{DateTime, Duration, Utc};

use crate::span::Span;

/// How long somebody has to pay after the decision, days.
///
/// No ordinance that was read gives a number for what was decided later than it was booked; two
/// weeks are what a 納入通知 usually leaves (and longer than a letter takes).
pub const PAY_DAYS: i64 = 14;

/// Until when the fee is due that was decided `now`: [`PAY_DAYS`] on, and never past the beginning
/// of the use.
#[must_use]
pub fn due_after_review(now: DateTime<Utc>, span: Span) -> DateTime<Utc> {
    let in_time = now + Duration::days(PAY_DAYS);
    in_time.min(span.start().instant())
}
