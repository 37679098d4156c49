//! `sample-month CODE…`: fills towns with a month of made-up reservations, once (`cargo demo`).
//!
//! Reads `DATABASE_URL` and `DATA_KEY_FILE` as `yoriai` does.

#![expect(
    clippy::disallowed_methods,
    reason = "a program of its own, told by the environment as yoriai is"
)]

use std::env;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use chrono::Utc;
use gateway::vault::KeyFileVault;
use testkit::{TestChance, sample};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let url = env::var("DATABASE_URL").context("DATABASE_URL")?;
    let key = env::var("DATA_KEY_FILE").context("DATA_KEY_FILE")?;
    let key = std::fs::read_to_string(&key).context(key)?;
    let store = store::Database::connect(&url, 2).await?;
    let now = Utc::now();
    // What is sealed must not repeat a nonce: this chance is seeded by the clock, and there is one.
    let seed = u64::try_from(now.timestamp_micros()).context("before 1970")?;
    let vault = KeyFileVault::from_key_file(&key, Arc::new(TestChance::seeded(seed)))?;
    for code in env::args().skip(1) {
        sample::month(&store, &vault, &code, now).await?;
    }
    store.close().await?;
    Ok(())
}
