//! The rows of a month, read for [`domain::figures`]: the number of queries does not grow with them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::calendar::Holidays;
use domain::civil::{self, TimeOfDay};
use domain::figures::{
    Attendance, BookingRow, ClosedFloor, Money, MoneyRow, Month as Which, RoomOffer, RoomRef, Rows,
};
use domain::ids::{PaymentId, ReservationId, UnitId};
use domain::ledger::Cause;
use domain::payment::Means;
use domain::reservation::ReservationState;
use domain::span::{Cell, Span};
use domain::town::Slug;

use super::figures::Scope;
use crate::ports::store::{
    AppliedTown, BookedEntry, ClosureOn, PaymentRecord, Reading, ReservationRecord,
};
use crate::transact::Abort;

/// Everything that figures are made of.
pub(super) struct Month {
    offers: Vec<RoomOffer>,
    closed: Vec<ClosedFloor>,
    bookings: Vec<BookingRow>,
    money: Vec<MoneyRow>,
}

impl Month {
    pub(super) fn borrowed(&self) -> Rows<'_> {
        Rows {
            offers: &self.offers,
            closed: &self.closed,
            bookings: &self.bookings,
            money: &self.money,
        }
    }

    /// Reads a month of the facilities in `scope`.
    pub(super) async fn read(
        reading: &dyn Reading,
        applied: &AppliedTown,
        scope: &Scope,
        month: Which,
    ) -> Result<Self, Abort> {
        let (from, until) = cells(month);
        let units = units_in(applied, scope);
        let closed = reading.closures_on(&units, from, until).await?;
        Ok(Self {
            offers: offers(applied, scope, month),
            closed: closed_floor(applied, closed),
            bookings: bookings(reading, applied, scope, month).await?,
            money: money(reading, scope, month).await?,
        })
    }
}

/// What every room in scope offers, by the calendar of the town in force.
fn offers(applied: &AppliedTown, scope: &Scope, month: Which) -> Vec<RoomOffer> {
    let holidays = Holidays::of(&applied.town);
    let mut offers = Vec::new();
    for facility in &scope.facilities {
        for room in &facility.rooms {
            offers.push(RoomOffer::of(facility, room, &holidays, month));
        }
    }
    offers
}

fn units_in(applied: &AppliedTown, scope: &Scope) -> Vec<UnitId> {
    let slugs = scope.facilities.iter().flat_map(|one| one.unit_ids());
    slugs
        .filter_map(|slug| applied.units.get(slug).copied())
        .collect()
}

/// The month in cells.
fn cells(month: Which) -> (Cell, Cell) {
    let midnight = |date| Cell::containing(civil::instant(date, TimeOfDay::MIDNIGHT));
    (midnight(month.first()), midnight(month.next().first()))
}

/// The month in instants, UTC.
pub(super) fn instants(month: Which) -> (DateTime<Utc>, DateTime<Utc>) {
    let (from, until) = cells(month);
    (from.instant(), until.instant())
}

/// Reservations used or made in the month.
async fn bookings(
    reading: &dyn Reading,
    applied: &AppliedTown,
    scope: &Scope,
    month: Which,
) -> Result<Vec<BookingRow>, Abort> {
    let (from, until) = cells(month);
    let mut records: BTreeMap<ReservationId, ReservationRecord> = BTreeMap::new();
    let used = reading.reservations_between(from, until).await?;
    let (from, until) = instants(month);
    let made = reading.reservations_made(from, until).await?;
    for record in used.into_iter().chain(made) {
        if scope.ids.contains(record.facility) {
            records.insert(record.id, record);
        }
    }
    let permitted = permitted_before(reading, records.values()).await?;
    let row = |record: &ReservationRecord| BookingRow {
        of: room_of(record),
        units: units_of(applied, record),
        span: record.span,
        attendance: Attendance::of(&record.state),
        channel: record.made_by.channel(),
        accepted_on: was_permitted(record, &permitted).then(|| civil::date_at(record.created_at)),
    };
    Ok(records.values().map(row).collect())
}

/// Which of those that were given up had been permitted: only the trail tells.
async fn permitted_before(
    reading: &dyn Reading,
    records: impl Iterator<Item = &ReservationRecord>,
) -> Result<BTreeSet<String>, Abort> {
    let given_up: Vec<String> = records
        .filter(|record| matches!(record.state, ReservationState::Cancelled { .. }))
        .map(subject)
        .collect();
    let entries = reading.entries_about(&given_up).await?;
    let confirmed = entries
        .into_iter()
        .filter(|entry| entry.action == "reservation.confirmed");
    Ok(confirmed.map(|entry| entry.subject).collect())
}

