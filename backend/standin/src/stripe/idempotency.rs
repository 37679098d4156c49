//! Idempotency keys: the first answer is kept and replayed, saved 500s included.
//!
//! Rules: <https://docs.stripe.com/api/idempotent_requests>. Keys belong to the API key that sent
//! them, are compared with their parameters, and are forgotten 24 hours later.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Keys are pruned after this many seconds.
const LIFETIME: i64 = 86_400;

/// An answer that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The JSON body, byte for byte.
    pub body: String,
    /// `req_…` of the request that was really executed.
    pub request: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Entry {
    fingerprint: String,
    answer: Option<Answer>,
    #[serde(skip)]
    busy: bool,
    at: i64,
}

/// All keys of the account.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Keys(IndexMap<String, Entry>);

/// What a key means for a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// Never seen: go on.
    Fresh,
    /// Seen with the same parameters: answer again.
    Replay(Answer),
    /// Seen with other parameters.
    Different,
    /// Seen, and still running.
    Busy,
}

impl Keys {
    /// Looks a key up. `scope` is the API key and the idempotency key together.
    pub fn look_up(&mut self, scope: &str, fingerprint: &str, now: i64) -> Lookup {
        self.0
            .retain(|_, entry| entry.busy || entry.at + LIFETIME > now);
        match self.0.get(scope) {
            None => Lookup::Fresh,
            Some(entry) if entry.fingerprint != fingerprint => Lookup::Different,
            Some(entry) if entry.busy => Lookup::Busy,
            Some(entry) => entry.answer.clone().map_or(Lookup::Fresh, Lookup::Replay),
        }
    }

    /// Marks a key as in use by a running request.
    pub fn occupy(&mut self, scope: &str, fingerprint: &str, now: i64) {
        let entry = self.0.entry(scope.to_owned()).or_insert_with(|| Entry {
            fingerprint: fingerprint.to_owned(),
            answer: None,
            busy: true,
            at: now,
        });
        entry.busy = true;
    }

    /// Keeps an answer.
    pub fn save(&mut self, scope: &str, fingerprint: &str, answer: Answer, now: i64) {
        let busy = self.0.get(scope).is_some_and(|entry| entry.busy);
        self.0.insert(
            scope.to_owned(),
            Entry {
                fingerprint: fingerprint.to_owned(),
                answer: Some(answer),
                busy,
                at: now,
            },
        );
    }

    /// The running request ended; a key without an answer is forgotten.
    pub fn release(&mut self, scope: &str) {
        if let Some(entry) = self.0.get_mut(scope) {
            entry.busy = false;
            if entry.answer.is_none() {
                self.0.shift_remove(scope);
            }
        }
    }
}
