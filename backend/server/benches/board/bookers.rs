//! People who book as often as they can.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use chrono::{Days, NaiveDate};
use testkit::Stopwatch;
use tokio::task::JoinSet;

use crate::hall::COURTS;
use crate::installation::Installation;
use crate::resident::{Resident, Told};

/// How many they are.
pub const PEOPLE: usize = 16;

/// Hours of a court on a day, from this one.
const HOURS: usize = 12;
const OPENS: usize = 9;

/// Everybody, in front of the same free hours.
pub struct Bookers {
    people: Vec<Resident>,
    day: NaiveDate,
    /// The next free hour of any court, counted through all of them.
    next: Arc<AtomicUsize>,
}

impl Bookers {
    /// All sign in.
    pub async fn arrive(house: &Installation) -> Result<Self> {
        let mut people = Vec::with_capacity(PEOPLE);
        for number in 0..PEOPLE {
            people.push(Resident::arrive(house, number).await?);
        }
        Ok(Self {
            people,
            day: house.day(),
            next: Arc::default(),
        })
    }

    /// Everybody opens a form and presses the button, again and again; when each had the answer.
    pub async fn book_for(&mut self, time: Duration, clock: Stopwatch) -> Result<Vec<Duration>> {
        let end = clock.elapsed() + time;
        let mut booking = JoinSet::new();
        for mut resident in self.people.drain(..) {
            let (day, next) = (self.day, Arc::clone(&self.next));
            booking.spawn(async move {
                let mut done = Vec::new();
                while clock.elapsed() < end {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    let (court, hour) = (turn % COURTS, turn / COURTS);
                    let days = Days::new(u64::try_from(hour / HOURS)?);
                    let day = day.checked_add_days(days).context("no day")?;
                    resident.choose(court, day, OPENS + hour % HOURS).await?;
                    let told = resident.book().await?;
                    ensure!(told == Told::Booked, "{told:?}");
                    done.push(clock.elapsed());
                }
                anyhow::Ok((resident, done))
            });
        }
        let mut all = Vec::new();
        while let Some(one) = booking.join_next().await {
            let (resident, done) = one??;
            self.people.push(resident);
            all.extend(done);
        }
        Ok(all)
    }
}
