//! The API under `/v1`: which address is which operation, and what each does.

mod balance;
mod expand;
pub mod gate;
mod list;
mod outgoing;
mod refunds;
mod sessions;
mod steps;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::error::ApiError;
use super::objects::Stored;
use super::objects::charge::Charge;
use super::objects::event::Event;
use super::objects::intent::Intent;
use super::objects::refund::Refund;
use super::objects::session::Session;
use super::objects::transaction::Transaction;
use super::params::Reader;
use super::world::{Cause, World};

/// What can be asked, by the names that the fault switches and the request log use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operation {
    /// `POST /v1/checkout/sessions`
    #[serde(rename = "checkout.session.create")]
    SessionCreate,
    /// `GET /v1/checkout/sessions/{id}`
    #[serde(rename = "checkout.session.retrieve")]
    SessionRetrieve,
    /// `POST /v1/checkout/sessions/{id}/expire`
    #[serde(rename = "checkout.session.expire")]
    SessionExpire,
    /// `GET /v1/checkout/sessions`
    #[serde(rename = "checkout.session.list")]
    SessionList,
    /// `GET /v1/checkout/sessions/{id}/line_items`
    #[serde(rename = "checkout.session.line_items")]
    SessionLineItems,
    /// `POST /v1/payment_intents`
    #[serde(rename = "payment_intent.create")]
    IntentCreate,
    /// `GET /v1/payment_intents/{id}`
    #[serde(rename = "payment_intent.retrieve")]
    IntentRetrieve,
    /// `GET /v1/payment_intents`
    #[serde(rename = "payment_intent.list")]
    IntentList,
    /// `GET /v1/charges/{id}`
    #[serde(rename = "charge.retrieve")]
    ChargeRetrieve,
    /// `GET /v1/charges`
    #[serde(rename = "charge.list")]
    ChargeList,
    /// `POST /v1/refunds`
    #[serde(rename = "refund.create")]
    RefundCreate,
    /// `GET /v1/refunds/{id}`
    #[serde(rename = "refund.retrieve")]
    RefundRetrieve,
    /// `GET /v1/refunds`
    #[serde(rename = "refund.list")]
    RefundList,
    /// `GET /v1/events/{id}`
    #[serde(rename = "event.retrieve")]
    EventRetrieve,
    /// `GET /v1/events`
    #[serde(rename = "event.list")]
    EventList,
    /// `GET /v1/balance`
    #[serde(rename = "balance.retrieve")]
    BalanceRetrieve,
    /// `GET /v1/balance_transactions/{id}`
    #[serde(rename = "balance_transaction.retrieve")]
    TransactionRetrieve,
    /// `GET /v1/balance_transactions`
    #[serde(rename = "balance_transaction.list")]
    TransactionList,
}

impl Operation {
    /// Finds the operation behind an address, and the id in it.
    #[must_use]
    pub fn find(method: &str, path: &str) -> Option<(Self, String)> {
        let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        let (operation, id) = match (method, parts.as_slice()) {
            ("POST", ["checkout", "sessions"]) => (Self::SessionCreate, ""),
            ("GET", ["checkout", "sessions"]) => (Self::SessionList, ""),
            ("GET", ["checkout", "sessions", id]) => (Self::SessionRetrieve, *id),
            ("POST", ["checkout", "sessions", id, "expire"]) => (Self::SessionExpire, *id),
            ("GET", ["checkout", "sessions", id, "line_items"]) => (Self::SessionLineItems, *id),
            ("POST", ["payment_intents"]) => (Self::IntentCreate, ""),
            ("GET", ["payment_intents"]) => (Self::IntentList, ""),
            ("GET", ["payment_intents", id]) => (Self::IntentRetrieve, *id),
            ("GET", ["charges"]) => (Self::ChargeList, ""),
            ("GET", ["charges", id]) => (Self::ChargeRetrieve, *id),
            ("POST", ["refunds"]) => (Self::RefundCreate, ""),
            ("GET", ["refunds"]) => (Self::RefundList, ""),
            ("GET", ["refunds", id]) => (Self::RefundRetrieve, *id),
            ("GET", ["events"]) => (Self::EventList, ""),
            ("GET", ["events", id]) => (Self::EventRetrieve, *id),
            ("GET", ["balance"]) => (Self::BalanceRetrieve, ""),
            ("GET", ["balance_transactions"]) => (Self::TransactionList, ""),
            ("GET", ["balance_transactions", id]) => (Self::TransactionRetrieve, *id),
            _ => return None,
        };
        Some((operation, id.to_owned()))
    }

    /// The name used by the fault switches and the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SessionCreate => "checkout.session.create",
            Self::SessionRetrieve => "checkout.session.retrieve",
            Self::SessionExpire => "checkout.session.expire",
            Self::SessionList => "checkout.session.list",
            Self::SessionLineItems => "checkout.session.line_items",
            Self::IntentCreate => "payment_intent.create",
            Self::IntentRetrieve => "payment_intent.retrieve",
            Self::IntentList => "payment_intent.list",
            Self::ChargeRetrieve => "charge.retrieve",
            Self::ChargeList => "charge.list",
            Self::RefundCreate => "refund.create",
            Self::RefundRetrieve => "refund.retrieve",
            Self::RefundList => "refund.list",
            Self::EventRetrieve => "event.retrieve",
            Self::EventList => "event.list",
            Self::BalanceRetrieve => "balance.retrieve",
            Self::TransactionRetrieve => "balance_transaction.retrieve",
            Self::TransactionList => "balance_transaction.list",
        }
    }
}

