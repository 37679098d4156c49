//! Holding a room (この時間で予約する): claims the floor and freezes the quote.

use async_trait::async_trait;
use contract::{Action as Doing, BookRoom, Call, Failure, Outcome, QuoteRoom, Refusal};
use domain::calendar::Holidays;
use domain::civil;
use domain::fees;
use domain::ids::{PersonId, ReservationId};
use domain::quote::Quote;
use domain::town::Slug;

use super::applicant::{Applicant, Booker};
use super::cells::cells;
use super::equipment::lend;
use super::record::{Booked, record, request_hash};
use super::rules::Wanted;
use crate::authority::{Place, signed_in, staff};
use crate::browse::{quote_refusal, quote_request};
use crate::desk::Desk;
use crate::ports::store::{
    AppliedTown, ClaimOutcome, InsertOutcome, MadeBy, PersonRecord, ReservationRecord,
    StoreFailure, Transaction,
};
use crate::review::excluded;
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    /// For oneself.
    pub(crate) async fn hold(&self, call: &Call, booking: &BookRoom) -> Outcome<ReservationId> {
        let booker = Booker {
            person: signed_in(call, Doing::BookRoom)?,
            made_by: MadeBy::Resident,
        };
        self.hold_as(call, booker, booking).await
    }

    /// By a clerk, for somebody at the counter or on the telephone (代理予約).
    pub(crate) async fn hold_for(
        &self,
        call: &Call,
        person: PersonId,
        booking: &BookRoom,
    ) -> Outcome<ReservationId> {
        let reading = self.store.read(call.municipality()).await?;
        let clerk = staff(
            reading.as_ref(),
            call,
            Doing::SellAtCounter,
            Place::Anywhere,
        )
        .await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let place = place_of(&applied, &booking.what.room)?;
        staff(reading.as_ref(), call, Doing::SellAtCounter, place).await?;
        drop(reading);
        let booker = Booker {
            person,
            made_by: MadeBy::Staff(clerk.staff),
        };
        self.hold_as(call, booker, booking).await
    }

    async fn hold_as(
        &self,
        call: &Call,
        booker: Booker,
        booking: &BookRoom,
    ) -> Outcome<ReservationId> {
        // At nine o'clock most find it taken: they are told without a place in the queue of those
        // who write. Who finds it free may still lose it to somebody faster.
        if let Some(refusal) = self.refused_already(call, booker, booking).await? {
            return Err(refusal.into());
        }
        let action = Hold {
            desk: self,
            call,
            booker,
            booking,
        };
        match transact(self.store.as_ref(), call.municipality(), &action).await {
            Err(Failure::Refused(Refusal::SlotTaken { .. })) => {
                let refusal = self.taken_meanwhile(call, booker, &booking.what).await?;
                Err(refusal.into())
            }
            answer => answer,
        }
    }
}

/// The facility that a room belongs to, as a place to have a role at.
fn place_of(applied: &AppliedTown, room: &Slug) -> Result<Place, Refusal> {
    let (facility, _) = applied.town.room(room).ok_or(Refusal::NotFound)?;
    let id = applied.facilities.get(&facility.id);
    id.copied().map(Place::At).ok_or(Refusal::NotFound)
}

struct Hold<'a> {
    desk: &'a Desk,
    call: &'a Call,
    booker: Booker,
    booking: &'a BookRoom,
}

