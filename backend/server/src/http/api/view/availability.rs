//! Availability. Never says who booked.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{DayView, RoomDay, SlotView, WeekDay, WeekView};
use domain::availability::{ClosedReason, SlotStatus};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Offer, Time};

/// All rooms of a facility on one day.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct FacilityDay {
    /// The facility's id.
    facility: String,
    facility_name: String,
    date: NaiveDate,
    /// Why it is closed, if it is.
    closed: Option<Closed>,
    /// Each room; wholes right before their parts.
    rooms: Vec<RoomOnDay>,
    /// When nothing is free on the day: the next time that is.
    next_free: Option<Offer>,
}

/// One room on one day.
#[derive(Serialize, ToSchema)]
pub(super) struct RoomOnDay {
    /// The room's id.
    room: String,
    room_name: String,
    /// How many people fit.
    capacity: u32,
    /// The smallest room that wholly contains this one.
    part_of: Option<String>,
    /// The slots in order; empty on a closed day.
    slots: Vec<Slot>,
}

/// One room for seven days.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct RoomWeek {
    /// The facility's id.
    facility: String,
    facility_name: String,
    /// The room's id.
    room: String,
    room_name: String,
    days: Vec<RoomOnDate>,
    /// When nothing is free in the week: the next time that is.
    next_free: Option<Offer>,
    /// The first day that can be looked at usefully: today.
    first_day: NaiveDate,
    /// The last day on which booking is open.
    last_day: NaiveDate,
}

/// One day of a room's week.
#[derive(Serialize, ToSchema)]
pub(super) struct RoomOnDate {
    date: NaiveDate,
    /// The holiday's name, if it is one.
    holiday: Option<String>,
    /// Why it is closed, if it is.
    closed: Option<Closed>,
    /// The slots in order; empty on a closed day.
    slots: Vec<Slot>,
}

/// One slot (区分・コマ) of a room.
#[derive(Serialize, ToSchema)]
pub(super) struct Slot {
    time: Time,
    /// The division's name (「午前」), if the room has named ones.
    division: Option<String>,
    status: Status,
    /// When booking opens; only for `not_yet`.
    #[serde(skip_serializing_if = "Option::is_none")]
    opens_at: Option<DateTime<Utc>>,
    /// The last day of online booking; only for `counter_only`.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_on: Option<NaiveDate>,
    /// The room's own price, yen, tax included, before options and surcharges.
    price_yen: Option<u32>,
}

/// Whether a slot can be booked (空き状況).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    /// It can be booked now.
    Free,
    /// Taken in part: a smaller room on the same floor is free.
    Part,
    /// Taken.
    Taken,
    /// Closed.
    Closed,
    /// Booking has not opened.
    NotYet,
    /// Online booking has ended; the desk may still help.
    CounterOnly,
    /// The time has passed.
    Past,
}

/// Why a day is closed (休館の理由).
#[derive(Serialize, ToSchema)]
pub(super) struct Closed {
    reason: Reason,
    /// The holiday's name; only for `holiday`.
    #[serde(skip_serializing_if = "Option::is_none")]
    holiday: Option<String>,
}

/// Why a day is closed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reason {
    /// The weekly closing day.
    Weekly,
    /// The weekly closing day, moved here from a holiday.
    Shifted,
    /// A holiday.
    Holiday,
    /// Year-end and the like.
    Yearly,
    /// No opening hours.
    NoHours,
    /// Works, public use and the like.
    Closure,
}

impl From<DayView> for FacilityDay {
    fn from(view: DayView) -> Self {
        Self {
            facility: view.facility.id.to_string(),
            facility_name: view.facility.name.clone(),
            date: view.date,
            closed: view.closed.map(Closed::from),
            rooms: view.rooms.into_iter().map(RoomOnDay::from).collect(),
            next_free: view.next_free.as_ref().map(Offer::of),
        }
    }
}

impl From<RoomDay> for RoomOnDay {
    fn from(day: RoomDay) -> Self {
        Self {
            room: day.room.into(),
            room_name: day.name,
            capacity: day.capacity,
            part_of: day.part_of.map(String::from),
            slots: day.slots.into_iter().map(Slot::from).collect(),
        }
    }
}

impl From<WeekView> for RoomWeek {
    fn from(view: WeekView) -> Self {
        Self {
            facility: view.facility.id.to_string(),
            facility_name: view.facility.name.clone(),
            room: view.room.id.to_string(),
            room_name: view.room.name.clone(),
            days: view.days.into_iter().map(RoomOnDate::from).collect(),
            next_free: view.next_free.as_ref().map(Offer::of),
            first_day: view.first_day,
            last_day: view.last_day,
        }
    }
}

impl From<WeekDay> for RoomOnDate {
    fn from(day: WeekDay) -> Self {
        Self {
            date: day.date,
            holiday: day.holiday,
            closed: day.closed.map(Closed::from),
            slots: day.slots.into_iter().map(Slot::from).collect(),
        }
    }
}

impl From<SlotView> for Slot {
    fn from(slot: SlotView) -> Self {
        let (status, opens_at, ended_on) = match slot.status {
            SlotStatus::Free => (Status::Free, None, None),
            SlotStatus::Part => (Status::Part, None, None),
            SlotStatus::Taken => (Status::Taken, None, None),
            SlotStatus::Closed(_) => (Status::Closed, None, None),
            SlotStatus::NotYet { opens_at } => (Status::NotYet, Some(opens_at), None),
            SlotStatus::CounterOnly { ended_on } => (Status::CounterOnly, None, Some(ended_on)),
            SlotStatus::Past => (Status::Past, None, None),
        };
        Self {
            time: slot.span.into(),
            division: slot.division,
            status,
            opens_at,
            ended_on,
            price_yen: slot.price_yen.map(domain::money::Yen::get),
        }
    }
}

impl From<ClosedReason> for Closed {
    fn from(reason: ClosedReason) -> Self {
        let (reason, holiday) = match reason {
            ClosedReason::Weekly => (Reason::Weekly, None),
            ClosedReason::Shifted => (Reason::Shifted, None),
            ClosedReason::Holiday(name) => (Reason::Holiday, Some(name)),
            ClosedReason::Yearly => (Reason::Yearly, None),
            ClosedReason::NoHours => (Reason::NoHours, None),
            ClosedReason::Closure => (Reason::Closure, None),
        };
        Self { reason, holiday }
    }
}