/// One understood request.
#[derive(Debug, Clone)]
pub struct Call {
    /// What is asked.
    pub operation: Operation,
    /// The id in the address, or empty.
    pub id: String,
    /// Query or form parameters.
    pub params: Map<String, Value>,
    /// Who asks.
    pub cause: Cause,
}

/// Executes one call.
///
/// # Errors
/// Stripe's refusals.
pub fn execute(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let mut params = Reader::new(&call.params);
    let expand = params.texts("expand").unwrap_or_default();
    let id = call.id.as_str();
    let mut answer = match call.operation {
        Operation::SessionCreate => sessions::create(world, params)?,
        Operation::SessionRetrieve => {
            retrieve::<Session>(world, world.sessions.get(id), id, "session", params)?
        }
        Operation::SessionExpire => sessions::expire(world, id, params, &call.cause)?,
        Operation::SessionList => sessions::list(world, params)?,
        Operation::SessionLineItems => sessions::line_items(world, id, params)?,
        Operation::IntentCreate => return Err(intent_create(params)),
        Operation::IntentRetrieve => {
            retrieve::<Intent>(world, world.intents.get(id), id, "intent", params)?
        }
        Operation::IntentList => list::page(world, world.intents.values(), params)?,
        Operation::ChargeRetrieve => {
            retrieve::<Charge>(world, world.charges.get(id), id, "charge", params)?
        }
        Operation::ChargeList => {
            let intent = params.text("payment_intent", 200)?;
            let charges = world.charges.values();
            let wanted = charges.filter(|c| intent.as_ref().is_none_or(|id| *id == c.intent));
            list::page(world, wanted, params)?
        }
        Operation::RefundCreate => refunds::create(world, params, &call.cause)?,
        Operation::RefundRetrieve => {
            retrieve::<Refund>(world, world.refunds.get(id), id, "refund", params)?
        }
        Operation::RefundList => refunds::list(world, params)?,
        Operation::EventRetrieve => {
            retrieve::<Event>(world, recent_event(world, id), id, "id", params)?
        }
        Operation::EventList => events(world, params)?,
        Operation::BalanceRetrieve => {
            params.finish()?;
            balance::retrieve(world)
        }
        Operation::TransactionRetrieve => {
            retrieve::<Transaction>(world, world.transactions.get(id), id, "id", params)?
        }
        Operation::TransactionList => {
            let source = params.text("source", 200)?;
            let kind = params.text("type", 200)?;
            let all = world.transactions.values();
            let wanted = all
                .filter(|t| source.as_ref().is_none_or(|id| *id == t.source))
                .filter(|t| {
                    kind.as_ref().is_none_or(|kind| {
                        t.to_json().get("type") == Some(&Value::String(kind.clone()))
                    })
                });
            list::page(world, wanted, params)?
        }
    };
    for path in &expand {
        expand::expand(world, &mut answer, path)?;
    }
    Ok(answer)
}

fn retrieve<T: Stored>(
    world: &World,
    found: Option<&T>,
    id: &str,
    param: &str,
    params: Reader<'_>,
) -> Result<Value, ApiError> {
    params.finish()?;
    found
        .map(|object| world.json(object))
        .ok_or_else(|| ApiError::missing(T::KIND, id, param))
}

/// Events are kept for 30 days (<https://docs.stripe.com/api/events>).
const EVENT_RETENTION: i64 = 30 * 86_400;

fn recent_event<'w>(world: &'w World, id: &str) -> Option<&'w Event> {
    let oldest = world.clock.now() - EVENT_RETENTION;
    world.events.get(id).filter(|event| event.created >= oldest)
}

fn events(world: &World, mut params: Reader<'_>) -> Result<Value, ApiError> {
    let oldest = world.clock.now() - EVENT_RETENTION;
    let kind = params.text("type", 200)?;
    let kinds = params.texts("types");
    if kinds.as_ref().is_some_and(|kinds| kinds.len() > 20) {
        return Err(ApiError::invalid("You may pass up to 20 event types").param("types"));
    }
    let wanted = world.events.values().filter(|event| {
        event.created >= oldest
            && kind
                .as_ref()
                .is_none_or(|pattern| matches_type(pattern, &event.kind))
            && kinds
                .as_ref()
                .is_none_or(|kinds| kinds.contains(&event.kind))
    });
    list::page(world, wanted, params)
}

/// `type` may end in a wildcard: `checkout.session.*`.
fn matches_type(pattern: &str, kind: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => kind.starts_with(prefix),
        None => pattern == kind,
    }
}

/// PaymentIntents come into being through Checkout only; endive's rule about
/// `payment_method_types` is kept all the same (payments.md §2).
fn intent_create(mut params: Reader<'_>) -> ApiError {
    if params.child("payment_method_types").is_some() {
        return payment_method_types_removed();
    }
    ApiError::invalid("This stand-in makes PaymentIntents through Checkout Sessions only.")
}

/// Source: <https://docs.stripe.com/changelog/endive/2026-09-30/removes-the-payment-method-types-parameter-from-payment-intents-and-setup-intents>.
fn payment_method_types_removed() -> ApiError {
    ApiError::invalid(
        "The parameter payment_method_types is no longer supported. Use dynamic payment methods, \
         and allowed_payment_method_types or excluded_payment_method_types to narrow them.",
    )
    .code("payment_method_types_no_longer_supported")
    .param("payment_method_types")
}
