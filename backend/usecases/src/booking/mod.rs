//! Reservations (予約): from a hold to the papers, for the person whose they are.

mod book;
mod calendar_entry;
mod extend;
mod facts;
mod list;
mod show;
mod towns;

pub(crate) use book::cells_of;
pub(crate) use facts::{Facts, paid_by, pay_state, refused, rightful, shown, used};
pub(crate) use towns::Towns;
