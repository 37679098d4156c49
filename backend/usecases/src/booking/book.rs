//! Holding a room (この時間で予約する): claims the floor and freezes the quote.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use contract::{
    Action as Doing, BookRoom, Call, Failure, Fault, Outcome, ProblemKind, QuoteRoom, Refusal,
};
use domain::calendar::Holidays;
use domain::civil;
use domain::fees;
use domain::ids::{PersonId, ReservationId, UnitId};
use domain::quote::Quote;
use domain::reservation::ReservationState;
use domain::slots::{check_span, claims};
use domain::span::Span;
use domain::town::{Facility, Room, Slug, Town};
use domain::window::{Residence, WindowState, window_state};
use sha2::{Digest, Sha256};

use crate::authority::signed_in;
use crate::browse::{
    Floor, alternatives_to, quote_refusal, quote_request, residence, slot_refusal,
};
use crate::desk::Desk;
use crate::ports::chance::Chance;
use crate::ports::store::{
    AppliedTown, ClaimOutcome, ClaimedCell, InsertOutcome, MadeBy, Particulars, ReservationRecord,
    StoreFailure, Transaction,
};
use crate::sealing::seal_note;
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// How long a note may be, characters.
const NOTE_MAX: u32 = 200;

impl Desk {
    pub(crate) async fn hold(&self, call: &Call, booking: &BookRoom) -> Outcome<ReservationId> {
        let person = signed_in(call, Doing::BookRoom)?;
        // At nine o'clock most find it taken: they are told without a place in the queue of those
        // who write. Who finds it free may still lose it to somebody faster.
        if let Some(refusal) = self.taken_already(call, person, booking).await? {
            return Err(refusal.into());
        }
        let action = Hold {
            desk: self,
            call,
            person,
            booking,
        };
        match transact(self.store.as_ref(), call.municipality(), &action).await {
            Err(Failure::Refused(Refusal::SlotTaken { .. })) => {
                let floor = Floor::open(self, call).await?;
                Err(taken(&floor, &booking.what).await?.into())
            }
            answer => answer,
        }
    }

    /// Why the time cannot be had, if it was somebody else's before the form came.
    async fn taken_already(
        &self,
        call: &Call,
        person: PersonId,
        booking: &BookRoom,
    ) -> Outcome<Option<Refusal>> {
        let what = &booking.what;
        let bookable = |floor: &Floor| {
            let (facility, room) = floor.room(&what.room)?;
            let looks = (floor.residence, call.now());
            bookable_span(floor.town(), facility, room, looks, what)
        };
        let (floor, claimed) = Floor::survey(self, call, |floor| {
            let (_, room) = floor.room(&what.room)?;
            Ok(floor.question_of(room, bookable(floor)?))
        })
        .await?;
        let (_, room) = floor.room(&what.room)?;
        let is_free = !claimed.blocks(room, bookable(&floor)?);
        if is_free || floor.submitted(person, booking.submission).await? {
            return Ok(None);
        }
        Ok(Some(taken(&floor, what).await?))
    }
}

/// The time asked for, if the rules let this person book it now.
fn bookable_span(
    town: &Town,
    facility: &Facility,
    room: &Room,
    (residence, now): (Residence, DateTime<Utc>),
    what: &QuoteRoom,
) -> Result<Span, Refusal> {
    let holidays = Holidays::of(town);
    let span = check_span(facility, room, &holidays, what.date, what.start, what.end)
        .map_err(slot_refusal)?;
    match window_state(&facility.window, residence, span, now) {
        WindowState::Open { .. } => Ok(span),
        WindowState::Past => Err(Refusal::SlotPast),
        WindowState::NotYet { opens_at } => Err(Refusal::WindowNotYet {
            opens_at,
            article: facility.window.article.clone(),
        }),
        WindowState::CounterOnly { ended_on } => Err(Refusal::WindowCounterOnly {
            ended_on,
            phone: facility.phone.clone(),
        }),
    }
}

