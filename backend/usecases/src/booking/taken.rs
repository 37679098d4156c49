//! Before a place in the queue of those who write: what is refused already, and what else is free.

use contract::{BookRoom, Call, Outcome, QuoteRoom, Refusal};
use domain::span::Span;

use super::applicant::{Applicant, Booker};
use super::rules::Wanted;
use crate::browse::{Floor, alternatives_to, slot_refusal};
use crate::desk::Desk;
use crate::transact::Abort;

impl Desk {
    /// Why the time cannot be had, if that was so before the form came.
    pub(super) async fn refused_already(
        &self,
        call: &Call,
        booker: Booker,
        booking: &BookRoom,
    ) -> Outcome<Option<Refusal>> {
        let what = &booking.what;
        let (mut floor, claimed) = Floor::survey(self, call, booker.looker(), |floor| {
            let wanted = Wanted::of(&floor.applied, &floor.holidays, what)?;
            Ok(floor.question_of(wanted.room, wanted.span))
        })
        .await?;
        let wanted = Wanted::of(&floor.applied, &floor.holidays, what)?;
        // Whoever is not there is told so by the booking itself.
        let Some(record) = floor.person.clone() else {
            return Ok(None);
        };
        let channel = booker.made_by.channel();
        let applicant = Applicant::looking(&floor, record, channel, what).await?;
        let is_open = wanted.is_open(&applicant, call);
        let is_free = !claimed.blocks(wanted.room, wanted.span);
        if (is_open && is_free) || floor.submitted(booker.person, booking.submission).await? {
            return Ok(None);
        }
        if is_open {
            floor.asked_by(&applicant.asker());
            return Ok(Some(taken(&floor, what).await?));
        }
        let asked = (wanted, &booking.purpose);
        match self
            .assessed(call, floor.reading(), asked, &applicant)
            .await
        {
            Ok(_conditions) => Ok(None),
            Err(Abort::Refused(refusal)) => Ok(Some(refusal)),
            Err(Abort::Store(failure)) => Err(failure.into()),
        }
    }

    /// Somebody was faster while we wrote: what else there is now.
    pub(super) async fn taken_meanwhile(
        &self,
        call: &Call,
        booker: Booker,
        what: &QuoteRoom,
    ) -> Outcome<Refusal> {
        let mut floor = Floor::open_for(self, call, booker.looker()).await?;
        if let Some(record) = floor.person.clone() {
            let channel = booker.made_by.channel();
            let applicant = Applicant::looking(&floor, record, channel, what).await?;
            floor.asked_by(&applicant.asker());
        }
        taken(&floor, what).await
    }
}

/// Somebody was faster: what else there is.
async fn taken(floor: &Floor, what: &QuoteRoom) -> Outcome<Refusal> {
    let span = Span::on(what.date, what.start, what.end).map_err(slot_refusal)?;
    let alternatives = alternatives_to(floor, &what.room, span, what.people).await?;
    Ok(Refusal::SlotTaken { alternatives })
}
