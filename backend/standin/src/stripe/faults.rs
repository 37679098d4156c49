//! Fault switches: what goes wrong next, once or until it is cleared.

use serde::{Deserialize, Serialize};

use super::api::Operation;

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Mischief {
    /// 500 `api_error`; kept under the idempotency key, so a retry sees it again.
    #[serde(rename = "error_500")]
    Error500,
    /// The connection is cut without a byte of an answer.
    DropConnection,
    /// The answer does not come for this many seconds, or until the faults are released.
    Hang {
        /// Real seconds.
        #[serde(default = "long")]
        seconds: u64,
    },
    /// A proxy's 502 with an HTML body.
    #[serde(rename = "html_502")]
    Html502,
    /// 200 with the first half of the JSON.
    TruncatedJson,
    /// 200 without one of the object's fields.
    MissingField {
        /// Which field of the top level.
        field: String,
    },
    /// 429 with `Retry-After`; nothing is executed.
    RateLimited {
        /// Seconds.
        #[serde(default = "one")]
        retry_after: u64,
    },
    /// 503 `api_error`; nothing is executed, nothing is kept.
    Unavailable,
    /// 402 `card_error`, as where a card is charged by the call itself; nothing is executed.
    CardDeclined,
    /// 400 `invalid_request_error`; nothing is executed, nothing is kept.
    BadRequest,
}

fn long() -> u64 {
    600
}

fn one() -> u64 {
    1
}

fn yes() -> bool {
    true
}

fn once() -> Option<u32> {
    Some(1)
}

/// A switched-on fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Which operation it strikes.
    pub on: Operation,
    /// What goes wrong.
    #[serde(flatten)]
    pub mischief: Mischief,
    /// How many times; `null` until cleared. Once unless said.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// Whether the operation is executed before things go wrong. True unless said: the worst case
    /// of an unknown outcome is that it happened.
    #[serde(default = "yes")]
    pub after_commit: bool,
}

impl Fault {
    /// A fault that strikes once, after the operation was executed.
    #[must_use]
    pub fn once(on: Operation, mischief: Mischief) -> Self {
        Self {
            on,
            mischief,
            times: Some(1),
            after_commit: true,
        }
    }

    /// The same, but the operation is not executed.
    #[must_use]
    pub fn before_commit(self) -> Self {
        Self {
            after_commit: false,
            ..self
        }
    }

    /// The same, until cleared.
    #[must_use]
    pub fn standing(self) -> Self {
        Self {
            times: None,
            ..self
        }
    }
}

/// The switched-on faults, in the order they were set.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Switches one on.
    pub fn set(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Switches all off.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Those that are on.
    #[must_use]
    pub fn list(&self) -> &[Fault] {
        &self.0
    }

    /// The fault that strikes this operation now, if any; counts one-shot faults down. A replay
    /// passes over [`Mischief::Error500`]: its saved answer stays what it was.
    pub fn strike(&mut self, operation: Operation, replay: bool) -> Option<Fault> {
        let place = self.0.iter().position(|fault| {
            fault.on == operation && !(replay && fault.mischief == Mischief::Error500)
        })?;
        let fault = self.0.get_mut(place)?;
        let struck = fault.clone();
        if let Some(times) = &mut fault.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.0.remove(place);
            }
        }
        Some(struck)
    }
}
