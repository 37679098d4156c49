//! Everything the pretend Stripe remembers, and how it changes.
//!
//! One lock guards it, so every API call is one atomic step, as a payer and a merchant who race
//! each other would find it at Stripe.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::clock::Clock;
use super::faults::Faults;
use super::idempotency::Keys;
use super::ids::new_id;
use super::objects::charge::Charge;
use super::objects::event::Event;
use super::objects::intent::{self, Intent};
use super::objects::refund::{self, Refund};
use super::objects::session::{self, Session};
use super::objects::transaction::{Kind, Transaction};
use super::objects::{Stored, method};
use super::request_log::RequestLog;
use super::webhooks::Webhooks;

/// The state of one pretend Stripe account.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct World {
    /// What time it is here.
    pub clock: Clock,
    /// The base under which a browser reaches the hosted page.
    #[serde(skip)]
    pub page_base: String,
    /// Means of payment the dashboard has switched on.
    pub methods_on: Vec<String>,
    /// How the next refunds begin.
    pub refunds_begin: refund::Status,
    /// Checkout Sessions by id, oldest first.
    pub sessions: IndexMap<String, Session>,
    /// PaymentIntents by id, oldest first.
    pub intents: IndexMap<String, Intent>,
    /// Charges by id, oldest first.
    pub charges: IndexMap<String, Charge>,
    /// Refunds by id, oldest first.
    pub refunds: IndexMap<String, Refund>,
    /// Events by id, oldest first.
    pub events: IndexMap<String, Event>,
    /// Balance transactions by id, oldest first.
    pub transactions: IndexMap<String, Transaction>,
    /// Saved answers by idempotency key.
    pub keys: Keys,
    /// Fields of stored objects that were falsified on purpose.
    pub tampered: IndexMap<String, Map<String, Value>>,
    /// Faults waiting to happen.
    #[serde(skip)]
    pub faults: Faults,
    /// Where events go, and which have gone.
    #[serde(skip)]
    pub webhooks: Webhooks,
    /// What was asked of us.
    #[serde(skip)]
    pub log: RequestLog,
    /// Counts changes, for the snapshot.
    #[serde(skip)]
    pub revision: u64,
}

impl Default for World {
    fn default() -> Self {
        Self {
            clock: Clock::default(),
            page_base: String::new(),
            methods_on: method::KNOWN.map(str::to_owned).to_vec(),
            refunds_begin: refund::Status::Succeeded,
            sessions: IndexMap::new(),
            intents: IndexMap::new(),
            charges: IndexMap::new(),
            refunds: IndexMap::new(),
            events: IndexMap::new(),
            transactions: IndexMap::new(),
            keys: Keys::default(),
            tampered: IndexMap::new(),
            faults: Faults::default(),
            webhooks: Webhooks::default(),
            log: RequestLog::default(),
            revision: 0,
        }
    }
}

/// Who caused a change: a request, or nobody (the payer, time).
#[derive(Debug, Clone, Default)]
pub struct Cause {
    /// `req_…`
    pub request: Option<String>,
    /// The idempotency key of that request.
    pub key: Option<String>,
}

impl World {
    /// An object as the API answers it, falsified where a test asked for it.
    #[must_use]
    pub fn json<T: Stored>(&self, object: &T) -> Value {
        let mut value = object.to_json();
        if let (Some(lies), Some(fields)) = (self.tampered.get(object.id()), value.as_object_mut())
        {
            fields.extend(lies.clone());
        }
        value
    }

    /// Finds whatever an id names, for expansion.
    #[must_use]
    pub fn find_json(&self, id: &str) -> Option<Value> {
        let session = self.sessions.get(id).map(|o| self.json(o));
        session
            .or_else(|| self.intents.get(id).map(|o| self.json(o)))
            .or_else(|| self.charges.get(id).map(|o| self.json(o)))
            .or_else(|| self.refunds.get(id).map(|o| self.json(o)))
            .or_else(|| self.transactions.get(id).map(|o| self.json(o)))
    }

    /// Records an event and puts it on its way to the webhook endpoint.
    pub fn emit(&mut self, kind: &str, object: Value, previous: Option<Value>, cause: &Cause) {
        let event = Event {
            id: new_id("evt_1", 23),
            created: self.clock.now(),
            kind: kind.to_owned(),
            object,
            previous,
            request: cause.request.clone(),
            key: cause.key.clone(),
        };
        self.webhooks.enqueue(&event.id);
        self.events.insert(event.id.clone(), event);
        self.revision += 1;
    }

    /// Writes one line into the balance.
    pub fn post(&mut self, kind: Kind, amount: i64, source: &str) -> String {
        let fee = if kind == Kind::Charge {
            Transaction::fee_on(amount)
        } else {
            0
        };
        let id = new_id("txn_3", 23);
        let transaction = Transaction {
            id: id.clone(),
            created: self.clock.now(),
            amount,
            fee,
            kind,
            source: source.to_owned(),
        };
        self.transactions.insert(id.clone(), transaction);
        id
    }

    /// Lets due things happen: sessions and vouchers lapse, refunds turn.
    pub fn tick(&mut self) {
        let now = self.clock.now();
        let lapsed: Vec<String> = self
            .sessions
            .values()
            .filter(|s| s.status == session::Status::Open && s.expires_at <= now)
            .map(|s| s.id.clone())
            .collect();
        for id in lapsed {
            self.expire_session(&id, &Cause::default());
        }
        let vouchers: Vec<String> = self
            .intents
            .values()
            .filter(|i| i.status == intent::Status::RequiresAction)
            .filter(|i| i.voucher_expires_at.is_some_and(|at| at <= now))
            .map(|i| i.session.clone())
            .collect();
        for session in vouchers {
            self.lapse_voucher(&session);
        }
        let refunds: Vec<(String, refund::Status)> = self
            .refunds
            .values()
            .filter_map(|r| {
                r.due
                    .filter(|(at, _)| *at <= now)
                    .map(|(_, to)| (r.id.clone(), to))
            })
            .collect();
        for (id, to) in refunds {
            self.turn_refund(&id, to, None);
        }
    }

    /// Ends an open session and whatever PaymentIntent it had begun. False when it was not open.
    pub fn expire_session(&mut self, id: &str, cause: &Cause) -> bool {
        let Some(session) = self.sessions.get_mut(id) else {
            return false;
        };
        if session.status != session::Status::Open {
            return false;
        }
        session.status = session::Status::Expired;
        let intent = session.payment_intent.clone();
        if let Some(object) = self.sessions.get(id).map(|o| self.json(o)) {
            self.emit("checkout.session.expired", object, None, cause);
        }
        let now = self.clock.now();
        if let Some(intent) = intent.and_then(|id| self.intents.get_mut(&id)) {
            intent.status = intent::Status::Canceled;
            intent.canceled_at = Some(now);
            let id = intent.id.clone();
            if let Some(object) = self.intents.get(&id).map(|o| self.json(o)) {
                self.emit("payment_intent.canceled", object, None, cause);
            }
        }
        true
    }

    /// Yen the merchant really has: every balance transaction, fees included.
    #[must_use]
    pub fn balance(&self) -> i64 {
        self.transactions.values().map(Transaction::net).sum()
    }
}
