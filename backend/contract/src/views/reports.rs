//! What happened, as managers see it (実績・操作記録).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::figures::Figures;
use domain::ids::ReservationId;
use domain::personal::Personal;
use domain::reservation::{Channel, StateName};
use domain::span::Span;
use domain::town::Slug;

/// The figures of a month (利用実績).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiguresView {
    /// The figures.
    pub figures: Figures,
    /// The facility they are of; `None` for all that one may see.
    pub facility: Option<Slug>,
    /// The facilities that one may see, in the town's order.
    pub choices: Vec<(Slug, String)>,
}

/// Who did what to a reservation (操作記録).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryView {
    /// Which.
    pub id: ReservationId,
    /// Its number, as people read it aloud.
    pub number: String,
    /// The facility's name as booked.
    pub facility_name: String,
    /// The room's name as booked.
    pub room_name: String,
    /// The time.
    pub span: Span,
    /// Where it stands now.
    pub state: StateName,
    /// Where it was made.
    pub channel: Channel,
    /// What was done, oldest first.
    pub entries: Vec<HistoryEntry>,
}

/// One thing that was done (操作).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: HistoryActor,
    /// What, as a stable code (`reservation.held`).
    pub action: String,
    /// Before and after, amounts, reasons, by their stable names.
    pub detail: BTreeMap<String, Detail>,
}

/// Who did it (操作者).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryActor {
    /// Whoever booked, by themselves.
    Resident,
    /// Somebody else who had signed in.
    AnotherPerson,
    /// Somebody of the staff.
    Staff(Personal<String>),
    /// The house itself: a deadline, the payment service's word.
    House,
    /// Nobody who had signed in.
    Visitor,
}

/// One fact of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A code, an id or somebody's words.
    Text(String),
    /// A number: yen or minutes.
    Number(i64),
}
