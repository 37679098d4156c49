//! Booking entries in the ledger.

use chrono::{DateTime, Utc};
use domain::ids::ReservationId;
use domain::ledger::Entry;

use crate::ports::chance::Chance;
use crate::ports::store::Transaction;
use crate::transact::Abort;

/// Books an entry, once per cause. Nothing is booked for 0 円.
pub(super) async fn book(
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
