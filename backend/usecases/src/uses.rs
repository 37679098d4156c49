//! Uses (利用), one after the other, as they were asked for: for trying other rules on them.

use contract::Action as Doing;
use domain::civil;
use domain::fees::{BasisDates, OptionRequest, QuoteRequest};
use domain::ids::FacilityId;
use domain::study::RoomName;
use domain::town::Slug;

use crate::authority::OnDuty;
use crate::ports::store::{Particulars, Reading, Stored, UseRow, Uses};

/// How many are read at once: a page is some hundred kilobytes, however many there are.
const PAGE: u32 = 1_000;

/// At which facilities they are seen.
#[derive(Clone, Copy)]
pub(crate) enum Seen<'a> {
    /// At all of the town's: the house asks.
    All,
    /// Where somebody may do that.
    By(&'a OnDuty, Doing),
}

impl Seen<'_> {
    fn includes(self, facility: FacilityId) -> bool {
        match self {
            Self::All => true,
            Self::By(on_duty, doing) => on_duty.reaches(doing, facility),
        }
    }
}

/// Takes each of them in turn, by start. Only one page is held.
pub(crate) async fn each(
    reading: &dyn Reading,
    which: Uses<'_>,
    seen: Seen<'_>,
    mut take: impl FnMut(UseRow) + Send,
) -> Stored<()> {
    let mut after = None;
    loop {
        let page = reading.uses(which, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some((last.span.start(), last.id));
        let page = page.into_iter();
        page.filter(|row| seen.includes(row.facility))
            .for_each(&mut take);
    }
}

/// The request that a reservation came of, as the fee engine reads it.
pub(crate) fn asked(row: &UseRow) -> QuoteRequest {
    let booked = &row.particulars;
    let (start, end) = row.span.times();
    let options = booked.options.iter();
    let attributes = booked.attributes.iter();
    // One that was asked for and not granted left the fee as it was.
    let granted = booked.reduction.as_ref();
    let granted = granted.filter(|_| row.quote.unreduced_yen.is_some());
    QuoteRequest {
        room: booked.room.clone(),
        date: row.span.date(),
        start,
        end,
        people: row.people,
        purpose: Some(booked.purpose.clone()),
        options: options
            .map(|(id, quantity)| OptionRequest {
                id: id.to_string(),
                quantity: *quantity,
                minutes: booked.option_minutes.get(id).copied(),
            })
            .collect(),
        attributes: attributes
            .map(|(id, answer)| (id.to_string(), answer.clone()))
            .collect(),
        reduction: granted.map(Slug::to_string),
        reduction_percent: None,
        basis_dates: BasisDates::all_on(civil::date_at(row.created_at)),
    }
}

/// Where, as it was called when booked.
pub(crate) fn place(booked: &Particulars) -> RoomName {
    RoomName {
        facility: booked.facility_name.clone(),
        room: booked.room_name.clone(),
    }
}
