//! The control of a stand-in that runs inside the test's own process.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use serde::Serialize;
use serde_json::{Map, Value};
use url::Url;

use super::requests::Pay;
use crate::stripe::faults::Fault;
use crate::stripe::objects::refund;
use crate::stripe::objects::session::{Payer, Status};
use crate::stripe::objects::transaction::Kind;
use crate::stripe::pay::{Outcome, Tender};
use crate::stripe::request_log::Logged;
use crate::stripe::shared::Shared;
use crate::stripe::webhooks::{Delivery, Endpoint, Mode, Order};
use crate::stripe::world::World;

/// The hands of a test on the pretend Stripe.
#[derive(Debug, Clone)]
pub struct Control {
    shared: Arc<Shared>,
}

/// What the pretend Stripe's own books say, in yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Books {
    /// Payments that came in.
    pub charged: i64,
    /// Refunds that went out and stayed out.
    pub refunded: i64,
    /// `charged − refunded`: what an operator's ledger must equal.
    pub gross: i64,
    /// Stripe's own fees.
    pub fees: i64,
    /// What `GET /v1/balance` says.
    pub net: i64,
}

impl Control {
    /// Control over a shared world.
    pub(crate) fn over(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Switches a fault on.
    pub fn set_fault(&self, fault: Fault) {
        self.shared.with(|world| world.faults.set(fault));
    }

    /// Switches all faults off and lets hanging requests go on.
    pub fn clear_faults(&self) {
        self.shared.with(|world| world.faults.clear());
        self.release_hanging();
    }

    /// Lets hanging requests go on.
    pub fn release_hanging(&self) {
        self.shared.release.notify_waiters();
    }

    /// Sends events to this address from now on, signed with every one of these secrets.
    ///
    /// # Errors
    /// When the address is not plain http: the stand-in speaks no TLS.
    pub fn set_webhook(&self, url: &Url, secrets: &[String]) -> anyhow::Result<()> {
        ensure!(
            url.scheme() == "http",
            "the webhook address must begin with http://"
        );
        let endpoint = Endpoint {
            url: url.clone(),
            secrets: secrets.to_vec(),
        };
        self.shared
            .with(|world| world.webhooks.endpoint = Some(endpoint));
        Ok(())
    }

    /// What becomes of events from now on.
    pub fn set_webhook_mode(&self, mode: Mode) {
        self.shared.with(|world| world.webhooks.mode = mode);
    }

    /// Lets held events go. Returns how many.
    pub fn release_webhooks(&self, order: Order) -> usize {
        let released = self.shared.with(|world| world.webhooks.release(order));
        self.shared.work.notify_one();
        released
    }

    /// Waits until no delivery is waiting or under way. False when time ran out.
    pub async fn settled(&self, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        loop {
            if self.shared.with(|world| world.webhooks.is_idle()) {
                return true;
            }
            if Instant::now() >= until {
                return false;
            }
            let _heard =
                tokio::time::timeout(Duration::from_millis(50), self.shared.settled.notified())
                    .await;
        }
    }

    /// All deliveries so far.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared
            .with(|world| world.webhooks.deliveries().to_vec())
    }

