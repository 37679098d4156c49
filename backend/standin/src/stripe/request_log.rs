//! What was asked of the pretend Stripe, for assertions.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::{Map, Value};

use super::faults::Mischief;

/// Older requests are forgotten beyond this many.
const KEPT: usize = 10_000;

/// One request as it arrived and as it was answered.
#[derive(Debug, Clone, Serialize)]
pub struct Logged {
    /// Unix seconds of the stand-in's clock.
    pub at: i64,
    /// `req_…`
    pub request_id: String,
    /// HTTP method.
    pub method: String,
    /// Path without query.
    pub path: String,
    /// `checkout.session.create`, …; none when the address is unknown.
    pub operation: Option<&'static str>,
    /// The idempotency key.
    pub idempotency_key: Option<String>,
    /// Decoded parameters.
    pub params: Map<String, Value>,
    /// The status that left; none while it runs and when the connection was cut.
    pub status: Option<u16>,
    /// Whether a saved answer was replayed.
    pub replayed: bool,
    /// The fault that struck it.
    pub fault: Option<Mischief>,
}

/// The last requests, oldest first.
#[derive(Debug, Default)]
pub struct RequestLog(VecDeque<Logged>);

impl RequestLog {
    /// Adds one on arrival.
    pub fn push(&mut self, logged: Logged) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(logged);
    }

    /// Notes how a request ended. A request that hangs stands in the log from its arrival.
    pub fn close(&mut self, request_id: &str, end: impl FnOnce(&mut Logged)) {
        if let Some(logged) = self.0.iter_mut().rev().find(|l| l.request_id == request_id) {
            end(logged);
        }
    }

    /// All that are kept, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Logged> {
        self.0.iter()
    }
}
