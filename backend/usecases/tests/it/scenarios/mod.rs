//! The acceptance scenarios of the field (受入れシナリオ), by their numbers, through the use cases.

mod reviews;
