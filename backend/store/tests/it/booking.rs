//! Booking as the use cases do it, with nothing but the ports: the reservation, its claims, one
//! commit; a floor that is taken rolls everything back.

use anyhow::Result;
use domain::ids::{MunicipalityId, ReservationId};
use domain::reservation::ReservationState;
use sea_orm::{ConnectionTrait as _, Statement};
use testkit::{TestStore, TestWorld};
use usecases::ports::store::{
    ClaimOutcome, InsertOutcome, ReservationRecord, Store as _, StoreFailure, Stored,
};

/// Tries a booking once.
pub async fn try_to_book(
    world: &TestWorld,
    reservation: &ReservationRecord,
) -> Result<ClaimOutcome> {
    let cells = world.cells(reservation)?;
    Ok(attempt(world, reservation, &cells).await?)
}

/// Books as the use cases do: contention is tried again, a taken floor is not.
pub async fn book(world: &TestWorld, reservation: &ReservationRecord) -> Result<ClaimOutcome> {
    let cells = world.cells(reservation)?;
    for _try in 0..5 {
        match attempt(world, reservation, &cells).await {
            Err(StoreFailure::Contended) => {}
            answer => return Ok(answer?),
        }
    }
    anyhow::bail!("contended five times")
}

async fn attempt(
    world: &TestWorld,
    reservation: &ReservationRecord,
    cells: &[usecases::ports::store::ClaimedCell],
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

/// Lets a reservation's floor go and gives it its next state, as releasing and cancelling do.
pub async fn let_go(world: &TestWorld, id: ReservationId, state: &ReservationState) -> Stored<()> {
    let mut tx = world.store.begin(world.municipality).await?;
    let reservation = tx.lock_reservation(id).await?;
    let revision = reservation.map_or(0, |reservation| reservation.revision);
    tx.unclaim(id).await?;
    tx.set_state(id, revision, state, state_at(state)).await?;
    tx.commit().await
}

fn state_at(state: &ReservationState) -> chrono::DateTime<chrono::Utc> {
    match state {
        ReservationState::Released { at, .. } | ReservationState::Cancelled { at, .. } => *at,
        other => panic!("{other:?} keeps its floor"),
    }
}

/// How many rows a query counts, behind the store's back.
pub async fn count(db: &TestStore, sql: &str) -> i64 {
    let raw = db.raw().await.unwrap();
    let statement = Statement::from_string(raw.get_database_backend(), sql);
    let row = raw.query_one_raw(statement).await.unwrap().unwrap();
    let count = row.try_get_by_index(0).unwrap();
    raw.close().await.unwrap();
    count
}

/// Claims and reservations of a municipality that stand without each other: never any.
pub async fn orphans(db: &TestStore) -> i64 {
    count(
        db,
        "SELECT (SELECT count(*) FROM reservations r WHERE r.holds_floor AND NOT EXISTS
             (SELECT 1 FROM claims c WHERE c.reservation_id = r.id))
          + (SELECT count(*) FROM claims c WHERE NOT EXISTS
             (SELECT 1 FROM reservations r WHERE r.id = c.reservation_id AND r.holds_floor))",
    )
    .await
}

/// A municipality that is not there.
pub fn nowhere() -> MunicipalityId {
    MunicipalityId(uuid::Uuid::from_u128(0xdead))
}
