//! The acceptance scenarios of the field (受入れシナリオ), by their numbers, through the use cases.

mod budget_years;
mod calendars;
mod changes;
mod conditions;
mod fiscal_years;
mod floor;
mod groups;
mod quotas;
mod quotes;
mod returns;
mod reviews;
mod windows;
