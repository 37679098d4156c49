//! What people rely on when they hold one of our papers.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a paper that cannot be printed or read back is a failed test"
)]

mod day_sheet;
mod hostile;
mod invoice;
mod permit;
mod reading;
mod sheets;
mod standards;
mod tables;
