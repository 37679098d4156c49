//! `GET /v1/balance`.

use serde_json::{Value, json};

use crate::stripe::world::World;

/// Everything is available at once; payouts do not happen here.
pub fn retrieve(world: &World) -> Value {
    let total = world.balance();
    json!({
        "object": "balance",
        "available": [
            { "amount": total, "currency": "jpy", "source_types": { "card": total } }
        ],
        "livemode": false,
        "pending": [{ "amount": 0, "currency": "jpy", "source_types": { "card": 0 } }],
    })
}
