//! Webhooks: signatures, the queue of deliveries and its misbehaviour.
//!
//! Signature scheme: `Stripe-Signature: t=<unix>,v1=<hex HMAC-SHA256 of "t.body">`, one `v1` for
//! each active secret (<https://docs.stripe.com/webhooks#verify-manually>). Delivery is at least
//! once and in no promised order.

use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use url::Url;

use super::ids::new_id;

/// Stripe retries for three days; the stand-in gives up after this many attempts.
const MAX_ATTEMPTS: u32 = 500;
const FIRST_RETRY: Duration = Duration::from_millis(200);
const LONGEST_RETRY: Duration = Duration::from_secs(5);

/// Where events are posted to.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// `http://…`; the stand-in speaks no TLS.
    pub url: Url,
    /// `whsec_…`; every one of them signs.
    pub secrets: Vec<String>,
}

/// What becomes of new events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Mode {
    /// Delivered at once, retried until received.
    #[default]
    Deliver,
    /// Never delivered; only `GET /v1/events` knows them.
    Lose,
    /// Kept back until released.
    Hold,
    /// Delivered several times, at the same moment.
    Duplicate {
        /// How many copies.
        copies: u32,
    },
    /// Kept back until this many are waiting, then delivered newest first.
    Reorder {
        /// How many events make a batch.
        batch: usize,
    },
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for its moment.
    Waiting,
    /// On its way now.
    Sending,
    /// Kept back.
    Held,
    /// Answered with 2xx.
    Delivered,
    /// Lost on purpose.
    Lost,
    /// Given up after too many attempts.
    GivenUp,
}

/// One event on its way to one endpoint.
#[derive(Debug, Clone, Serialize)]
pub struct Delivery {
    /// `whd_…`
    pub id: String,
    /// `evt_…`
    pub event: String,
    /// Where it stands.
    pub state: State,
    /// Attempts so far.
    pub attempts: u32,
    /// The receiver's last status; none when it could not be reached.
    pub last_status: Option<u16>,
    /// Signs with a time this far off, in seconds.
    pub skew_seconds: i64,
    /// Signs with this secret instead of the endpoint's.
    pub forged_secret: Option<String>,
    #[serde(skip)]
    due: Option<Instant>,
}

/// The endpoint and its queue.
#[derive(Debug, Default)]
pub struct Webhooks {
    /// Where to; none means that events are only recorded.
    pub endpoint: Option<Endpoint>,
    /// What becomes of new events.
    pub mode: Mode,
    deliveries: Vec<Delivery>,
}

impl Webhooks {
    /// Puts a new event into the queue as the mode says.
    pub fn enqueue(&mut self, event: &str) {
        if self.endpoint.is_none() {
            return;
        }
        match self.mode {
            Mode::Deliver => self.push(event, State::Waiting),
            Mode::Lose => self.push(event, State::Lost),
            Mode::Hold => self.push(event, State::Held),
            Mode::Duplicate { copies } => {
                for _ in 0..copies {
                    self.push(event, State::Waiting);
                }
            }
            Mode::Reorder { batch } => {
                self.push(event, State::Held);
                let held = self
                    .deliveries
                    .iter()
                    .filter(|d| d.state == State::Held)
                    .count();
                if held >= batch {
                    self.release(Order::Reversed);
                }
            }
        }
    }

    fn push(&mut self, event: &str, state: State) {
        self.deliveries.push(Delivery {
            id: new_id("whd_", 16),
            event: event.to_owned(),
            state,
            attempts: 0,
            last_status: None,
            skew_seconds: 0,
            forged_secret: None,
            due: None,
        });
    }

    /// Sends an event again, whatever became of it before, with a signature as asked.
    pub fn resend(&mut self, event: &str, copies: u32, skew: i64, forged: Option<&str>) {
        for _ in 0..copies {
            self.push(event, State::Waiting);
            if let Some(delivery) = self.deliveries.last_mut() {
                delivery.skew_seconds = skew;
                delivery.forged_secret = forged.map(str::to_owned);
            }
        }
    }

    /// Lets go what was held; lost events stay lost. Returns how many.
    pub fn release(&mut self, order: Order) -> usize {
        let (mut held, mut rest): (Vec<_>, Vec<_>) = self
            .deliveries
            .drain(..)
            .partition(|d| d.state == State::Held);
        if order == Order::Reversed {
            held.reverse();
        }
        let count = held.len();
        for delivery in &mut held {
            delivery.state = State::Waiting;
        }
        rest.append(&mut held);
        self.deliveries = rest;
        count
    }

    /// Takes what is due now; copies of one event stand next to each other.
    pub fn take_due(&mut self, now: Instant) -> Vec<Delivery> {
        let mut due = Vec::new();
        for delivery in &mut self.deliveries {
            if delivery.state == State::Waiting && delivery.due.is_none_or(|at| at <= now) {
                delivery.state = State::Sending;
                due.push(delivery.clone());
            }
        }
        due
    }

    /// Notes the receiver's answer and plans the next attempt.
    pub fn settle(&mut self, id: &str, status: Option<u16>, now: Instant) {
        let Some(delivery) = self.deliveries.iter_mut().find(|d| d.id == id) else {
            return;
        };
        delivery.attempts += 1;
        delivery.last_status = status;
        if status.is_some_and(|status| (200..300).contains(&status)) {
            delivery.state = State::Delivered;
        } else if delivery.attempts >= MAX_ATTEMPTS || delivery.forged_secret.is_some() {
            delivery.state = State::GivenUp;
        } else {
            let wait = FIRST_RETRY.saturating_mul(2_u32.saturating_pow(delivery.attempts - 1));
            delivery.state = State::Waiting;
            delivery.due = Some(now + wait.min(LONGEST_RETRY));
        }
    }

    /// All deliveries so far.
    #[must_use]
    pub fn deliveries(&self) -> &[Delivery] {
        &self.deliveries
    }

    /// Whether nothing is waiting or on its way.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        !self
            .deliveries
            .iter()
            .any(|d| matches!(d.state, State::Waiting | State::Sending))
    }
}

/// In which order held events are let go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Oldest first.
    #[default]
    AsCreated,
    /// Newest first.
    Reversed,
}

/// The `Stripe-Signature` header for a body.
#[must_use]
pub fn signature(secrets: &[String], timestamp: i64, body: &str) -> String {
    let mut header = format!("t={timestamp}");
    for secret in secrets {
        header.push_str(",v1=");
        header.push_str(&mac_hex(secret, timestamp, body));
    }
    header
}

fn mac_hex(secret: &str, timestamp: i64, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new(); // HMAC takes keys of every length
    };
    mac.update(format!("{timestamp}.{body}").as_bytes());
    mac.finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
