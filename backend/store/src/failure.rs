//! What a database's error means to the caller: try again, or broken.

use std::error::Error;

use contract::Fault;
use sea_orm::sqlx;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};
use usecases::ports::store::{StoreFailure, Stored};

/// A row that the domain cannot read: somebody or something else wrote it.
///
/// Not the driver's failure and not the caller's; it names the place, never the value, which may
/// be personal.
#[derive(Debug, thiserror::Error)]
#[error("{table}.{column} of row {row} is not what the domain can read")]
pub struct Unreadable {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row's key within its municipality.
    pub row: String,
    /// What the domain says about it.
    pub source: Box<dyn Error + Send + Sync>,
}

impl From<Unreadable> for StoreFailure {
    fn from(unreadable: Unreadable) -> Self {
        Self::Fault(Fault::new("reading a stored row", unreadable))
    }
}

/// Says what was being done when a statement failed.
pub(crate) trait Doing<T> {
    /// The failure, with `what` on top of its chain.
    fn doing(self, what: &'static str) -> Stored<T>;
}

impl<T> Doing<T> for Result<T, DbErr> {
    fn doing(self, what: &'static str) -> Stored<T> {
        self.map_err(|error| {
            if is_contention(&error) {
                tracing::debug!(store.doing = what, %error, "another transaction was in the way");
                StoreFailure::Contended
            } else {
                StoreFailure::Fault(Fault::new(what, error))
            }
        })
    }
}

/// A fault that no statement reported.
pub(crate) fn fault(what: &'static str, why: impl Into<String>) -> StoreFailure {
    StoreFailure::Fault(Fault::new(what, why.into()))
}

/// True when the same work may succeed if it is done again from its beginning.
pub(crate) fn is_contention(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => true,
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => match error.as_ref() {
            sqlx::Error::PoolTimedOut => true,
            sqlx::Error::Database(error) => {
                let code = error.code().unwrap_or_default();
                if error
                    .try_downcast_ref::<sqlx::sqlite::SqliteError>()
                    .is_some()
                {
                    is_sqlite_contention(&code)
                } else {
                    is_postgres_contention(&code)
                }
            }
            _ => false,
        },
        _ => false,
    }
}

/// Serialisation failure, deadlock, lock not available in time.
fn is_postgres_contention(sqlstate: &str) -> bool {
    matches!(sqlstate, "40001" | "40P01" | "55P03")
}

/// `SQLITE_BUSY` (5) and `SQLITE_LOCKED` (6) in the lowest byte, whatever the extended code adds
/// (517 is a read transaction that may no longer write).
fn is_sqlite_contention(code: &str) -> bool {
    code.parse::<i32>()
        .is_ok_and(|code| matches!(code & 0xff, 5 | 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_another_try_can_mend_counts_as_contention() {
        for code in ["5", "6", "261", "517", "262"] {
            assert!(is_sqlite_contention(code), "{code}");
        }
        for code in ["", "1", "11", "19", "787", "1555", "2067", "HY000"] {
            assert!(!is_sqlite_contention(code), "{code}");
        }
        for sqlstate in ["40001", "40P01", "55P03"] {
            assert!(is_postgres_contention(sqlstate), "{sqlstate}");
        }
        for sqlstate in ["", "23505", "23503", "23514", "57014", "25P02"] {
            assert!(!is_postgres_contention(sqlstate), "{sqlstate}");
        }
        assert!(is_contention(&DbErr::ConnectionAcquire(
            ConnAcquireErr::Timeout
        )));
        assert!(!is_contention(&DbErr::ConnectionAcquire(
            ConnAcquireErr::ConnectionClosed
        )));
    }
}
