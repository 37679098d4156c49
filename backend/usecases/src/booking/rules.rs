//! The town's booking rules (予約の決まり), asked with what the store knows.

use contract::{Call, Fault, QuoteRoom, Refusal};
use domain::calendar::{Holidays, OpenDays};
use domain::civil::TimeOfDay;
use domain::eligibility::{
    Application, Condition, Counted, RuleRefusal, Ties, Why, assess, counted_from,
};
use domain::slots::{check_span, slots_in};
use domain::span::{Cell, Span};
use domain::town::{Facility, Room, Slug, Town};
use domain::window::{WindowState, window_state};

use super::applicant::Applicant;
use crate::browse::slot_refusal;
use crate::desk::Desk;
use crate::ports::store::{AppliedTown, BookedTime, Reading};
use crate::transact::Abort;

/// What is asked for, as the town file has it.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) applied: &'a AppliedTown,
    pub(super) holidays: &'a Holidays,
    pub(super) facility: &'a Facility,
    pub(super) room: &'a Room,
    pub(super) span: Span,
}

impl<'a> Wanted<'a> {
    /// # Errors
    /// When the town has no such room, or does not lend it for that time.
    pub(super) fn of(
        applied: &'a AppliedTown,
        holidays: &'a Holidays,
        what: &QuoteRoom,
    ) -> Result<Self, Refusal> {
        let (facility, room) = applied.town.room(&what.room).ok_or(Refusal::NotFound)?;
        let (date, start, end) = (what.date, what.start, what.end);
        let span = check_span(facility, room, holidays, date, start, end).map_err(slot_refusal)?;
        Ok(Self {
            applied,
            holidays,
            facility,
            room,
            span,
        })
    }

    /// Whether it can be booked now, as far as the calendar says.
    pub(super) fn is_open(&self, applicant: &Applicant, call: &Call) -> bool {
        let days = OpenDays::of(self.facility, self.holidays);
        let window = &self.facility.window;
        let state = window_state(window, days, &applicant.asker(), self.span, call.now());
        matches!(state, WindowState::Open { .. })
    }

    /// From when on what the same people have booked counts; `None` where no rule asks.
    pub(super) fn counted_from(&self, call: &Call) -> Option<Cell> {
        let (town, date) = (&self.applied.town, self.span.date());
        let from = counted_from(town, self.facility, self.room, date, call.now())?;
        // Midnight is always on the grid.
        Cell::at(from, TimeOfDay::MIDNIGHT).ok()
    }
}

impl Desk {
    /// On which conditions the rules let somebody book.
    ///
    /// Bookings are counted as `reading` sees them: in the transaction of the booking, with the
    /// person locked, nobody adds one meanwhile.
    ///
    /// # Errors
    /// Everything that the rules say no to, at once.
    pub(super) async fn assessed(
        &self,
        call: &Call,
        reading: &dyn Reading,
        (wanted, purpose): (Wanted<'_>, &Slug),
        applicant: &Applicant,
    ) -> Result<Vec<Condition>, Abort> {
        let town = &wanted.applied.town;
        let booked = match wanted.counted_from(call) {
            Some(from) => reading.booked_by(applicant.record.id, from).await?,
            None => Vec::new(),
        };
        let bookings: Vec<Counted> = booked.into_iter().map(|it| counted(town, it)).collect();
        let birthdate = match wanted.facility.booking.age {
            Some(_) => applicant.birthdate(self.vault.as_ref(), call.municipality())?,
            None => None,
        };
        let application = Application {
            asker: applicant.asker(),
            facility: wanted.facility,
            room: wanted.room,
            span: wanted.span,
            purpose,
            birthdate,
            group_valid_until: None,
            bookings: &bookings,
        };
        assess(town, wanted.holidays, &application, call.now())
            .map_err(|refusals| refused(refusals, wanted.facility))
    }
}

/// Somebody's own booking. Who lives with them nobody has told us: a quota of a household counts what
/// each of its people has for themselves.
fn counted(town: &Town, booked: BookedTime) -> Counted {
    let room = town.room(&booked.room);
    Counted {
        slots: room.map_or(1, |(_, room)| slots_in(room, booked.span)),
        facility: booked.facility,
        room: booked.room,
        span: booked.span,
        state: booked.state,
        ties: Ties {
            same_person: true,
            ..Ties::default()
        },
    }
}

/// What the rules refused. A window that alone is in the way has a refusal of its own, as for every
/// page that shows a time; where the use has begun nothing else matters.
fn refused(refusals: Vec<RuleRefusal>, facility: &Facility) -> Abort {
    let window = match refusals.as_slice() {
        [only] => by_window(only, facility),
        [first, ..] if first.why == Why::Past => Some(Refusal::SlotPast),
        _ => None,
    };
    window.or_else(|| Refusal::of_rules(refusals)).map_or_else(
        || Fault::new("telling why the rules refuse", "no rule did").into(),
        Abort::from,
    )
}

fn by_window(refusal: &RuleRefusal, facility: &Facility) -> Option<Refusal> {
    let (article, phone) = (refusal.article.clone(), facility.phone.clone());
    match refusal.why {
        Why::Past => Some(Refusal::SlotPast),
        Why::WindowNotYet { opens_at } => Some(Refusal::WindowNotYet { opens_at, article }),
        Why::WindowCounterOnly { ended_on } => Some(Refusal::WindowCounterOnly { ended_on, phone }),
        Why::WindowEnded { ended_on } => Some(Refusal::WindowEnded {
            ended_on,
            phone,
            article,
        }),
        _ => None,
    }
}
