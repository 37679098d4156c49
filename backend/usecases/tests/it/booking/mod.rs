//! Holding, confirming and keeping rooms.

mod happy;
mod refusals;
mod repeated;
mod window;