fn subject(record: &ReservationRecord) -> String {
    format!("reservation:{}", record.id)
}

fn was_permitted(record: &ReservationRecord, given_up: &BTreeSet<String>) -> bool {
    match &record.state {
        ReservationState::Confirmed { .. }
        | ReservationState::CheckedIn { .. }
        | ReservationState::Completed { .. }
        | ReservationState::NoShow { .. } => true,
        ReservationState::Cancelled { .. } => given_up.contains(&subject(record)),
        ReservationState::Held(_)
        | ReservationState::AwaitingReview { .. }
        | ReservationState::AwaitingPayment { .. }
        | ReservationState::Released { .. }
        | ReservationState::Refused { .. } => false,
    }
}

fn room_of(record: &ReservationRecord) -> RoomRef {
    RoomRef {
        facility: record.particulars.facility.clone(),
        room: record.particulars.room.clone(),
    }
}

/// The floor of a room as the town has it today.
fn units_of(applied: &AppliedTown, record: &ReservationRecord) -> BTreeSet<Slug> {
    let room = applied.town.room(&record.particulars.room);
    room.map(|(_, room)| room.units.clone()).unwrap_or_default()
}

/// What moved in the month, by the ledger.
async fn money(reading: &dyn Reading, scope: &Scope, month: Which) -> Result<Vec<MoneyRow>, Abort> {
    let (from, until) = instants(month);
    let entries = reading.entries_between(from, until).await?;
    let mut ids: Vec<ReservationId> = entries.iter().map(|entry| entry.reservation).collect();
    ids.sort_unstable();
    ids.dedup();
    let records = reading.these_reservations(&ids).await?;
    let rooms: BTreeMap<ReservationId, RoomRef> = records
        .iter()
        .filter(|record| scope.ids.contains(record.facility))
        .map(|record| (record.id, room_of(record)))
        .collect();
    let payments = reading.payments_of_each(&ids).await?;
    let means: BTreeMap<PaymentId, Means> = payments
        .iter()
        .filter_map(|payment: &PaymentRecord| Some((payment.id, payment.state.means()?)))
        .collect();
    let row = |entry: &BookedEntry| {
        Some(MoneyRow {
            of: rooms.get(&entry.reservation)?.clone(),
            on: civil::date_at(entry.booked_at),
            money: moved(entry, &means)?,
        })
    };
    Ok(entries.iter().filter_map(row).collect())
}

/// What an entry of the ledger says about money that moved; nothing for what was only decided.
fn moved(entry: &BookedEntry, means: &BTreeMap<PaymentId, Means>) -> Option<Money> {
    let amount = entry.entry.amount;
    match entry.entry.cause {
        Cause::Paid(payment) => Some(Money::Received {
            means: *means.get(&payment)?,
            amount,
        }),
        Cause::RefundPaid(_)
        | Cause::RefundPaidAtCounter(_)
        | Cause::RefundTransferred(_)
        | Cause::RefundFound(_) => Some(Money::Refunded { amount }),
        Cause::RefundBounced(_) | Cause::TransferSentBack(_) => Some(Money::CameBack { amount }),
        Cause::Charged(_)
        | Cause::Uncharged(_)
        | Cause::ChargedAgain(_)
        | Cause::Adjusted(_)
        // What a bank took back is owed again and not given back: no 還付.
        | Cause::DisputeWithdrawn(_)
        | Cause::DisputeReinstated(_)
        | Cause::RefundDecided(_) => None,
    }
}

/// The floor that closures took, cell by cell.
fn closed_floor(applied: &AppliedTown, closures: Vec<ClosureOn>) -> Vec<ClosedFloor> {
    let slugs: BTreeMap<UnitId, &Slug> =
        applied.units.iter().map(|(slug, id)| (*id, slug)).collect();
    let mut closed: BTreeMap<Cell, BTreeSet<Slug>> = BTreeMap::new();
    for (unit, cell) in closures.into_iter().flat_map(|closure| closure.cells) {
        if let Some(slug) = slugs.get(&unit) {
            closed.entry(cell).or_default().insert((*slug).clone());
        }
    }
    closed
        .into_iter()
        .filter_map(|(cell, units)| {
            let span = Span::new(cell, cell.plus(1)).ok()?;
            Some(ClosedFloor { units, span })
        })
        .collect()
}
