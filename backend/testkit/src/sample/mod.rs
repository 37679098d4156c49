//! A month of a town that nobody lives in (見本の1か月): for trying out and for pictures.
//!
//! People with made-up names book, pay, come or do not, and change their minds; drawers are opened
//! and counted. Everything is drawn from a seed, so that the same town on the same day has the same
//! month. What is written is what the use cases would have left, ledger and trail included; the
//! payment service alone knows nothing of it, so what was paid through it lies in the past, where
//! nobody can cancel any more.

mod booking;
mod drawers;
mod names;
mod people;
mod wishes;

use std::sync::Arc;

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use domain::ids::{MunicipalityId, StaffId};
use store::Database;
use usecases::ports::chance::Chance as _;
use usecases::ports::store::{AppliedTown, Store as _};
use usecases::ports::vault::Vault;

use crate::TestChance;
use booking::Book;
use drawers::Drawers;

/// What the sample people's identities are issued by: nobody can sign in as one of them.
const ISSUER: &str = "https://sample.invalid";

/// Everything that a month is written with.
struct Ground<'a> {
    store: &'a Database,
    vault: &'a dyn Vault,
    municipality: MunicipalityId,
    applied: Arc<AppliedTown>,
    chance: TestChance,
    /// Whose name stands on what was done at the counter.
    clerk: StaffId,
    now: DateTime<Utc>,
}

/// Fills the town of this code with a month before `now` and a month after it. Gives how many
/// reservations were made: 0 where there are sample people already.
///
/// # Errors
/// When there is no such town, nobody of its staff, or the store refuses.
pub async fn month(
    store: &Database,
    vault: &dyn Vault,
    code: &str,
    now: DateTime<Utc>,
) -> Result<usize> {
    let towns = store.municipalities().await?;
    let town = towns.iter().find(|town| town.code == code);
    let municipality = town.with_context(|| format!("no town {code}"))?.id;
    let reading = store.read(municipality).await?;
    let applied = reading.town().await?.context("no town file is in force")?;
    let staff = reading.all_staff().await?;
    let (clerk, _) = staff.first().context("nobody of the staff is there")?;
    drop(reading);
    let ground = Ground {
        store,
        vault,
        municipality,
        applied,
        chance: TestChance::seeded(code.parse()?),
        clerk: clerk.id,
        now,
    };
    let Some(people) = people::settle(&ground).await? else {
        return Ok(0);
    };
    let mut drawers = Drawers::default();
    let mut made = 0;
    for wish in wishes::of_town(&ground) {
        let person = ground.chance.below(u32::try_from(people.len())?);
        let person = people.get(usize::try_from(person)?).context("nobody")?;
        let book = Book {
            ground: &ground,
            person: *person,
            wish,
        };
        if let Some(booked) = book.made().await? {
            made += 1;
            drawers.note(booked);
        }
    }
    drawers.open_and_close(&ground).await?;
    Ok(made)
}