/// Somebody was faster: what else there is.
async fn taken(floor: &Floor, what: &QuoteRoom) -> Outcome<Refusal> {
    let span = Span::on(what.date, what.start, what.end).map_err(slot_refusal)?;
    let alternatives = alternatives_to(floor, &what.room, span, what.people).await?;
    Ok(Refusal::SlotTaken { alternatives })
}

struct Hold<'a> {
    desk: &'a Desk,
    call: &'a Call,
    person: PersonId,
    booking: &'a BookRoom,
}

#[async_trait]
impl Action for Hold<'_> {
    type Output = ReservationId;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<ReservationId, Abort> {
        if let Some(before) = tx
            .by_submission(self.person, self.booking.submission)
            .await?
        {
            return self.again(&before);
        }
        let applied = tx.town().await?.ok_or(Refusal::NotFound)?;
        let residence = self.residence(tx).await?;
        let (facility, room) = applied
            .town
            .room(&self.booking.what.room)
            .ok_or(Refusal::NotFound)?;
        let looks = (residence, self.call.now());
        let span = bookable_span(&applied.town, facility, room, looks, &self.booking.what)?;
        let quote = self.quote(&applied, room, residence)?;
        let record = self.record(&applied, facility, room, span, (residence, quote))?;
        match tx.insert_reservation(&record).await? {
            InsertOutcome::Inserted => {}
            // Another number is drawn, or the twin of this submit is found, by the next try.
            InsertOutcome::NumberTaken | InsertOutcome::SubmissionKnown => {
                return Err(StoreFailure::Contended.into());
            }
        }
        match tx.claim(record.id, &cells(&applied, room, span)?).await? {
            ClaimOutcome::Claimed => {}
            ClaimOutcome::Taken => {
                return Err(Refusal::SlotTaken {
                    alternatives: Vec::new(),
                }
                .into());
            }
        }
        let entry = trail::entry(self.desk.chance.as_ref(), self.call, "reservation.held")
            .about("reservation", record.id.0)
            .with(serde_json::json!({
                "room": room.id,
                "starts_at": span.start(),
                "ends_at": span.end(),
                "total_yen": record.quote.total_yen,
            }));
        tx.record(&entry).await?;
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

    async fn residence(&self, tx: &mut dyn Transaction) -> Result<Residence, Abort> {
        let person = tx
            .person(self.person)
            .await?
            .ok_or(Refusal::SignInRequired)?;
        if person.email_sealed.is_none() || person.phone_sealed.is_none() {
            return Err(Refusal::ProfileIncomplete.into());
        }
        Ok(residence(person.in_town))
    }

    fn quote(
        &self,
        applied: &AppliedTown,
        room: &Room,
        residence: Residence,
    ) -> Result<Quote, Refusal> {
        let today = civil::date_at(self.call.now());
        let request = quote_request(&applied.town, &self.booking.what, residence, today);
        let quote = fees::quote(&applied.town, room, &request).map_err(quote_refusal)?;
        match self.booking.seen_total_yen {
            Some(seen) if seen != quote.total_yen => Err(Refusal::PriceChanged {
                total_yen: quote.total_yen,
            }),
            Some(_) | None => Ok(quote),
        }
    }

    /// What the quote was made with: the form's answers, and the card's over them.
    fn attributes(&self, town: &Town, residence: Residence) -> BTreeMap<Slug, bool> {
        let mut attributes = self.booking.what.attributes.clone();
        let outsider = residence == Residence::Outside;
        let from_card = town.attributes.iter().filter(|one| one.from_residence);
        attributes.extend(from_card.map(|one| (one.id.clone(), outsider)));
        attributes
    }

    fn record(
        &self,
        applied: &AppliedTown,
        facility: &Facility,
        room: &Room,
        span: Span,
        (residence, quote): (Residence, Quote),
    ) -> Result<ReservationRecord, Abort> {
        let BookRoom {
            what,
            purpose,
            note,
            submission,
            ..
        } = self.booking;
        let purpose = room
            .purposes
            .iter()
            .find(|known| known.id == *purpose)
            .ok_or(Refusal::UnknownPurpose)?;
        if !u32::try_from(note.chars().count()).is_ok_and(|length| length <= NOTE_MAX) {
            return Err(Refusal::field("note", ProblemKind::TooLong { max: NOTE_MAX }).into());
        }
        let (chance, now) = (self.desk.chance.as_ref(), self.call.now());
        let id = ReservationId(chance.id(now));
        let vault = self.desk.vault.as_ref();
        Ok(ReservationRecord {
            id,
            number: draw_number(chance, civil::date_at(now)),
            person: self.person,
            made_by: MadeBy::Resident,
            facility: *applied
                .facilities
                .get(&facility.id)
                .ok_or_else(|| no_id("facility"))?,
            room: *applied.rooms.get(&room.id).ok_or_else(|| no_id("room"))?,
            town_version: Some(applied.version),
            span,
            people: what.people,
            particulars: Particulars {
                facility: facility.id.clone(),
                facility_name: facility.name.clone(),
                room: room.id.clone(),
                room_name: room.name.clone(),
                purpose: purpose.id.clone(),
                purpose_name: purpose.name.clone(),
                options: what
                    .options
                    .iter()
                    .map(|o| (o.id.clone(), o.quantity))
                    .collect(),
                attributes: self.attributes(&applied.town, residence),
                illustrative: facility.illustrative,
            },
            note_sealed: seal_note(vault, self.call.municipality(), id, note)?,
            quote,
            state: ReservationState::hold(now, facility.hold_minutes),
            submission: *submission,
            request_hash: request_hash(self.booking),
            revision: 1,
            created_at: now,
        })
    }
}

