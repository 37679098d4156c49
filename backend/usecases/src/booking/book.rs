//! Holding a room (この時間で予約する): claims the floor and freezes the quote.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use contract::{
    Action as Doing, BookRoom, Call, Failure, Fault, Outcome, ProblemKind, QuoteRoom, Refusal,
};
use domain::asker::Asker;
use domain::calendar::{Holidays, OpenDays};
use domain::civil;
use domain::fees::{self, AttributeValue};
use domain::ids::{PersonId, ReservationId, UnitId};
use domain::quote::Quote;
use domain::reservation::{Channel, ReservationState};
use domain::slots::{check_span, claims};
use domain::span::Span;
use domain::town::{Facility, Room, Slug, Town};
use domain::window::{Residence, WindowState, window_state};
use sha2::{Digest, Sha256};

use crate::authority::{Place, signed_in, staff};
use crate::browse::{
    Floor, Looker, alternatives_to, quote_refusal, quote_request, residence, slot_refusal,
};
use crate::desk::Desk;
use crate::ports::chance::Chance;
use crate::ports::store::{
    AppliedTown, ClaimOutcome, ClaimedCell, InsertOutcome, MadeBy, Particulars, ReservationRecord,
    StoreFailure, Transaction,
};
use crate::review::excluded;
use crate::sealing::seal_note;
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// How long a note may be, characters.
const NOTE_MAX: u32 = 200;

/// Whose the reservation becomes, and who makes it.
#[derive(Clone, Copy)]
struct Booker {
    person: PersonId,
    made_by: MadeBy,
}

impl Booker {
    const fn looker(self) -> Looker {
        Looker {
            person: Some(self.person),
            channel: self.made_by.channel(),
        }
    }
}

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
        if let Some(refusal) = self.taken_already(call, booker, booking).await? {
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
                let floor = Floor::open_for(self, call, booker.looker()).await?;
                Err(taken(&floor, &booking.what).await?.into())
            }
            answer => answer,
        }
    }

    /// Why the time cannot be had, if it was somebody else's before the form came.
    async fn taken_already(
        &self,
        call: &Call,
        booker: Booker,
        booking: &BookRoom,
    ) -> Outcome<Option<Refusal>> {
        let what = &booking.what;
        let bookable = |floor: &Floor| {
            let (facility, room) = floor.room(&what.room)?;
            let looks = (floor.channel, floor.residence, call.now());
            bookable_span(floor.town(), facility, room, looks, what)
        };
        let (floor, claimed) = Floor::survey(self, call, booker.looker(), |floor| {
            let (_, room) = floor.room(&what.room)?;
            Ok(floor.question_of(room, bookable(floor)?))
        })
        .await?;
        let (_, room) = floor.room(&what.room)?;
        let is_free = !claimed.blocks(room, bookable(&floor)?);
        if is_free || floor.submitted(booker.person, booking.submission).await? {
            return Ok(None);
        }
        Ok(Some(taken(&floor, what).await?))
    }
}

/// The facility that a room belongs to, as a place to have a role at.
fn place_of(applied: &AppliedTown, room: &Slug) -> Result<Place, Refusal> {
    let (facility, _) = applied.town.room(room).ok_or(Refusal::NotFound)?;
    let id = applied.facilities.get(&facility.id);
    id.copied().map(Place::At).ok_or(Refusal::NotFound)
}

