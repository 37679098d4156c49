//! The people who book, each the own court, hour after hour.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use chrono::{DateTime, Days, NaiveDate, Utc};
use contract::{BookRoom, Call, QuoteRoom, Resident as _, SignedIn};
use domain::ids::{MunicipalityId, PersonId, RequestId};
use store::Database;
use testkit::{Spread, Stopwatch, TestChance, TestStore, TestWorld};
use usecases::Desk;
use usecases::ports::chance::{Chance as _, Clock as _};

use crate::{AT_ONCE, house};

/// Courts, and people: as many as there are.
pub const COURTS: usize = 100;

/// Hours of a court on a day: 9 to 21.
const HOURS: usize = 12;

/// Everybody in a town of courts.
#[derive(Clone)]
pub struct Residents {
    desk: Arc<Desk>,
    municipality: MunicipalityId,
    people: Arc<[PersonId]>,
    chance: TestChance,
    first_day: NaiveDate,
    /// Nine o'clock of the test world; real time passes from there.
    began: DateTime<Utc>,
    running: Stopwatch,
    /// The next free hour of any court, counted through all of them.
    next: Arc<AtomicUsize>,
}

impl Residents {
    /// A town with [`COURTS`] people who may book.
    pub async fn move_in(db: &TestStore) -> Result<Self> {
        let world = TestWorld::with_town(db, &testkit::courts(COURTS)?).await?;
        let mut people = Vec::with_capacity(COURTS);
        for number in 0..COURTS {
            people.push(world.regular(&format!("resident-{number}")).await?);
        }
        let began = world.clock.now();
        let tomorrow = began.date_naive().checked_add_days(Days::new(1));
        Ok(Self {
            desk: house::desk(&world.store, &world.chance)?,
            municipality: world.municipality,
            people: people.into(),
            chance: world.chance,
            first_day: tomorrow.context("no tomorrow")?,
            began,
            running: Stopwatch::start(),
            next: Arc::default(),
        })
    }

    /// The same people at a desk on other connections.
    pub fn at(&self, database: &Database) -> Result<Self> {
        Ok(Self {
            desk: house::desk(database, &self.chance)?,
            ..self.clone()
        })
    }

    /// Everybody who may, as often as they can, for so many seconds: bookings a second, and how
    /// long each took.
    pub async fn book_for(&self, seconds: u32) -> Result<(f64, Spread)> {
        let time = Duration::from_secs(seconds.into());
        let watch = Stopwatch::start();
        let mut everybody = tokio::task::JoinSet::new();
        for _one in 0..AT_ONCE {
            let residents = self.clone();
            everybody.spawn(async move {
                let mut took = Vec::new();
                while watch.elapsed() < time {
                    let booking = Stopwatch::start();
                    residents.book_next().await?;
                    took.push(booking.elapsed());
                }
                anyhow::Ok(took)
            });
        }
        let mut took = Spread::default();
        while let Some(one) = everybody.join_next().await {
            took.extend(one??);
        }
        let booked = f64::from(u32::try_from(took.tries())?);
        Ok((booked / watch.elapsed().as_secs_f64(), took))
    }

    /// The next free hour of the next court, by whose it is.
    pub async fn book_next(&self) -> Result<()> {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        let (court, hour) = (turn % COURTS, turn / COURTS);
        let days = Days::new(u64::try_from(hour / HOURS)?);
        let date = self.first_day.checked_add_days(days).context("no day")?;
        let start = 9 + hour % HOURS;
        let form = BookRoom {
            what: QuoteRoom {
                room: format!("court-{court}").parse()?,
                date,
                start: format!("{start:02}:00").parse()?,
                end: format!("{:02}:00", start + 1).parse()?,
                people: 10,
                options: Vec::new(),
                purpose: None,
                attributes: BTreeMap::new(),
                group: None,
                reduction: None,
            },
            purpose: "table-tennis".parse()?,
            note: String::new(),
            seen_total_yen: None,
            submission: self.chance.id(self.now()),
        };
        let person = *self.people.get(court).context("nobody")?;
        match self.desk.book(&self.call_of(person), &form).await {
            Ok(_held) => Ok(()),
            Err(contract::Failure::Refused(refusal)) => bail!("{date} {start}: {refusal:?}"),
            Err(contract::Failure::Fault(fault)) => Err(anyhow!("{fault:?}")),
        }
    }

    fn call_of(&self, person: PersonId) -> Call {
        let now = self.now();
        let proof = SignedIn::vouch(self.municipality, person);
        Call::signed_in(proof, RequestId(self.chance.id(now)), now)
    }

    fn now(&self) -> DateTime<Utc> {
        self.began + self.running.elapsed()
    }
}
