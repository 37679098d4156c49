//! The occupancy board (予約状況): what is taken when, and for those allowed by whom and why.

use chrono::{DateTime, NaiveDate, Utc};
use domain::availability::ClosedReason;
use domain::ids::ReservationId;
use domain::personal::Personal;
use domain::span::Span;
use domain::town::Slug;

/// How much time a board shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardRange {
    /// One day, hour by hour.
    Day,
    /// Seven days, without names.
    Week,
}

/// What to show of the floor (予約状況の条件).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeeBoard {
    /// Which facility; `None` for all that the reader may see.
    pub facility: Option<Slug>,
    /// The first day, in Japan.
    pub from: NaiveDate,
    /// How many days.
    pub range: BoardRange,
}

/// The board (予約状況).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardView {
    /// The facility that was chosen; `None` for all.
    pub facility: Option<Slug>,
    /// The facilities that the reader may look at, in the town's order.
    pub choices: Vec<(Slug, String)>,
    /// The days, in Japan, in order.
    pub dates: Vec<NaiveDate>,
    /// When this was true, UTC.
    pub at: DateTime<Utc>,
    /// What is shown, in the town's order.
    pub facilities: Vec<BoardFacility>,
    /// Whether the reader may make closures at some facility.
    pub may_close: bool,
}

/// A facility on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardFacility {
    /// Its slug.
    pub facility: Slug,
    /// Its name.
    pub name: String,
    /// Whether the counter's list of it is the reader's to open.
    pub counter: bool,
    /// Why it is closed by its rules, for each day; `None` where it opens.
    pub closed: Vec<Option<ClosedReason>>,
    /// Its rooms, wholes before their parts.
    pub rooms: Vec<BoardRoom>,
}

/// A room on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardRoom {
    /// Its slug.
    pub room: Slug,
    /// Its name.
    pub name: String,
    /// True for a part of another room.
    pub part: bool,
    /// What becomes of its time, for each day, in order and without gaps within the opening hours.
    pub days: Vec<Vec<BoardBlock>>,
}

/// A stretch of time in which one thing is the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardBlock {
    /// The time.
    pub span: Span,
    /// What is the case.
    pub state: BoardState,
    /// What for, where that is nobody's secret: the closure's reason, or the room whose booking
    /// takes the floor; else empty.
    pub why: String,
    /// The reservation, for those who may see whose it is.
    pub booking: Option<BoardBooking>,
}

/// What a stretch of a room's time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BoardState {
    /// 空き: it can be booked.
    Free,
    /// 仮: held, under review or waiting for its payment.
    Held,
    /// 予約: it stands.
    Booked,
    /// 入館: the people are in.
    Inside,
    /// 終了: they were in.
    Over,
    /// 不使用: nobody came.
    Missed,
    /// 一部: its floor, or a part of it, is taken by another room's booking.
    Elsewhere,
    /// 休館: closed by a closure.
    Closed,
}

impl BoardState {
    /// Every state, as a legend lists them.
    pub const ALL: [Self; 8] = [
        Self::Free,
        Self::Held,
        Self::Booked,
        Self::Inside,
        Self::Over,
        Self::Missed,
        Self::Elsewhere,
        Self::Closed,
    ];
}

/// Who has it and why (利用者と目的). Names a person: every look is noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardBooking {
    /// The reservation.
    pub id: ReservationId,
    /// Who booked.
    pub person: Personal<String>,
    /// The purpose's name.
    pub purpose: String,
}
