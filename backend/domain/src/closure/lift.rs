//! Lifting a closure: one day of it, the rest of a series, or all that is left.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ClosureRefusal;
use crate::span::{Cell, Span};

/// What is lifted (休館の解除).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lift {
    /// One day of it.
    Day(NaiveDate),
    /// That day and every later one.
    From(NaiveDate),
    /// All that has not passed.
    All,
}

/// A span that is open again, wholly or from the next cell on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifted {
    /// What was closed.
    pub was: Span,
    /// What stays closed, as a record: the part that has passed, with the cell that runs.
    pub left: Option<Span>,
}

impl Lifted {
    /// The time that can be booked again: its claims go.
    #[must_use]
    pub fn freed(self) -> Span {
        self.left
            .and_then(|left| Span::new(left.end(), self.was.end()).ok())
            .unwrap_or(self.was)
    }
}

/// What lifting does to the spans of a closure. What has passed stays as it was.
///
/// # Errors
/// [`ClosureRefusal::NothingToLift`] when no span is left there.
pub fn lift(spans: &[Span], what: Lift, now: DateTime<Utc>) -> Result<Vec<Lifted>, ClosureRefusal> {
    let next = Cell::containing(now).plus(1);
    let meant = |span: &Span| match what {
        Lift::Day(date) => span.date() == date,
        Lift::From(date) => span.date() >= date,
        Lift::All => true,
    };
    let lifted: Vec<Lifted> = spans
        .iter()
        .copied()
        .filter(|span| meant(span) && span.end() > next)
        .map(|was| Lifted {
            was,
            left: Span::new(was.start(), next).ok(),
        })
        .collect();
    if lifted.is_empty() {
        return Err(ClosureRefusal::NothingToLift);
    }
    Ok(lifted)
}
