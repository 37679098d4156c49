//! The reservation as a calendar file (iCalendar, RFC 5545).

use contract::{Call, Outcome, Paper};
use domain::ids::ReservationId;
use icalendar::{Calendar, Component as _, Event, EventLike as _};

use super::Facts;
use crate::desk::Desk;

impl Desk {
    pub(crate) async fn calendar_paper(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        let facts = Facts::load(self, call, id).await?;
        let record = &facts.record;
        let event = Event::new()
            .uid(&format!("{id}@yoriai"))
            .timestamp(call.now())
            .summary(&format!(
                "{} {}",
                record.particulars.facility_name, record.particulars.room_name
            ))
            .starts(record.span.start().instant())
            .ends(record.span.end().instant())
            .location(&facts.towns.facility(record)?.address)
            .description(&format!("予約番号 {}", record.number))
            .done();
        Ok(Paper {
            file_name: format!("yoyaku-{}.ics", record.number),
            bytes: Calendar::new().push(event).done().to_string().into_bytes(),
        })
    }
}
