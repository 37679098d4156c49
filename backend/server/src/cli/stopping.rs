//! Stopping (停止): SIGTERM and Ctrl-C become one word that everybody hears.

use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::CliFault;

/// After this what is still open is cut: longer than any request may take, shorter than the 90
/// seconds after which systemd kills.
pub(super) const DEADLINE: Duration = Duration::from_secs(40);

/// Turns true at the first signal.
pub(super) fn on_signal() -> Result<watch::Receiver<bool>, CliFault> {
    let mut terminate = signal(SignalKind::terminate()).map_err(CliFault::Start)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(CliFault::Start)?;
    let (say, hear) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("process.stopping");
        // Nobody listening means that everybody has stopped already.
        let _heard = say.send(true);
    });
    Ok(hear)
}

/// Waits until it is time to stop.
pub(super) async fn stopped(mut stop: watch::Receiver<bool>) {
    // A sender that is gone has nothing more to say than stop.
    let _stopped = stop.wait_for(|stop| *stop).await;
}

/// Waits for `work`, but no longer than `deadline` after the word to stop. `None` when it was cut.
pub(super) async fn in_time<T>(
    work: impl Future<Output = T>,
    stop: watch::Receiver<bool>,
    deadline: Duration,
) -> Option<T> {
    let too_late = async {
        stopped(stop).await;
        tokio::time::sleep(deadline).await;
    };
    tokio::select! {
        done = work => Some(done),
        () = too_late => {
            tracing::warn!("process.cut_short");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_does_not_end_by_itself_is_cut_at_the_deadline() {
        let (say, hear) = watch::channel(false);
        say.send(true).unwrap();
        let endless = std::future::pending::<()>();
        assert_eq!(in_time(endless, hear, Duration::ZERO).await, None);
    }

    #[tokio::test]
    async fn what_ends_in_time_is_waited_for() {
        let (say, hear) = watch::channel(false);
        say.send(true).unwrap();
        let work = tokio::task::yield_now();
        assert_eq!(in_time(work, hear, DEADLINE).await, Some(()));
    }

    #[tokio::test]
    async fn before_the_word_to_stop_there_is_no_deadline() {
        let (say, hear) = watch::channel(false);
        let work = async {
            for _turn in 0..10 {
                tokio::task::yield_now().await;
            }
        };
        assert_eq!(in_time(work, hear, Duration::ZERO).await, Some(()));
        drop(say);
    }
}
