//! What people rely on when they hold one of our papers.

mod hostile;
mod invoice;
mod permit;
mod reading;
mod sheets;
mod standards;
