//! The calendar (開館日・休館日): which days a facility opens, and for which hours.

mod day_plan;
mod holidays;
mod open_days;

#[cfg(test)]
mod reference_tests;
#[cfg(test)]
mod tests;

pub use day_plan::{DayPlan, day_plan};
pub use holidays::Holidays;
pub use open_days::OpenDays;
