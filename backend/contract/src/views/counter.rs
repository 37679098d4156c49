//! The counter's day (窓口の一日), as a clerk sees it. Names people: every view of it is logged.

use chrono::NaiveDate;
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::personal::Personal;
use domain::reservation::Channel;
use domain::span::Span;
use domain::town::Slug;

use super::{PayState, ReservationState};

/// Whom to expect at a facility on a day (今日の予約).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrivalsView {
    /// The facility.
    pub facility: Slug,
    /// Its name.
    pub facility_name: String,
    /// The facilities that this clerk may look at, in the town's order.
    pub choices: Vec<(Slug, String)>,
    /// The day, in Japan.
    pub date: NaiveDate,
    /// Everybody who has floor on that day, by time, then by room.
    pub arrivals: Vec<Arrival>,
}

/// Somebody who comes, or has come (来館予定).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The reservation.
    pub id: ReservationId,
    /// Its number, as people read it aloud.
    pub number: String,
    /// The room's name as booked.
    pub room_name: String,
    /// The time.
    pub span: Span,
    /// Who booked.
    pub person: Personal<String>,
    /// The purpose's name.
    pub purpose: String,
    /// How many people.
    pub people: u32,
    /// The fee, yen, tax included.
    pub total_yen: Yen,
    /// Where the payment stands.
    pub payment: PayState,
    /// Through which channel it came.
    pub channel: Channel,
    /// Where the reservation stands.
    pub state: ReservationState,
    /// What the clerk can do about it now.
    pub next: Vec<Attendance>,
}

/// What a clerk notes about somebody's coming (入館の記録).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    /// They have come (入館).
    CheckIn,
    /// They have not; somebody else was let in under their name (入館の取消し).
    UndoCheckIn,
    /// Nobody came (無断不使用).
    NoShow,
    /// They came after all (無断不使用の取消し).
    UndoNoShow,
}

impl Attendance {
    /// Everything that can be noted, the usual first.
    pub const ALL: [Self; 4] = [
        Self::CheckIn,
        Self::NoShow,
        Self::UndoCheckIn,
        Self::UndoNoShow,
    ];

    /// The word for it in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CheckIn => "check_in",
            Self::UndoCheckIn => "undo_check_in",
            Self::NoShow => "no_show",
            Self::UndoNoShow => "undo_no_show",
        }
    }

    /// What a form says.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.as_str() == word)
    }
}

/// Where a reservation is that was looked for at the counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The reservation.
    pub id: ReservationId,
    /// Its facility.
    pub facility: Slug,
    /// Its day, in Japan.
    pub date: NaiveDate,
}
