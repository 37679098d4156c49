//! What a new version of a town does to the bookings that stand (設定の変更の影響).
//!
//! Before a change is saved, whoever saves it sees which bookings it touches: a day that becomes a
//! holiday or stops being one, a time that is no longer lent, a fee that would be another today
//! (scenario 38). Nothing here changes a booking: quotes are frozen.

#[cfg(test)]
mod tests;

use crate::calendar::Holidays;
use crate::fees::{QuoteRequest, quote_for_town};
use crate::ids::ReservationId;
use crate::money::Yen;
use crate::slots::{SlotRefusal, check_span};
use crate::town::Town;

/// A booking that stands, as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which one.
    pub reservation: ReservationId,
    /// What was asked for: room, day, time, people, options, attributes and basis dates.
    pub request: QuoteRequest,
}

/// What a change does to one booking (影響を受ける予約). At least one of these is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Which one.
    pub reservation: ReservationId,
    /// The time was lent and is not any more.
    pub not_lent: Option<NotLent>,
    /// The day was or becomes a holiday: its names before and after (料金区分).
    pub holiday: Option<(Option<String>, Option<String>)>,
    /// The fee before and after, if it were asked for by either version; `None` on one side where
    /// that version has no price for it.
    pub fee: Option<(Option<Yen>, Option<Yen>)>,
}

/// Why a time is not lent any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotLent {
    /// The room is gone (室場の廃止).
    NoRoom,
    /// The calendar or the room's slots do not allow it.
    Refused(SlotRefusal),
}

/// The bookings that the change from `before` to `after` touches, in the order they are given.
#[must_use]
pub fn touched<'a>(
    before: &Town,
    after: &Town,
    bookings: impl IntoIterator<Item = &'a Standing>,
) -> Vec<Touched> {
    let before = Version::of(before);
    let after = Version::of(after);
    let touch = |booking: &Standing| {
        let request = &booking.request;
        let was_lent = before.lends(request).is_ok();
        let not_lent = after.lends(request).err().filter(|_| was_lent);
        let names = (before.holiday(request), after.holiday(request));
        let fees = (before.fee(request), after.fee(request));
        let touched = Touched {
            reservation: booking.reservation,
            not_lent,
            holiday: (names.0.is_some() != names.1.is_some()).then_some(names),
            fee: (fees.0 != fees.1).then_some(fees),
        };
        let is_touched =
            touched.not_lent.is_some() || touched.holiday.is_some() || touched.fee.is_some();
        is_touched.then_some(touched)
    };
    bookings.into_iter().filter_map(touch).collect()
}

struct Version<'a> {
    town: &'a Town,
    holidays: Holidays,
}

impl<'a> Version<'a> {
    fn of(town: &'a Town) -> Self {
        Self {
            holidays: Holidays::of(town),
            town,
        }
    }

    fn lends(&self, request: &QuoteRequest) -> Result<(), NotLent> {
        let (facility, room) = self.town.room(&request.room).ok_or(NotLent::NoRoom)?;
        let (date, start, end) = (request.date, request.start, request.end);
        check_span(facility, room, &self.holidays, date, start, end)
            .map(|_span| ())
            .map_err(NotLent::Refused)
    }

    fn holiday(&self, request: &QuoteRequest) -> Option<String> {
        self.holidays.name(request.date).map(str::to_owned)
    }

    fn fee(&self, request: &QuoteRequest) -> Option<Yen> {
        let quote = quote_for_town(self.town, request);
        quote.ok().map(|quote| quote.total_yen)
    }
}