/// The cells of a room and span, in (unit, cell) order.
pub(crate) fn cells(
    applied: &AppliedTown,
    room: &Room,
    span: Span,
) -> Result<Vec<ClaimedCell>, Abort> {
    let units = room
        .units
        .iter()
        .map(|slug| {
            applied
                .units
                .get(slug)
                .copied()
                .ok_or_else(|| no_id("unit"))
        })
        .collect::<Result<std::collections::BTreeSet<UnitId>, _>>()?;
    Ok(claims(&units, span).collect())
}

/// The cells of a reservation as booked; its room may have left the town file since.
pub(crate) fn cells_of(
    applied: &AppliedTown,
    record: &ReservationRecord,
) -> Result<Vec<ClaimedCell>, Abort> {
    let (_, room) = applied
        .town
        .room(&record.particulars.room)
        .ok_or(Refusal::NotFound)?;
    cells(applied, room, record.span)
}

fn no_id(what: &'static str) -> Abort {
    Fault::new(
        "find the id of an applied slug",
        format!("{what} without an id"),
    )
    .into()
}

/// Year, month and eight random digits, `2611-4827-3391`: short enough to read aloud, and it says
/// nothing about how many reservations there are.
fn draw_number(chance: &dyn Chance, today: NaiveDate) -> String {
    format!(
        "{:02}{:02}-{:04}-{:04}",
        today.year().rem_euclid(100),
        today.month(),
        chance.below(10_000),
        chance.below(10_000)
    )
}

/// What was asked, without what may differ between two submits of one form.
fn request_hash(booking: &BookRoom) -> [u8; 32] {
    let BookRoom {
        what,
        purpose,
        note,
        ..
    } = booking;
    let options: BTreeMap<_, _> = what.options.iter().map(|o| (&o.id, o.quantity)).collect();
    let asked = serde_json::json!([
        what.room,
        what.date,
        what.start,
        what.end,
        what.people,
        options,
        what.attributes,
        purpose,
        note,
    ]);
    Sha256::digest(asked.to_string().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sevens;

    impl Chance for Sevens {
        fn secret(&self) -> [u8; 32] {
            [7; 32]
        }

        fn id(&self, _now: DateTime<Utc>) -> uuid::Uuid {
            uuid::Uuid::from_u128(7)
        }

        fn below(&self, bound: u32) -> u32 {
            7.min(bound)
        }
    }

    #[test]
    fn a_reservation_number_can_be_read_aloud() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        assert_eq!(draw_number(&Sevens, today), "2611-0007-0007");
    }
}
