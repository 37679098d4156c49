//! Looking around (施設・空き状況・料金): open to everybody, says nothing about who booked.

mod day;
mod facilities;
mod fees;
mod floor;
mod offers;
mod quote;
mod week;

pub(crate) use day::{whole_of, wholes_before_parts};
pub(crate) use floor::{Floor, Looker};
pub(crate) use offers::alternatives_to;
pub(crate) use quote::{quote_refusal, quote_request, slot_refusal};
