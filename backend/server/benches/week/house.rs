//! A town whose courts are half taken, and the application that shows them.

use anyhow::{Context as _, Result, ensure};
use axum::Router;
use chrono::{Days, NaiveDate};
use domain::civil::{self, TimeOfDay};
use domain::ids::{MunicipalityId, UnitId};
use domain::span::Cell;
use store::Database;
use testkit::{TestStore, TestWorld};
use usecases::ports::chance::Clock as _;
use usecases::ports::store::{ClaimOutcome, InsertOutcome, Store as _};

use crate::serving;

/// Courts of the one facility.
const COURTS: usize = 5;

/// Days with bookings.
const DAYS: u64 = 35;

/// The room whose week is asked for.
const ROOM: &str = "court-0";

/// The town and its files.
pub struct House {
    db: TestStore,
    world: TestWorld,
    today: NaiveDate,
    files: tempfile::TempDir,
}

impl House {
    /// Every other hour of every court is booked.
    pub async fn furnish(db: &TestStore) -> Result<Self> {
        let world = TestWorld::with_town(db, &testkit::courts(COURTS)?).await?;
        let today = civil::date_at(world.clock.now());
        let mut tx = world.store.begin(world.municipality).await?;
        for (court, day) in (0..COURTS).flat_map(|court| (1..=DAYS).map(move |day| (court, day))) {
            let date = today.checked_add_days(Days::new(day)).context("no day")?;
            for hour in (9..21).step_by(2) {
                let record = world.reservation(
                    &format!("court-{court}"),
                    &date.to_string(),
                    &format!("{hour:02}:00"),
                    &format!("{:02}:00", hour + 1),
                )?;
                let entered = tx.insert_reservation(&record).await?;
                ensure!(entered == InsertOutcome::Inserted, "{record:?}");
                let claimed = tx.claim(record.id, &world.cells(&record)?).await?;
                ensure!(claimed == ClaimOutcome::Claimed, "{record:?}");
            }
        }
        tx.commit().await?;
        Ok(Self {
            db: db.clone(),
            world,
            today,
            files: tempfile::tempdir()?,
        })
    }

    /// Everything that `yoriai serve` answers with.
    pub async fn screens(&self) -> Result<Router> {
        serving::screens(&self.db, &self.world, self.files.path()).await
    }

    /// The week.
    pub fn page(&self) -> String {
        format!("/rooms/{ROOM}?date={}", self.first_day())
    }

    /// What the page asks the database: units, from, until.
    pub fn asked(&self) -> Result<(Vec<UnitId>, Cell, Cell)> {
        let units = vec![self.world.unit(ROOM)?];
        let from = Cell::at(self.first_day(), TimeOfDay::MIDNIGHT)?;
        Ok((units, from, from.plus(7 * 48)))
    }

    /// The store under both.
    pub const fn store(&self) -> &Database {
        &self.world.store
    }

    /// Whose rows they are.
    pub const fn municipality(&self) -> MunicipalityId {
        self.world.municipality
    }

    fn first_day(&self) -> NaiveDate {
        self.today.succ_opt().unwrap_or(self.today)
    }
}