/// The time asked for, if the rules let this person book it now through this channel.
fn bookable_span(
    town: &Town,
    facility: &Facility,
    room: &Room,
    (channel, residence, now): (Channel, Residence, DateTime<Utc>),
    what: &QuoteRoom,
) -> Result<Span, Refusal> {
    let holidays = Holidays::of(town);
    let span = check_span(facility, room, &holidays, what.date, what.start, what.end)
        .map_err(slot_refusal)?;
    let window = &facility.window;
    let asker = Asker::person(residence, channel);
    let days = OpenDays::of(facility, &holidays);
    match window_state(window, days, &asker, span, now) {
        WindowState::Open { .. } => Ok(span),
        WindowState::Past => Err(Refusal::SlotPast),
        WindowState::NotYet { opens_at } => Err(Refusal::WindowNotYet {
            opens_at,
            article: window.article_for(&asker).to_owned(),
        }),
        WindowState::CounterOnly { ended_on } => Err(Refusal::WindowCounterOnly {
            ended_on,
            phone: facility.phone.clone(),
        }),
        WindowState::Ended { ended_on } => Err(Refusal::WindowEnded {
            ended_on,
            phone: facility.phone.clone(),
            article: window.article_for(&asker).to_owned(),
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
    booker: Booker,
    booking: &'a BookRoom,
}

#[async_trait]
impl Action for Hold<'_> {
    type Output = ReservationId;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<ReservationId, Abort> {
        let applied = tx.town().await?.ok_or(Refusal::NotFound)?;
        self.authorise(tx, &applied).await?;
        if let Some(before) = tx
            .by_submission(self.booker.person, self.booking.submission)
            .await?
        {
            return self.again(&before);
        }
        let residence = self.residence(tx).await?;
        let (facility, room) = applied
            .town
            .room(&self.booking.what.room)
            .ok_or(Refusal::NotFound)?;
        let channel = self.booker.made_by.channel();
        let looks = (channel, residence, self.call.now());
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
                "channel": channel,
                "person": self.booker.person,
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

    /// Where the person lives, if there is a way to reach them. Online that is mail, for what is
    /// sent, and a telephone; whoever stands at the counter takes the papers along, so either will do.
    async fn residence(&self, tx: &mut dyn Transaction) -> Result<Residence, Abort> {
        let found = tx.person(self.booker.person).await?;
        let (person, is_reachable) = match self.booker.made_by {
            MadeBy::Resident => {
                let person = found.ok_or(Refusal::SignInRequired)?;
                let is_reachable = person.email_sealed.is_some() && person.phone_sealed.is_some();
                (person, is_reachable)
            }
            MadeBy::Staff(_) => {
                let person = found.ok_or(Refusal::NotFound)?;
                let is_reachable = person.email_sealed.is_some() || person.phone_sealed.is_some();
                (person, is_reachable)
            }
        };
        if !is_reachable {
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
        let priced = QuoteRoom {
            purpose: Some(self.booking.purpose.clone()),
            ..self.booking.what.clone()
        };
        let request = quote_request(&applied.town, &priced, residence, today);
        excluded(&applied.town, room, &request, priced.reduction.as_ref())?;
        let quote = fees::quote(&applied.town, room, &request).map_err(quote_refusal)?;
        match self.booking.seen_total_yen {
            Some(seen) if seen != quote.total_yen => Err(Refusal::PriceChanged {
                total_yen: quote.total_yen,
            }),
            Some(_) | None => Ok(quote),
        }
    }

    /// What the quote was made with: the form's answers, and the card's over them.
    fn attributes(&self, town: &Town, residence: Residence) -> BTreeMap<Slug, AttributeValue> {
        let mut attributes = self.booking.what.attributes.clone();
        let outsider = residence == Residence::Outside;
        let from_card = town.attributes.iter().filter(|one| one.from_residence);
        attributes.extend(from_card.map(|one| (one.id.clone(), AttributeValue::Flag(outsider))));
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
            person: self.booker.person,
            group: what.group,
            made_by: self.booker.made_by,
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
                option_minutes: what
                    .options
                    .iter()
                    .filter_map(|o| Some((o.id.clone(), o.minutes?)))
                    .collect(),
                attributes: self.attributes(&applied.town, residence),
                group_name: None,
                reduction: what.reduction.clone(),
                conditions: Vec::new(),
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
    let options: BTreeMap<_, _> = what
        .options
        .iter()
        .map(|o| (&o.id, (o.quantity, o.minutes)))
        .collect();
    let asked = serde_json::json!([
        what.room,
        what.date,
        what.start,
        what.end,
        what.people,
        options,
        what.attributes,
        what.group,
        what.reduction,
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
