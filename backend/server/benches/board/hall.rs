//! A gym of sixty courts whose years are half taken, and a manager who may see it.

use anyhow::{Context as _, Result, ensure};
use axum::Router;
use chrono::{Days, Duration, NaiveDate};
use contract::Role;
use domain::civil::{self, TimeOfDay};
use domain::ids::{FacilityId, MunicipalityId, UnitId};
use domain::reservation::ReservationState;
use domain::span::Cell;
use domain::town::Slug;
use sea_orm::ConnectionTrait as _;
use store::Database;
use testkit::{Engine, TestStore, TestWorld};
use usecases::ports::chance::Clock as _;
use usecases::ports::store::{ClaimOutcome, InsertOutcome, StaffSessionRecord, Store as _};
use usecases::sign_in::hash;

use crate::serving;

/// Courts of the facility.
pub const COURTS: usize = 60;

/// Claims in the table.
pub const CLAIMS: u64 = 1_000_000;

/// When a court is taken on each day.
const TAKEN: [(&str, &str); 3] = [("09:00", "11:00"), ("13:00", "15:00"), ("17:00", "19:00")];

/// Claims of a court on a day: half hours.
const OF_A_DAY: u64 = 12;

/// The manager's session.
const SECRET: &str = "bench-session";

/// The town and its files.
pub struct Hall {
    db: TestStore,
    world: TestWorld,
    facility: Slug,
    today: NaiveDate,
    files: tempfile::TempDir,
}

impl Hall {
    /// A million claims with their reservations, as many before today as after it.
    pub async fn furnish(db: &TestStore) -> Result<Self> {
        let world = TestWorld::with_town(db, &testkit::courts(COURTS)?).await?;
        let today = civil::date_at(world.clock.now());
        let days = CLAIMS.div_ceil(OF_A_DAY * u64::try_from(COURTS)?);
        let first = today.checked_sub_days(Days::new(days / 2));
        book(&world, first.context("no day")?).await?;
        repeat(db, days).await?;
        let_in(&world).await?;
        let facility = world.town.town.facilities.first().context("no facility")?;
        Ok(Self {
            db: db.clone(),
            facility: facility.id.clone(),
            world,
            today,
            files: tempfile::tempdir()?,
        })
    }

    /// Everything that `yoriai serve` answers with.
    pub async fn screens(&self) -> Result<Router> {
        serving::screens(&self.db, &self.world, self.files.path()).await
    }

    /// The board of the facility's week.
    pub fn page(&self) -> String {
        let (facility, date) = (&self.facility, self.today);
        format!("/manage?facility={facility}&date={date}&range=week")
    }

    /// The manager's cookie.
    pub fn cookie(&self) -> String {
        format!("__Host-staff={SECRET}")
    }

    /// What the page asks the database: facility, units, from, until.
    pub fn asked(&self) -> Result<(FacilityId, Vec<UnitId>, Cell, Cell)> {
        let facility = self.world.facility(&self.facility)?;
        let court = |number| self.world.unit(&format!("court-{number}"));
        let units = (0..COURTS).map(court).collect::<Result<_>>()?;
        let from = Cell::at(self.today, TimeOfDay::MIDNIGHT)?;
        Ok((facility, units, from, from.plus(7 * 48)))
    }

    /// The store under both.
    pub const fn store(&self) -> &Database {
        &self.world.store
    }

    /// Whose rows they are.
    pub const fn municipality(&self) -> MunicipalityId {
        self.world.municipality
    }
}

/// One day of every court.
async fn book(world: &TestWorld, date: NaiveDate) -> Result<()> {
    let mut tx = world.store.begin(world.municipality).await?;
    let at = world.clock.now();
    for (court, (start, end)) in (0..COURTS).flat_map(|court| TAKEN.map(|taken| (court, taken))) {
        let mut record =
            world.reservation(&format!("court-{court}"), &date.to_string(), start, end)?;
        record.state = ReservationState::Confirmed { at };
        let entered = tx.insert_reservation(&record).await?;
        ensure!(entered == InsertOutcome::Inserted, "{record:?}");
        let claimed = tx.claim(record.id, &world.cells(&record)?).await?;
        ensure!(claimed == ClaimOutcome::Claimed, "{record:?}");
    }
    Ok(tx.commit().await?)
}

/// The same on all days after it, behind the store's back.
async fn repeat(db: &TestStore, days: u64) -> Result<()> {
    let (prepare, id) = match db.engine() {
        Engine::Postgres => (
            "SET session_replication_role = replica",
            "gen_random_uuid()",
        ),
        Engine::Sqlite => (
            "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF",
            "randomblob(16)",
        ),
    };
    let numbers = format!(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {})",
        days - 1
    );
    let reservations = format!(
        "{numbers} INSERT INTO reservations (municipality_id, id, number, person_id, facility_id,
            room_id, starts_at, ends_at, people, particulars, quote, total_yen, state, state_facts,
            holds_floor, deadline_at, submission, request_hash, revision, created_at, updated_at)
        SELECT r.municipality_id, {id}, r.number || '-' || CAST(n.n AS text), r.person_id,
            r.facility_id, r.room_id, r.starts_at + 1440 * n.n, r.ends_at + 1440 * n.n, r.people,
            r.particulars, r.quote, r.total_yen, r.state, r.state_facts, r.holds_floor,
            r.deadline_at, {id}, r.request_hash, r.revision, r.created_at, r.updated_at
        FROM n CROSS JOIN reservations r"
    );
    let claims = format!(
        "{numbers} INSERT INTO claims
            (municipality_id, unit_id, cell, reservation_id, closure_id, holds_floor)
        SELECT c.municipality_id, c.unit_id, c.cell + 1440 * n.n, r.id, NULL, c.holds_floor
        FROM n CROSS JOIN claims c
            JOIN reservations t ON t.municipality_id = c.municipality_id
                AND t.id = c.reservation_id
            JOIN reservations r ON r.municipality_id = t.municipality_id
                AND r.number = t.number || '-' || CAST(n.n AS text)"
    );
    let statistics = match db.engine() {
        Engine::Postgres => ["VACUUM (ANALYZE) reservations", "VACUUM (ANALYZE) claims"],
        Engine::Sqlite => ["ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"],
    };
    let raw = db.raw().await?;
    raw.execute_unprepared(prepare).await?;
    raw.execute_unprepared(&reservations).await?;
    let claimed = raw.execute_unprepared(&claims).await?.rows_affected();
    let before = OF_A_DAY * u64::try_from(COURTS)?;
    ensure!(claimed + before >= CLAIMS, "{claimed} claims");
    for statement in statistics {
        raw.execute_unprepared(statement).await?;
    }
    Ok(raw.close().await?)
}

/// A manager who signed in.
async fn let_in(world: &TestWorld) -> Result<()> {
    let staff = world.staff("manager", &[(Role::Manager, None)]).await?;
    let now = world.clock.now();
    let session = StaffSessionRecord {
        token_hash: hash(SECRET),
        staff,
        created_at: now,
        last_seen_at: now,
        expires_at: now + Duration::hours(8),
    };
    let mut tx = world.store.begin(world.municipality).await?;
    tx.insert_staff_session(&session).await?;
    Ok(tx.commit().await?)
}
