//! Booking as the use cases do it, with nothing but the ports: the reservation, its claims, one
//! commit; a floor that is taken rolls everything back.

use anyhow::Result;
use testkit::TestWorld;
use usecases::ports::store::{
    ClaimOutcome, ClaimedCell, InsertOutcome, ReservationRecord, Store as _, StoreFailure, Stored,
};

/// Contention is tried again, as often as the use cases do; a taken floor is not.
const TRIES: usize = 5;

/// Books, and says whether the floor was free.
pub async fn book(world: &TestWorld, reservation: &ReservationRecord) -> Result<ClaimOutcome> {
    let cells = world.cells(reservation)?;
    for _try in 0..TRIES {
        match attempt(world, reservation, &cells).await {
            Err(StoreFailure::Contended) => {}
            answer => return Ok(answer?),
        }
    }
    anyhow::bail!("contended {TRIES} times")
}

async fn attempt(
    world: &TestWorld,
    reservation: &ReservationRecord,
    cells: &[ClaimedCell],
) -> Stored<ClaimOutcome> {
    let mut tx = world.store.begin(world.municipality).await?;
    let inserted = tx.insert_reservation(reservation).await?;
    assert_eq!(inserted, InsertOutcome::Inserted);
    let outcome = tx.claim(reservation.id, cells).await?;
    match outcome {
        ClaimOutcome::Claimed => tx.commit().await?,
        ClaimOutcome::Taken => drop(tx),
    }
    Ok(outcome)
}

/// A reservation of the whole gym that stands.
pub async fn booked(world: &TestWorld) -> ReservationRecord {
    let reservation = world
        .reservation("gym-full", "2026-11-28", "18:00", "20:00")
        .unwrap();
    let outcome = book(world, &reservation).await.unwrap();
    assert_eq!(outcome, ClaimOutcome::Claimed);
    reservation
}
