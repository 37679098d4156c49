//! Reservations (予約): from a hold to the papers, for the person whose they are.

mod applicant;
mod book;
mod calendar_entry;
mod cells;
mod equipment;
mod extend;
mod facts;
mod list;
mod record;
mod rules;
mod show;
mod taken;
mod towns;

pub(crate) use cells::cells_of;
pub(crate) use equipment::{is_there, lend};
pub(crate) use facts::{Facts, paid_by, pay_state, refused, rightful, shown, used};
pub(crate) use towns::Towns;
