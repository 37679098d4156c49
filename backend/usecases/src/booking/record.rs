//! What is stored of a booking when it is made.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use contract::{BookRoom, Call, ProblemKind, Refusal};
use domain::civil;
use domain::eligibility::Condition;
use domain::ids::ReservationId;
use domain::quote::Quote;
use domain::reservation::ReservationState;
use sha2::{Digest, Sha256};

use super::applicant::{Applicant, Booker};
use super::cells::no_id;
use super::rules::Wanted;
use crate::desk::Desk;
use crate::ports::chance::Chance;
use crate::ports::store::{Particulars, ReservationRecord};
use crate::sealing::seal_note;
use crate::transact::Abort;

/// How long a note may be, characters.
const NOTE_MAX: u32 = 200;

/// What the fees and the rules made of a booking.
pub(super) struct Booked {
    pub(super) quote: Quote,
    pub(super) conditions: Vec<Condition>,
}

/// The reservation that is entered.
///
/// # Errors
/// When the room is not lent for that purpose, or the note is too long.
pub(super) fn record(
    desk: &Desk,
    call: &Call,
    (booker, booking): (Booker, &BookRoom),
    wanted: Wanted<'_>,
    applicant: &Applicant,
    Booked { quote, conditions }: Booked,
) -> Result<ReservationRecord, Abort> {
    let BookRoom {
        what,
        purpose,
        note,
        submission,
        ..
    } = booking;
    let Wanted {
        applied,
        facility,
        room,
        span,
        ..
    } = wanted;
    let purpose = room
        .purposes
        .iter()
        .find(|known| known.id == *purpose)
        .ok_or(Refusal::UnknownPurpose)?;
    if !u32::try_from(note.chars().count()).is_ok_and(|length| length <= NOTE_MAX) {
        return Err(Refusal::field("note", ProblemKind::TooLong { max: NOTE_MAX }).into());
    }
    let (chance, now) = (desk.chance.as_ref(), call.now());
    let id = ReservationId(chance.id(now));
    Ok(ReservationRecord {
        id,
        number: draw_number(chance, civil::date_at(now)),
        person: booker.person,
        group: what.group,
        made_by: booker.made_by,
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
            attributes: applicant.attributes.clone(),
            group_name: None,
            reduction: what.reduction.clone(),
            conditions,
            illustrative: facility.illustrative,
        },
        note_sealed: seal_note(desk.vault.as_ref(), call.municipality(), id, note)?,
        quote,
        state: ReservationState::hold(now, facility.hold_minutes),
        submission: *submission,
        request_hash: request_hash(booking),
        revision: 1,
        created_at: now,
    })
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
pub(super) fn request_hash(booking: &BookRoom) -> [u8; 32] {
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
    use chrono::{DateTime, Utc};

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
