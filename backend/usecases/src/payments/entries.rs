//! Booking entries in the ledger.

use chrono::{DateTime, Utc};
use domain::ids::ReservationId;
use domain::ledger::{Cause, Entry};

use crate::ports::chance::Chance;
use crate::ports::store::{Reading, Transaction};
use crate::transact::Abort;

/// Books an entry, once per cause. Nothing is booked for 0 円.
pub(crate) async fn book(
    tx: &mut dyn Transaction,
    chance: &dyn Chance,
    reservation: ReservationId,
    entry: Option<Entry>,
    now: DateTime<Utc>,
) -> Result<(), Abort> {
    if let Some(entry) = entry {
        tx.book_entry(chance.id(now), reservation, &entry, now)
            .await?;
    }
    Ok(())
}

/// True while the fee of a reservation is charged: whoever lets it go takes that back. A fee that
/// waits to be paid after a review is charged with the first checkout, not before.
pub(crate) async fn is_charged<R: Reading + ?Sized>(
    reading: &R,
    reservation: ReservationId,
) -> Result<bool, Abort> {
    let entries = reading.entries(reservation).await?;
    let there_is = |cause: Cause| entries.iter().any(|entry| entry.cause == cause);
    Ok(there_is(Cause::Charged(reservation)) && !there_is(Cause::Uncharged(reservation)))
}
