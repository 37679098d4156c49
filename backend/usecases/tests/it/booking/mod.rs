//! Holding, confirming and keeping rooms.

mod equipment;
mod happy;
mod refusals;
mod repeated;
mod window;
