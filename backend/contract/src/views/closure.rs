//! Closures (休館・公用), as a manager makes and lifts them. Names people: every view of it is logged.

use chrono::{DateTime, NaiveDate, Utc};
use domain::closure::{ClosureReason, Place, Schedule};
use domain::ids::{ClosureSeriesId, ReservationId};
use domain::money::Yen;
use domain::personal::Personal;
use domain::span::Span;
use domain::town::Slug;

use super::ReservationState;

/// The closures that there are (休館の一覧).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosuresView {
    /// Each, by its first span.
    pub closures: Vec<ClosureLine>,
}

/// A closure in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosureLine {
    /// Which.
    pub id: ClosureSeriesId,
    /// The facility's name.
    pub facility_name: String,
    /// The rooms' names; empty for the whole facility, and for closures of before this was kept.
    pub rooms: Vec<String>,
    /// Why.
    pub reason: ClosureReason,
    /// The first span that is listed.
    pub first: Span,
    /// The last.
    pub last: Span,
    /// How many spans are closed still, or were.
    pub closed: usize,
    /// How many were lifted.
    pub lifted: usize,
    /// True when all of it has passed or was lifted.
    pub over: bool,
}

/// One closure (休館).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosureView {
    /// Which.
    pub id: ClosureSeriesId,
    /// The facility.
    pub facility: Slug,
    /// Its name.
    pub facility_name: String,
    /// The rooms' names; empty for the whole facility.
    pub rooms: Vec<String>,
    /// Why.
    pub reason: ClosureReason,
    /// When it was made, UTC.
    pub made_at: DateTime<Utc>,
    /// Its spans, by start.
    pub spans: Vec<ClosureSpan>,
    /// Whom no mail reached, by start.
    pub to_call: Vec<ToCall>,
}

/// One span of a closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosureSpan {
    /// The time that was asked for.
    pub span: Span,
    /// The part that is closed, or was; `None` where all was lifted.
    pub closed: Option<Span>,
    /// Whether there is something left to lift.
    pub liftable: bool,
}

/// What a form for a new closure offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosureForm {
    /// The facility.
    pub facility: Slug,
    /// Its name.
    pub facility_name: String,
    /// The facilities that this manager answers for, in the town's order.
    pub choices: Vec<(Slug, String)>,
    /// Its rooms.
    pub rooms: Vec<(Slug, String)>,
    /// Today, in Japan.
    pub today: NaiveDate,
}

/// What somebody wants closed (休館の申込み内容).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseRooms {
    /// Where.
    pub facility: Slug,
    /// Which floor of it.
    pub place: Place,
    /// When.
    pub schedule: Schedule,
    /// Why; those who lose their booking read it.
    pub reason: ClosureReason,
    /// Closes around people who are inside, instead of refusing while they are.
    pub around_people: bool,
    /// The form's submission key: the same one twice is one closure.
    pub submission: uuid::Uuid,
}

/// What a closure would do (休館の影響).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosurePreview {
    /// The facility's name.
    pub facility_name: String,
    /// The rooms' names; empty for the whole facility.
    pub rooms: Vec<String>,
    /// Why.
    pub reason: ClosureReason,
    /// What would be closed, in order.
    pub spans: Vec<Span>,
    /// These would be cancelled, by start.
    pub cancelled: Vec<HitReservation>,
    /// These people are inside, by start: nothing is closed over them.
    pub inside: Vec<HitReservation>,
    /// True when people are inside and are not to be left out: it cannot be made as it is.
    pub blocked: bool,
    /// Of those who would be cancelled, whom no mail reaches.
    pub to_call: Vec<ToCall>,
    /// What goes back in all, yen.
    pub refund_yen: Yen,
    /// How much of it is paid out at the counter, yen.
    pub cash_yen: Yen,
    /// What was seen, to be sent along with the yes.
    pub seen: String,
}

/// A reservation that a closure meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitReservation {
    /// Which.
    pub id: ReservationId,
    /// Its number, as people read it aloud.
    pub number: String,
    /// The room's name as booked.
    pub room_name: String,
    /// The time.
    pub span: Span,
    /// Where it stands.
    pub state: ReservationState,
    /// Who booked, for those who may see it.
    pub person: Option<Personal<String>>,
    /// What goes back, yen.
    pub refund_yen: Yen,
}

/// Somebody who lost a booking to a closure and whom no mail reaches (電話で知らせる方).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToCall {
    /// The reservation.
    pub id: ReservationId,
    /// Its number, as people read it aloud.
    pub number: String,
    /// The room's name as booked.
    pub room_name: String,
    /// The time.
    pub span: Span,
    /// Who booked, for those who may see it.
    pub person: Option<Personal<String>>,
    /// Their telephone number; nothing when they gave none.
    pub phone: Option<Personal<String>>,
}

/// A closure that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadeClosure {
    /// Which.
    pub id: ClosureSeriesId,
    /// How many bookings were cancelled for it.
    pub cancelled: usize,
}
