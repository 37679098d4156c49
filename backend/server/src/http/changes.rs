//! Telling open pages that something changed (画面の自動更新): a stream of events that says nothing
//! but "look again". Which town, who and what is never in it: the page asks for itself again and is
//! authorised like anybody who opens it.
//!
//! A stream does not keep its session awake, and ends with it, with the last role, and when the
//! server stops. A browser that lost one comes back by itself; the first thing that it hears is to
//! look again, so nothing has to be remembered for it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use contract::{Call, Failure, Manage as _, Refusal};
use futures_util::{FutureExt as _, stream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Interval, interval, sleep};
use usecases::ports::changes::{Change, Hearing};

use super::session::Caller;
use super::{AppState, refused};

/// How many streams a process keeps open: each costs some kilobytes and a connection.
const MOST: usize = 1_000;

/// How long news are gathered before they are told as one: bookings come in hundreds a second, and a
/// board is for people.
const GATHER: Duration = Duration::from_millis(100);

/// How often a line is sent that says nothing, so that proxies keep the connection.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How often it is asked whether the reader may still listen.
const ASK_AGAIN: Duration = Duration::from_secs(15);

/// How soon a browser comes back after the connection was lost.
const COME_BACK: Duration = Duration::from_secs(1);

/// The streams of this process (開いている更新): how many there may be, and the word to end them.
pub(crate) struct Streams {
    places: Arc<Semaphore>,
    over: watch::Sender<bool>,
}

impl Default for Streams {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(MOST)),
            over: watch::Sender::new(false),
        }
    }
}

impl Streams {
    /// Ends all of them, and any that comes later.
    pub(crate) fn end(&self) {
        self.over.send_replace(true);
    }
}

/// `GET /manage/changes`.
pub(super) async fn follow(State(state): State<AppState>, caller: Caller) -> Response {
    if let Err(failure) = state.desk.may_follow(&caller.call).await {
        return refused::plain(&caller.call, &failure);
    }
    let Some(secret) = caller.session_secret.clone() else {
        let refusal = Failure::Refused(Refusal::StaffSignInRequired);
        return refused::plain(&caller.call, &refusal);
    };
    let Ok(place) = Arc::clone(&state.streams.places).try_acquire_owned() else {
        return refused::plain(&caller.call, &Failure::Refused(Refusal::Busy));
    };
    let listener = Listener {
        hearing: state.changes.hear(),
        over: state.streams.over.subscribe(),
        every: interval(ASK_AGAIN),
        asked_at: caller.call.now(),
        call: caller.call,
        secret,
        state,
        _place: place,
    };
    let events = stream::unfold(listener, |mut listener| async {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let alive = KeepAlive::new().interval(KEEP_ALIVE);
    let mut response = Sse::new(events).keep_alive(alive).into_response();
    // Proxies that gather answers would gather for ever.
    let name = HeaderName::from_static("x-accel-buffering");
    response
        .headers_mut()
        .insert(name, HeaderValue::from_static("no"));
    response
}

fn concerns(call: &Call, change: Change) -> bool {
    match change {
        Change::In(town) => town == call.municipality(),
        Change::LookAgain => true,
    }
}

/// Waits for the word to end.
async fn over(word: &mut watch::Receiver<bool>) {
    // A sender that is gone has nothing more to say.
    let _over = word.wait_for(|over| *over).await;
}

/// One open page.
struct Listener {
    hearing: Box<dyn Hearing>,
    over: watch::Receiver<bool>,
    every: Interval,
    /// When it was last asked whether they may.
    asked_at: DateTime<Utc>,
    call: Call,
    secret: String,
    state: AppState,
    _place: OwnedSemaphorePermit,
}

impl Listener {
    /// The next event; `None` ends the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let news = tokio::select! {
                biased;
                () = over(&mut self.over) => return None,
                heard = self.hearing.next() => concerns(&self.call, heard?),
                _tick = self.every.tick() => false,
            };
            if self.is_to_be_asked() && !self.may_still().await {
                return None;
            }
            if !news {
                continue;
            }
            tokio::select! {
                biased;
                () = over(&mut self.over) => return None,
                () = sleep(GATHER) => {}
            }
            while let Some(heard) = self.hearing.next().now_or_never() {
                heard?;
            }
            // An event without data is none to a browser.
            return Some(Event::default().retry(COME_BACK).data("changed"));
        }
    }

    fn is_to_be_asked(&self) -> bool {
        let since = self.state.clock.now() - self.asked_at;
        since.to_std().is_ok_and(|since| since >= ASK_AGAIN)
    }

    /// Whether session and role are still there. Looking does not keep the session awake.
    async fn may_still(&mut self) -> bool {
        let (town, now) = (self.call.municipality(), self.state.clock.now());
        self.asked_at = now;
        let proof = self.state.staff_door.glance(town, &self.secret, now).await;
        let Ok(Some(proof)) = proof else { return false };
        let call = Call::staff(proof, self.call.request_id(), now);
        self.state.desk.may_follow(&call).await.is_ok()
    }
}
