//! The counter (窓口): what clerks see of a day, and what they note about it.

mod arrivals;
mod attendance;
mod choices;
mod complete;
mod locate;

pub(crate) use attendance::possible;
pub(crate) use choices::{choices, choose};
pub(crate) use locate::{Named, named, read as read_named};

use async_trait::async_trait;
use chrono::NaiveDate;
use contract::{ArrivalsView, Attendance, Call, Counter, Located, Outcome};
use domain::ids::ReservationId;
use domain::town::Slug;

use crate::desk::Desk;

#[async_trait]
impl Counter for Desk {
    async fn arrivals(
        &self,
        call: &Call,
        facility: Option<&Slug>,
        date: NaiveDate,
    ) -> Outcome<ArrivalsView> {
        self.arrivals_on(call, facility, date).await
    }

    async fn locate(&self, call: &Call, typed: &str) -> Outcome<Located> {
        self.whose_is(call, typed).await
    }

    async fn note_attendance(
        &self,
        call: &Call,
        id: ReservationId,
        what: Attendance,
    ) -> Outcome<()> {
        self.note_who_came(call, id, what).await
    }
}
