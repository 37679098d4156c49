//! The acceptance scenarios (domain.md H), by their numbers, through the use cases.

mod changes;
mod groups;
