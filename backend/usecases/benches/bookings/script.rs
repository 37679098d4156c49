//! The same SQL for pgbench: each person books twice while PostgreSQL logs, and what differs
//! between the two is what pgbench must make anew each time.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use sea_orm::ConnectionTrait as _;
use store::Database;
use testkit::TestStore;

use crate::log::{Statement, transactions};
use crate::residents::{COURTS, Residents};

/// Ids that one booking may make: how far the numbers of two bookings are apart.
const IDS: usize = 16;

/// One script for each person.
pub struct Scripts {
    files: tempfile::TempDir,
    statements: usize,
}

impl Scripts {
    /// Where they are.
    pub fn paths(&self) -> impl Iterator<Item = std::path::PathBuf> {
        (0..COURTS).map(|number| self.files.path().join(format!("{number}.sql")))
    }

    /// How many statements a booking is, BEGIN and COMMIT included.
    pub const fn statements(&self) -> usize {
        self.statements
    }
}

/// Books twice for everybody on one connection that is logged.
pub async fn scripts(db: &TestStore, residents: &Residents) -> Result<Scripts> {
    let raw = db.raw().await?;
    ensure!(
        raw.get_database_backend() == sea_orm::DbBackend::Postgres,
        "pgbench knows PostgreSQL only"
    );
    let database = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I ";
    let log = |what: &str| format!("{database}{what}', current_database()); END $$");
    raw.execute_unprepared(&log("SET log_statement = ''all''"))
        .await?;
    let logged = Database::connect(db.url(), 1).await?;
    let people = residents.at(&logged)?;
    // The town file is read by the first booking and remembered.
    let mut before = 0;
    for booking in 0..2 * COURTS + 1 {
        if booking == 1 {
            before = db.server_log()?.context("no log")?.len();
        }
        people.book_next().await?;
    }
    logged.close().await?;
    raw.execute_unprepared(&log("RESET log_statement")).await?;
    raw.close().await?;

    let text = db.server_log()?.context("no log")?;
    let booked = transactions(text.get(before..).context("the log shrank")?)?;
    ensure!(booked.len() == 2 * COURTS, "{} transactions", booked.len());
    let files = tempfile::tempdir()?;
    let mut statements = 0;
    let (first, second) = booked.split_at(COURTS);
    for (number, (one, other)) in first.iter().zip(second).enumerate() {
        statements = one.len();
        let path = files.path().join(format!("{number}.sql"));
        std::fs::write(path, script(one, other)?)?;
    }
    Ok(Scripts { files, statements })
}

/// A transaction with new ids and a new time on each run. `:base` and `:n` are given by pgbench's
/// command line; `:n` counts on.
fn script(one: &[Statement], other: &[Statement]) -> Result<String> {
    ensure!(
        one.len() == other.len(),
        "{one:#?} and {other:#?} differ in more than values"
    );
    let mut new = New {
        ids: BTreeMap::new(),
        first_cell: cells(one, other).into_iter().min(),
    };
    let mut script = String::from(
        "\\set n :n + 1\n\\set k :base + :client_id * 1000000 + :n\n\\set cell :k * 60\n",
    );
    for (statement, again) in one.iter().zip(other) {
        ensure!(statement.sql == again.sql, "{statement:?} became {again:?}");
        let values = statement.values.iter().zip(&again.values);
        let values: Vec<String> = values
            .map(|(a, b)| new.value(a, b))
            .collect::<Result<_>>()?;
        script.push_str(&filled_in(&statement.sql, &values));
        script.push_str(";\n");
    }
    Ok(script)
}

/// The times of a booking: values that differ and are multiples of 30 minutes.
fn cells(one: &[Statement], other: &[Statement]) -> Vec<i64> {
    let pairs = one
        .iter()
        .zip(other)
        .flat_map(|(a, b)| a.values.iter().zip(&b.values));
    pairs
        .filter(|(a, b)| a != b)
        .filter_map(|(a, _)| cell(a.as_deref()?))
        .collect()
}

/// Minutes since the epoch; microseconds are far larger.
fn cell(value: &str) -> Option<i64> {
    let minutes: i64 = value.parse().ok()?;
    (minutes % 30 == 0 && (1..1_000_000_000).contains(&minutes)).then_some(minutes)
}

/// What is made anew.
struct New {
    ids: BTreeMap<String, usize>,
    first_cell: Option<i64>,
}

impl New {
    fn value(&mut self, one: &Option<String>, other: &Option<String>) -> Result<String> {
        let Some(value) = one else {
            return Ok("NULL".to_owned());
        };
        if one == other {
            return Ok(literal(value));
        }
        if uuid::Uuid::parse_str(value).is_ok() {
            let next = self.ids.len();
            let number = *self.ids.entry(value.clone()).or_insert(next);
            ensure!(number < IDS, "a booking makes more than {IDS} ids");
            return Ok(format!(
                "('01900000-0000-7000-8000-' || lpad(to_hex((:k)::bigint * {IDS} + {number}), 12, '0'))::uuid"
            ));
        }
        if let (Some(cell), Some(first)) = (cell(value), self.first_cell) {
            return Ok(format!("((:cell)::bigint + {})", cell - first));
        }
        if is_number_of_a_reservation(value) {
            return Ok("lpad((:k)::bigint::text, 14, '0')".to_owned());
        }
        // A hash, a deadline, words: nothing that must be unique.
        Ok(literal(value))
    }
}

/// `2611-4827-3391`.
fn is_number_of_a_reservation(value: &str) -> bool {
    let groups: Vec<&str> = value.split('-').collect();
    groups.len() == 3
        && groups
            .iter()
            .all(|group| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_digit()))
}

fn literal(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// Values for `$1`, `$2`, …, the last first, so that `$1` does not eat `$12`.
fn filled_in(sql: &str, values: &[String]) -> String {
    let numbered = values.iter().enumerate().rev();
    numbered.fold(sql.to_owned(), |sql, (index, value)| {
        sql.replace(&format!("${}", index + 1), value)
    })
}
