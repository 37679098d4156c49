//! Other times that are free (空きの案内).

use chrono::{Days, NaiveDate};
use contract::{Outcome, SlotOffer};
use domain::availability::{FreeTime, Wanted, alternatives};
use domain::span::Span;
use domain::town::{Facility, Slug};

use super::Floor;

/// How far ahead the next free time is sought.
pub(super) const NEXT_FREE_DAYS: u64 = 35;

/// Around a taken time: so many days before and after, so many offers.
const BEFORE: u64 = 3;
const AROUND: u64 = 14;
const OFFERS: usize = 3;

/// A free time with the words for it.
pub(super) fn offer(facility: &Facility, free: FreeTime) -> Option<SlotOffer> {
    let room = facility.room(&free.room)?;
    Some(SlotOffer {
        room: free.room,
        room_name: room.name.clone(),
        span: free.span,
    })
}

/// The nearest free times to one that somebody else got.
pub(crate) async fn alternatives_to(
    floor: &Floor,
    room: &Slug,
    span: Span,
    people: u32,
) -> Outcome<Vec<SlotOffer>> {
    let (facility, room) = floor.room(room)?;
    let from = days_before(span.date(), BEFORE).max(floor.today);
    let question = floor.question(facility.unit_ids(), from, AROUND);
    let claimed = floor.claimed(&question).await?;
    let wanted = Wanted { room, span, people };
    let look = floor.look(facility, &claimed);
    let free = alternatives(facility, wanted, from, AROUND, OFFERS, look);
    Ok(free
        .into_iter()
        .filter_map(|free| offer(facility, free))
        .collect())
}

fn days_before(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}
