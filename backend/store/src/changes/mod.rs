//! Telling of changes (変更の知らせ), behind [`usecases::ports::changes`].
//!
//! On SQLite everybody who could hear is in this process. On PostgreSQL one process tells the others
//! by `NOTIFY`, and hears by one connection that listens ([`listen`]).
//!
//! `NOTIFY` comes right *after* the commit, in a transaction of its own: within a transaction it
//! takes a lock on the whole database until the commit is on the disk, so that commits no longer
//! share a write (20 clients on one disk, fsync on: 3,200 bookings a second without it, 830 with it,
//! 2,500 with it beside them). Changes that come while one is being told are told together. A
//! process that dies in between has told nobody; that is one of the reasons for telling everybody to
//! look again every [`LOOK_AGAIN`].

mod listen;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use async_trait::async_trait;
use domain::ids::MunicipalityId;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbErr, Statement};
use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use usecases::ports::changes::{Change, Hearing};

use crate::failure::is_contention;

/// The channel of `NOTIFY`; the payload is the municipality's id.
const CHANNEL: &str = "yoriai_changes";

/// How often everybody is told to look again whatever happened: another process may have died
/// between its commit and the telling, or write to the same SQLite file.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// How many news somebody slow may have before them.
const BACKLOG: usize = 256;

/// Where changes are told and heard. One for each [`crate::Database`].
pub(crate) struct Hub {
    wire: Wire,
    state: Mutex<State>,
}

/// How others are reached.
enum Wire {
    /// They are all here.
    Here,
    Postgres {
        url: String,
        pool: DatabaseConnection,
    },
}

struct State {
    /// To those who listen here; nothing once it is closed.
    told: Option<broadcast::Sender<Change>>,
    /// Whether every change from now on reaches us.
    complete: bool,
    /// Runs from the first listener on.
    ears: Option<JoinHandle<()>>,
    /// Where there is something that the others do not know yet.
    untold: BTreeSet<MunicipalityId>,
    /// Somebody is telling it.
    telling: bool,
}

impl Hub {
    /// For SQLite.
    pub(crate) fn in_this_process() -> Arc<Self> {
        Self::new(Wire::Here, true)
    }

    /// For PostgreSQL: tells by `pool`, and listens by a connection of its own.
    pub(crate) fn over_postgres(url: &str, pool: DatabaseConnection) -> Arc<Self> {
        let url = url.to_owned();
        Self::new(Wire::Postgres { url, pool }, false)
    }

    fn new(wire: Wire, complete: bool) -> Arc<Self> {
        let state = State {
            told: Some(broadcast::Sender::new(BACKLOG)),
            complete,
            ears: None,
            untold: BTreeSet::new(),
            telling: false,
        };
        Arc::new(Self {
            wire,
            state: Mutex::new(state),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more listener.
    pub(crate) fn hear(self: &Arc<Self>) -> Box<dyn Hearing> {
        let mut state = self.state();
        let told = state.told.as_ref().map(broadcast::Sender::subscribe);
        if told.is_some() && state.ears.is_none() {
            state.ears = Some(self.listen());
        }
        let look_first = told.is_some() && state.complete;
        Box::new(Ear { look_first, told })
    }

    fn listen(self: &Arc<Self>) -> JoinHandle<()> {
        let hub = Arc::downgrade(self);
        match &self.wire {
            Wire::Here => tokio::spawn(look_again(hub)),
            Wire::Postgres { url, .. } => tokio::spawn(listen::listen(hub, url.clone())),
        }
    }

    /// Something of this municipality changed, and is committed.
    pub(crate) fn changed(self: &Arc<Self>, municipality: MunicipalityId) {
        match &self.wire {
            Wire::Here => self.tell(Change::In(municipality)),
            Wire::Postgres { pool, .. } => {
                let mut state = self.state();
                state.untold.insert(municipality);
                if !state.telling && state.told.is_some() {
                    state.telling = true;
                    tokio::spawn(notify_all(Arc::clone(self), pool.clone()));
                }
            }
        }
    }

    /// To everybody who listens here.
    fn tell(&self, change: Change) {
        if let Some(told) = &self.state().told {
            // Nobody may be listening.
            let _heard_by = told.send(change);
        }
    }

    /// From now on nothing is missed, or from now on something may be.
    fn set_complete(&self, complete: bool) {
        let mut state = self.state();
        state.complete = complete;
        if let Some(told) = state.told.as_ref().filter(|_| complete) {
            let _heard_by = told.send(Change::LookAgain);
        }
    }

    /// What is to be told; nothing ends the telling.
    fn untold(&self) -> BTreeSet<MunicipalityId> {
        let mut state = self.state();
        let untold = std::mem::take(&mut state.untold);
        state.telling = !untold.is_empty();
        untold
    }

    /// Ends all listening.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.told = None;
        if let Some(ears) = state.ears.take() {
            ears.abort();
        }
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.close();
    }
}

async fn look_again(hub: Weak<Hub>) {
    let mut every = tokio::time::interval(LOOK_AGAIN);
    // The first tick is now.
    every.tick().await;
    loop {
        every.tick().await;
        let Some(hub) = hub.upgrade() else { return };
        hub.tell(Change::LookAgain);
    }
}

/// Tells other processes, and this one, until there is nothing more to tell.
async fn notify_all(hub: Arc<Hub>, pool: DatabaseConnection) {
    loop {
        let untold = hub.untold();
        if untold.is_empty() {
            return;
        }
        for municipality in untold {
            match notify(&pool, municipality).await {
                Ok(()) => {}
                // Every connection is busy: so many changes can wait for the next round.
                Err(error) if is_contention(&error) => {
                    hub.state().untold.insert(municipality);
                }
                // Whoever listens has lost the database too, and will look again.
                Err(error) => tracing::warn!(%error, "changes.untold"),
            }
        }
    }
}

async fn notify(pool: &DatabaseConnection, municipality: MunicipalityId) -> Result<(), DbErr> {
    let tell = Statement::from_sql_and_values(
        pool.get_database_backend(),
        "SELECT pg_notify($1, $2)",
        [CHANNEL.into(), municipality.to_string().into()],
    );
    pool.execute_raw(tell).await.map(|_result| ())
}

/// One who listens here.
struct Ear {
    /// Nothing is missed from the beginning: there is nothing to wait for.
    look_first: bool,
    told: Option<broadcast::Receiver<Change>>,
}

#[async_trait]
impl Hearing for Ear {
    async fn next(&mut self) -> Option<Change> {
        if std::mem::take(&mut self.look_first) {
            return Some(Change::LookAgain);
        }
        match self.told.as_mut()?.recv().await {
            Ok(change) => Some(change),
            Err(broadcast::error::RecvError::Lagged(_missed)) => Some(Change::LookAgain),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}
