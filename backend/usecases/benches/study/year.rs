//! A year of reservations, written behind the store's back: every room is used five times a day.

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use domain::fees::AttributeValue;
use domain::reservation::ReservationState;
use domain::span::Cell;
use sea_orm::ConnectionTrait as _;
use testkit::{Engine, TestStore, TestWorld};
use usecases::ports::store::{InsertOutcome, Store as _};

/// How many rooms the town has.
pub const ROOMS: usize = 55;

/// Reservations of a room: five times two hours on each of 365 days.
const OF_A_ROOM: u64 = 5 * 365;

/// Reservations in all.
pub const COUNT: u64 = 55 * OF_A_ROOM;

/// The first day of it.
pub fn from() -> Result<NaiveDate> {
    NaiveDate::from_ymd_opt(2025, 4, 1).context("no such day")
}

/// The last day of it.
pub fn until() -> Result<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 3, 31).context("no such day")
}

/// The first cell of a day.
pub fn midnight(day: NaiveDate) -> Result<Cell> {
    Ok(Cell::at(day, "00:00".parse()?)?)
}

/// Writes them: one of each room by the store, the others like it.
pub async fn of(db: &TestStore, world: &TestWorld) -> Result<()> {
    for room in 0..ROOMS {
        let name = format!("court-{room}");
        let mut record = world.reservation(&name, "2025-04-01", "09:00", "11:00")?;
        record.state = ReservationState::Confirmed {
            at: record.created_at,
        };
        // Courts have no light, and every other one is used by people from elsewhere.
        record.particulars.options.clear();
        let outsider = "outsider".parse()?;
        record
            .particulars
            .attributes
            .insert(outsider, AttributeValue::Flag(room % 2 == 1));
        let mut tx = world.store.begin(world.municipality).await?;
        anyhow::ensure!(tx.insert_reservation(&record).await? == InsertOutcome::Inserted);
        tx.commit().await?;
    }
    let raw = db.raw().await?;
    let id = match db.engine() {
        Engine::Sqlite => "randomblob(16)",
        Engine::Postgres => "gen_random_uuid()",
    };
    let last = OF_A_ROOM - 1;
    let others = format!(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {last})
        INSERT INTO reservations (municipality_id, id, number, person_id, facility_id, room_id,
            starts_at, ends_at, people, particulars, quote, total_yen, state, state_facts,
            holds_floor, deadline_at, submission, request_hash, revision, created_at, updated_at)
        SELECT r.municipality_id, {id}, r.number || '-' || CAST(n.n AS text), r.person_id,
            r.facility_id, r.room_id, r.starts_at + 1440 * (n.n % 365) + 120 * (n.n / 365),
            r.ends_at + 1440 * (n.n % 365) + 120 * (n.n / 365), r.people, r.particulars, r.quote,
            r.total_yen, r.state, r.state_facts, r.holds_floor, r.deadline_at, {id},
            r.request_hash, r.revision, r.created_at, r.updated_at
        FROM reservations r CROSS JOIN n"
    );
    for sql in [others.as_str(), "ANALYZE reservations"] {
        raw.execute_unprepared(sql).await?;
    }
    raw.close().await?;
    Ok(())
}
