//! Availability (空き状況). Never says who booked.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::availability::{ClosedReason, SlotStatus};
use domain::money::Yen;
use domain::span::Span;
use domain::town::{Facility, Room, Slug};
use serde::{Deserialize, Serialize};

/// A time that can be booked now (空いている時間).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotOffer {
    /// The room.
    pub room: Slug,
    /// The room's name.
    pub room_name: String,
    /// The time.
    pub span: Span,
}

/// One slot of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotView {
    /// The time.
    pub span: Span,
    /// The division's name (「午前」), if the room has named ones.
    pub division: Option<String>,
    /// Whether it can be booked.
    pub status: SlotStatus,
    /// The room's own price for it, yen, tax included, before options and surcharges.
    pub price_yen: Option<Yen>,
}

/// One room on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomDay {
    /// The room's slug.
    pub room: Slug,
    /// The room's name.
    pub name: String,
    /// How many people fit.
    pub capacity: u32,
    /// The smallest room of the facility that wholly contains this one (全面 for 北半面): shown as
    /// its part.
    pub part_of: Option<Slug>,
    /// The slots in order; empty on a closed day.
    pub slots: Vec<SlotView>,
}

/// All rooms of a facility on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayView {
    /// The facility.
    pub facility: Arc<Facility>,
    /// The day.
    pub date: NaiveDate,
    /// Why it is closed, if it is.
    pub closed: Option<ClosedReason>,
    /// Each room; wholes come right before their parts.
    pub rooms: Vec<RoomDay>,
    /// When nothing is free on the day: the next time that is.
    pub next_free: Option<SlotOffer>,
}

/// One room for seven days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekView {
    /// The facility.
    pub facility: Arc<Facility>,
    /// The room.
    pub room: Arc<Room>,
    /// The seven days from the one asked for.
    pub days: Vec<WeekDay>,
    /// When nothing is free in the week: the next time that is.
    pub next_free: Option<SlotOffer>,
    /// The first and last day that can be looked at usefully, in Japan: today and the last day on
    /// which booking is open.
    pub first_day: NaiveDate,
    /// See `first_day`.
    pub last_day: NaiveDate,
}

/// A day of a week view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekDay {
    /// The day.
    pub date: NaiveDate,
    /// The holiday's name, if it is one.
    pub holiday: Option<String>,
    /// Why it is closed, if it is.
    pub closed: Option<ClosedReason>,
    /// The slots in order; empty on a closed day.
    pub slots: Vec<SlotView>,
}
