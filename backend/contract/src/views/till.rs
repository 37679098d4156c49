//! Drawers (引出し) and days of money (収入日計), as clerks see them. They name no resident.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{RefundId, ReservationId, TillId};
use domain::money::Yen;
use domain::personal::Personal;
use domain::till::{Movement, TillState};
use domain::town::Slug;

/// The drawers of a facility on a day (収入日計).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillDay {
    /// The facility.
    pub facility: Slug,
    /// Its name.
    pub facility_name: String,
    /// The facilities whose drawers this clerk may look at, in the town's order.
    pub choices: Vec<(Slug, String)>,
    /// The day, in Japan.
    pub date: NaiveDate,
    /// The day's drawers; today also those of earlier days that are still open, first.
    pub tills: Vec<TillSummary>,
    /// The first number that no open drawer has.
    pub free_drawer: u32,
    /// What came through the payment service on that day for this facility: how many, yen.
    pub online: (u32, Yen),
    /// Refunds that somebody comes to the counter for, oldest first.
    pub due: Vec<RefundDue>,
    /// Whether there are more of those than are shown.
    pub more_due: bool,
    /// Whether this clerk may open, count and close.
    pub may_handle: bool,
}

/// A drawer in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillSummary {
    /// Which.
    pub id: TillId,
    /// Its number at the counter.
    pub drawer: u32,
    /// Where it stands.
    pub state: TillState,
    /// Who opened it.
    pub opened_by: Personal<String>,
    /// Who counted and closed it.
    pub closed_by: Option<Personal<String>>,
}

/// A drawer with everything that went in and out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillView {
    /// The drawer.
    pub till: TillSummary,
    /// Its facility.
    pub facility: Slug,
    /// Its name.
    pub facility_name: String,
    /// What moved, in order.
    pub lines: Vec<TillLine>,
    /// Whether this clerk may count and close it.
    pub may_handle: bool,
}

/// One movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillLine {
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// What moved.
    pub movement: Movement,
    /// The reservation's number, for payments and refunds.
    pub number: Option<String>,
    /// The receipt's number, for payments.
    pub receipt: Option<i64>,
    /// Whose hands it went through.
    pub by: Personal<String>,
}

/// A refund that waits to be paid out in cash (窓口還付待ち).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundDue {
    /// Which.
    pub id: RefundId,
    /// Of which reservation.
    pub reservation: ReservationId,
    /// Its number.
    pub number: String,
    /// How much, yen.
    pub amount: Yen,
    /// Since when, UTC.
    pub since: DateTime<Utc>,
    /// True for one that the payment service could not bring to the payer.
    pub came_back: bool,
}
