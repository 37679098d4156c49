//! Claims by the million, behind the store's back. Their reservations are not written: nobody who
//! asks what is free reads them.

use anyhow::Result;
use domain::ids::{MunicipalityId, UnitId};
use domain::span::Cell;
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use testkit::{Engine, TestStore};

/// Claims of one unit: every fourth cell, two and a quarter years of them.
const OF_A_UNIT: u64 = 10_000;

/// Minutes between two of them.
const APART: u64 = 120;

/// Units of another town.
const UNITS: u64 = 5;

/// Rows of one statement.
const AT_ONCE: u64 = 1_000_000;

/// Gives each unit its claims around a cell, and other towns theirs, until there are `crowd`.
/// The count of all.
pub async fn claim(
    db: &TestStore,
    municipality: MunicipalityId,
    units: &[UnitId],
    around: Cell,
    crowd: u64,
) -> Result<u64> {
    let raw = db.raw().await?;
    let prepare = match db.engine() {
        Engine::Postgres => "SET session_replication_role = replica",
        Engine::Sqlite => "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF",
    };
    raw.execute_unprepared(prepare).await?;
    let first = u64::try_from(around.minutes())? - OF_A_UNIT / 2 * APART;
    let dialect = Dialect(db.engine());
    for unit in units {
        let ids = (dialect.id(municipality.0), dialect.id(unit.0));
        insert(&raw, dialect, ids, 0..OF_A_UNIT, first).await?;
    }
    let own = OF_A_UNIT * u64::try_from(units.len())?;
    let others = crowd.saturating_sub(own);
    let mut from = 0;
    while from < others {
        let until = (from + AT_ONCE).min(others);
        let ids = (
            dialect.made_up(&format!("n / {}", OF_A_UNIT * UNITS)),
            dialect.made_up(&format!("n / {OF_A_UNIT}")),
        );
        insert(&raw, dialect, ids, from..until, first).await?;
        from = until;
    }
    let statistics = match db.engine() {
        Engine::Postgres => "VACUUM (ANALYZE) claims",
        Engine::Sqlite => "ANALYZE claims; PRAGMA wal_checkpoint(TRUNCATE)",
    };
    raw.execute_unprepared(statistics).await?;
    raw.close().await?;
    Ok(own + others)
}

async fn insert(
    raw: &DatabaseConnection,
    dialect: Dialect,
    (municipality, unit): (String, String),
    rows: std::ops::Range<u64>,
    first: u64,
) -> Result<()> {
    // Four claims to a reservation.
    let reservation = dialect.made_up("n / 4");
    let numbers = dialect.numbers(rows);
    let sql = format!(
        "{numbers} INSERT INTO claims
            (municipality_id, unit_id, cell, reservation_id, closure_id, holds_floor)
        SELECT {municipality}, {unit}, {first} + (n % {OF_A_UNIT}) * {APART}, {reservation}, NULL,
            true
        FROM numbers"
    );
    raw.execute_unprepared(&sql).await?;
    Ok(())
}

/// How each database spells ids and rows of numbers.
#[derive(Clone, Copy)]
struct Dialect(Engine);

impl Dialect {
    /// An id that there is.
    fn id(self, id: uuid::Uuid) -> String {
        match self.0 {
            Engine::Postgres => format!("'{id}'::uuid"),
            Engine::Sqlite => format!("x'{}'", id.simple()),
        }
    }

    /// An id from a number.
    fn made_up(self, number: &str) -> String {
        match self.0 {
            Engine::Postgres => format!("lpad(to_hex({number}), 32, '0')::uuid"),
            Engine::Sqlite => format!("unhex(printf('%032x', {number}))"),
        }
    }

    /// The rows of `numbers(n)`.
    fn numbers(self, rows: std::ops::Range<u64>) -> String {
        let (from, last) = (rows.start, rows.end.saturating_sub(1));
        match self.0 {
            Engine::Postgres => format!(
                "WITH numbers(n) AS (SELECT * FROM generate_series({from}::bigint, {last}::bigint))"
            ),
            Engine::Sqlite => format!(
                "WITH RECURSIVE numbers(n) AS
                    (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})"
            ),
        }
    }
}