#[async_trait]
impl Action for Hold<'_> {
    type Output = ReservationId;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<ReservationId, Abort> {
        let applied = tx.town().await?.ok_or(Refusal::NotFound)?;
        self.authorise(tx, &applied).await?;
        let holidays = Holidays::of(&applied.town);
        let found = Wanted::of(&applied, &holidays, &self.booking.what);
        let is_counted = matches!(&found, Ok(wanted) if wanted.counted_from(self.call).is_some());
        let person = self.person(tx, is_counted).await?;
        if let Some(before) = tx
            .by_submission(self.booker.person, self.booking.submission)
            .await?
        {
            return self.again(&before);
        }
        let today = civil::date_at(self.call.now());
        let by = (self.booker.made_by.channel(), today);
        let what = &self.booking.what;
        let applicant = Applicant::of(&*tx, &applied.town, person, by, what).await?;
        if !applicant.is_reachable() {
            return Err(Refusal::ProfileIncomplete.into());
        }
        let wanted = found?;
        let asked = (wanted, &self.booking.purpose);
        let conditions = self.desk.assessed(self.call, tx, asked, &applicant).await?;
        let booked = Booked {
            quote: self.quote(wanted, &applicant)?,
            conditions,
        };
        let (booker, booking) = (self.booker, self.booking);
        let record = record(
            self.desk,
            self.call,
            (booker, booking),
            wanted,
            &applicant,
            booked,
        )?;
        match tx.insert_reservation(&record).await? {
            InsertOutcome::Inserted => {}
            // Another number is drawn, or the twin of this submit is found, by the next try.
            InsertOutcome::NumberTaken | InsertOutcome::SubmissionKnown => {
                return Err(StoreFailure::Contended.into());
            }
        }
        let cells = cells(&applied, wanted.room, wanted.span)?;
        match tx.claim(record.id, &cells).await? {
            ClaimOutcome::Claimed => {}
            ClaimOutcome::Taken => {
                return Err(Refusal::SlotTaken {
                    alternatives: Vec::new(),
                }
                .into());
            }
        }
        lend(tx, &applied, &record).await?;
        self.note(tx, &record).await?;
        Ok(record.id)
    }
}

impl Hold<'_> {
    /// The same form again is the same reservation; the same key with another content is not.
    fn again(&self, before: &ReservationRecord) -> Result<ReservationId, Abort> {
        if before.request_hash == request_hash(self.booking) {
            Ok(before.id)
        } else {
            Err(Refusal::SubmissionReused.into())
        }
    }

    /// A clerk's role is looked at again where it counts; a person's sign-in was vouched for.
    async fn authorise(
        &self,
        tx: &mut dyn Transaction,
        applied: &AppliedTown,
    ) -> Result<(), Abort> {
        if let MadeBy::Staff(_) = self.booker.made_by {
            let place = place_of(applied, &self.booking.what.room)?;
            staff(tx, self.call, Doing::SellAtCounter, place).await?;
        }
        Ok(())
    }

    /// Whoever books. Where other bookings count they are locked, or for a group its representative,
    /// so that two forms at once do not both find room below a limit: the second waits for the first
    /// and counts it.
    async fn person(
        &self,
        tx: &mut dyn Transaction,
        is_counted: bool,
    ) -> Result<PersonRecord, Abort> {
        let person = self.booker.person;
        let group = self.booking.what.group;
        let found = match (is_counted, group) {
            (false, _) => tx.person(person).await?,
            (true, None) => tx.lock_person(person).await?,
            (true, Some(group)) => {
                let group = tx.group(group).await?.ok_or(Refusal::NotFound)?;
                tx.lock_person(group.representative).await?;
                tx.person(person).await?
            }
        };
        found.ok_or_else(|| {
            Abort::Refused(match self.booker.made_by {
                MadeBy::Resident => Refusal::SignInRequired,
                MadeBy::Staff(_) => Refusal::NotFound,
            })
        })
    }

    fn quote(&self, wanted: Wanted<'_>, applicant: &Applicant) -> Result<Quote, Refusal> {
        let today = civil::date_at(self.call.now());
        let priced = QuoteRoom {
            purpose: Some(self.booking.purpose.clone()),
            ..self.booking.what.clone()
        };
        let town = &wanted.applied.town;
        let request = quote_request(town, &priced, applicant.residence, today);
        excluded(town, wanted.room, &request, priced.reduction.as_ref())?;
        let quote = fees::quote(town, wanted.room, &request).map_err(quote_refusal)?;
        match self.booking.seen_total_yen {
            Some(seen) if seen != quote.total_yen => Err(Refusal::PriceChanged {
                total_yen: quote.total_yen,
            }),
            Some(_) | None => Ok(quote),
        }
    }

    async fn note(
        &self,
        tx: &mut dyn Transaction,
        record: &ReservationRecord,
    ) -> Result<(), Abort> {
        let entry = trail::entry(self.desk.chance.as_ref(), self.call, "reservation.held")
            .about("reservation", record.id.0)
            .with(serde_json::json!({
                "room": record.particulars.room,
                "starts_at": record.span.start(),
                "ends_at": record.span.end(),
                "total_yen": record.quote.total_yen,
                "channel": self.booker.made_by.channel(),
                "person": self.booker.person,
            }));
        Ok(tx.record(&entry).await?)
    }
}