    /// The stand-in's time, Unix seconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.shared.with(|world| world.clock.now())
    }

    /// Moves the clock on; what falls due happens at once.
    pub fn advance_clock(&self, seconds: i64) {
        self.shared.with(|world| world.clock.advance(seconds));
        self.shared.with(|_| ());
    }

    /// Stops the clock at an instant, or lets it run again.
    pub fn fix_clock(&self, unix: Option<i64>) {
        self.shared.with(|world| world.clock.fix(unix));
        self.shared.with(|_| ());
    }

    /// Pays a session as a payer would. Returns `paid`, `voucher_issued` or `declined`.
    ///
    /// # Errors
    /// When the session is unknown, closed, or not payable so.
    pub fn pay(&self, session: &str, pay: &Pay) -> anyhow::Result<&'static str> {
        let tender = match pay.method.as_str() {
            "card" => Tender::Card {
                number: pay.card.clone(),
                exp_month: 12,
                exp_year: 2034,
            },
            "paypay" => Tender::Paypay,
            "konbini" => Tender::Konbini,
            other => bail!("no such means of payment: {other}"),
        };
        let payer = Payer {
            email: Some(pay.email.clone()),
            name: Some("YORIAI TARO".to_owned()),
        };
        let outcome = self.shared.with(|world| {
            world.revision += 1;
            if pay.force {
                reopen(world, session);
            }
            world.pay(session, &tender, payer)
        });
        match outcome {
            Outcome::Paid => Ok("paid"),
            Outcome::VoucherIssued => Ok("voucher_issued"),
            Outcome::Declined(_) => Ok("declined"),
            Outcome::NotACard => bail!("not a card number: {}", pay.card),
            Outcome::NotOffered => bail!("{} is not offered for this session", pay.method),
            Outcome::Closed(status) => bail!("the session is {}", status.as_str()),
            Outcome::Unknown => bail!("no such session: {session}"),
        }
    }

    /// Cash for a konbini voucher arrives, or the voucher lapses.
    ///
    /// # Errors
    /// When no voucher waits.
    pub fn settle_voucher(&self, session: &str, paid: bool) -> anyhow::Result<()> {
        let happened = self.shared.with(|world| {
            if paid {
                world.pay_voucher(session)
            } else {
                world.lapse_voucher(session)
            }
        });
        ensure!(happened, "no voucher waits for {session}");
        Ok(())
    }

    /// How refunds begin from now on.
    pub fn refunds_begin(&self, status: refund::Status) {
        self.shared.with(|world| world.refunds_begin = status);
    }

    /// Turns a refund: pending → succeeded, succeeded → failed, …
    ///
    /// # Errors
    /// When there is no such refund, or it cannot turn so.
    pub fn turn_refund(
        &self,
        id: &str,
        status: refund::Status,
        reason: Option<&str>,
    ) -> anyhow::Result<()> {
        let turned = self
            .shared
            .with(|world| world.turn_refund(id, status, reason));
        ensure!(turned, "refund {id} cannot become {}", status.as_str());
        Ok(())
    }

    /// Falsifies fields of an object in every later answer and event.
    pub fn tamper(&self, id: &str, fields: Map<String, Value>) {
        self.shared.with(|world| {
            world.revision += 1;
            world
                .tampered
                .entry(id.to_owned())
                .or_default()
                .extend(fields);
        });
    }

    /// An object as the API would answer it.
    ///
    /// # Errors
    /// When there is none.
    pub fn object(&self, id: &str) -> anyhow::Result<Value> {
        self.shared
            .with(|world| world.find_json(id))
            .with_context(|| format!("no object {id}"))
    }

    /// The ids of all sessions, oldest first.
    #[must_use]
    pub fn sessions(&self) -> Vec<String> {
        self.shared
            .with(|world| world.sessions.keys().cloned().collect())
    }

    /// What was asked so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Logged> {
        self.shared
            .with(|world| world.log.iter().cloned().collect())
    }

    /// The stand-in's own books.
    #[must_use]
    pub fn balance(&self) -> Books {
        self.shared.with(|world| {
            let sum = |wanted: &[Kind]| -> i64 {
                let all = world.transactions.values();
                all.filter(|t| wanted.contains(&t.kind))
                    .map(|t| t.amount)
                    .sum()
            };
            let charged = sum(&[Kind::Charge]);
            let refunded = -sum(&[Kind::Refund, Kind::RefundFailure]);
            let fees = world.transactions.values().map(|t| t.fee).sum();
            Books {
                charged,
                refunded,
                gross: charged - refunded,
                fees,
                net: world.balance(),
            }
        })
    }

    /// Forgets everything but the webhook endpoint.
    pub fn reset(&self) {
        self.shared.with(|world| {
            let fresh = World {
                page_base: world.page_base.clone(),
                revision: world.revision + 1,
                ..World::default()
            };
            let old = std::mem::replace(world, fresh);
            world.webhooks.endpoint = old.webhooks.endpoint;
        });
        self.release_hanging();
    }
}

fn reopen(world: &mut World, session: &str) {
    if let Some(stored) = world.sessions.get_mut(session)
        && stored.status == Status::Expired
    {
        stored.status = Status::Open;
    }
}
