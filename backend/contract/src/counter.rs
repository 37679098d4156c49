//! The trait of the counter's screens. The use cases implement it.

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::ids::ReservationId;
use domain::town::Slug;

use crate::views::{ArrivalsView, Attendance, Located};
use crate::{Call, Outcome};

/// What a clerk at the counter may do (窓口).
///
/// # Errors
/// Every method: `sign_in.required` without a staff session, `forbidden` without a role for the
/// facility, `not_found` for what another town or another facility has, and the refusals of its
/// rules.
#[async_trait]
pub trait Counter: Send + Sync {
    /// Whom to expect on a day; the clerk's first facility when none is named.
    async fn arrivals(
        &self,
        call: &Call,
        facility: Option<&Slug>,
        date: NaiveDate,
    ) -> Outcome<ArrivalsView>;

    /// What was typed or scanned into the search field: a reservation's number, or the address that
    /// the QR code on its page holds.
    async fn locate(&self, call: &Call, typed: &str) -> Outcome<Located>;

    /// Notes that somebody came, or did not.
    async fn note_attendance(
        &self,
        call: &Call,
        id: ReservationId,
        what: Attendance,
    ) -> Outcome<()>;
}
