//! Listening to PostgreSQL, again after every failure.

use std::sync::Weak;
use std::time::Duration;

use domain::ids::MunicipalityId;
use sea_orm::sqlx;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgListener, PgNotification, PgPoolOptions};
use tokio::time::{interval, sleep, timeout};
use usecases::ports::changes::Change;

use super::{CHANNEL, Hub, LOOK_AGAIN};

/// How long to wait before connecting again: at first, and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// How long a connection may take to answer before it counts as lost.
const PATIENCE: Duration = Duration::from_secs(5);

/// Listens until the hub is gone. While there is no connection nobody is told anything; with the
/// next one everybody is told to look again.
pub(super) async fn listen(hub: Weak<Hub>, url: String) {
    let (first, longest) = PAUSES;
    let mut pause = first;
    loop {
        match connect(&url).await {
            Ok(mut listener) => {
                pause = first;
                let lost = follow(&hub, &mut listener).await;
                tracing::warn!(
                    error = lost.as_ref().map(tracing::field::display),
                    "changes.lost"
                );
            }
            Err(error) => tracing::warn!(%error, "changes.unreachable"),
        }
        match hub.upgrade() {
            Some(hub) => hub.set_complete(false),
            None => return,
        }
        sleep(pause).await;
        pause = pause.saturating_mul(2).min(longest);
    }
}

/// A connection of its own: it waits for ever and must not be missing elsewhere.
async fn connect(url: &str) -> Result<PgListener, sqlx::Error> {
    let options: PgConnectOptions = url.parse()?;
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.application_name("yoriai listen"))
        .await?;
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.ignore_pool_close_event(true);
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Hands on what is heard until the connection is lost, and says by what if anybody knows.
async fn follow(hub: &Weak<Hub>, listener: &mut PgListener) -> Option<sqlx::Error> {
    hub.upgrade()?.set_complete(true);
    let mut every = interval(LOOK_AGAIN);
    // The first tick is now.
    every.tick().await;
    loop {
        tokio::select! {
            heard = listener.try_recv() => match heard {
                Ok(Some(notification)) => hub.upgrade()?.tell(change(&notification)),
                Ok(None) => return None,
                Err(error) => return Some(error),
            },
            _tick = every.tick() => {
                // A server that went away without a word is noticed only by asking.
                if let Err(error) = ask(listener).await {
                    return Some(error);
                }
                hub.upgrade()?.tell(Change::LookAgain);
            }
        }
    }
}

async fn ask(listener: &mut PgListener) -> Result<(), sqlx::Error> {
    let asked = sqlx::raw_sql("SELECT 1").execute(listener);
    match timeout(PATIENCE, asked).await {
        Ok(answer) => answer.map(|_result| ()),
        Err(_late) => Err(sqlx::Error::PoolTimedOut),
    }
}

fn change(notification: &PgNotification) -> Change {
    let municipality: Result<MunicipalityId, _> = notification.payload().parse();
    // Whoever else speaks here, something may have changed.
    municipality.map_or(Change::LookAgain, Change::In)
}
