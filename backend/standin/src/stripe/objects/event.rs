//! Event (出来事の知らせ): what webhooks carry and `GET /v1/events` lists.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Stored;
use crate::stripe::API_VERSION;

/// A stored Event. `data.object` is the object as it was then, and stays so.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Event {
    /// `evt_…`
    pub id: String,
    /// Unix seconds.
    pub created: i64,
    /// `checkout.session.completed`, …
    pub kind: String,
    /// The object at that moment.
    pub object: Value,
    /// Its changed fields before, for `*.updated`.
    pub previous: Option<Value>,
    /// The request that caused it; none when the payer or time did.
    pub request: Option<String>,
    /// That request's idempotency key.
    pub key: Option<String>,
}

impl Stored for Event {
    const KIND: &'static str = "event";
    const URL: &'static str = "/v1/events";

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn to_json(&self) -> Value {
        let mut data = serde_json::Map::new();
        data.insert("object".into(), self.object.clone());
        if let Some(previous) = &self.previous {
            data.insert("previous_attributes".into(), previous.clone());
        }
        json!({
            "id": self.id,
            "object": "event",
            "api_version": API_VERSION,
            "created": self.created,
            "data": data,
            "livemode": self.object.get("livemode").and_then(Value::as_bool).unwrap_or(false),
            "pending_webhooks": 1,
            "request": { "id": self.request, "idempotency_key": self.key },
            "type": self.kind,
        })
    }
}
