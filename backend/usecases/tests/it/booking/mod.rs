//! Holding, confirming and keeping rooms.

mod happy;
