//! A town with an account at the pretend Stripe.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta};
use domain::ids::{MunicipalityId, PaymentId, RefundId};
use domain::money::Yen;
use domain::payment::{PaymentMethod, SessionId, SessionProgress};
use gateway::stripe::{Patience, Pause, Secret, StripeConfig, StripeGateway};
use standin::stripe::{Control, Fault, Logged, Mischief, Operation, Pay, RunningStripe, start};
use usecases::ports::payments::{
    CheckoutAnswer, CheckoutRequest, IdempotencyKey, PaymentGateway, RefundRequest,
};
use uuid::Uuid;

pub const SECRET: &str = "whsec_first";

pub struct Town {
    pub running: RunningStripe,
    pub control: Control,
    pub gateway: StripeGateway,
    pub waits: Arc<Waits>,
}

impl Town {
    pub async fn new() -> Self {
        Self::with_patience(Patience::default()).await
    }

    /// Gives up on a try after 50 ms: for servers that say nothing.
    pub async fn impatient() -> Self {
        Self::with_patience(Patience {
            per_try: Duration::from_millis(50),
            ..Patience::default()
        })
        .await
    }

    pub async fn with_patience(patience: Patience) -> Self {
        let running = start(standin::stripe::StripeConfig::default())
            .await
            .unwrap();
        let control = running.control();
        let waits = Arc::new(Waits::new(control.clone()));
        let config = config(&running, &[SECRET]);
        let gateway =
            StripeGateway::with_patience(config, patience, Arc::<Waits>::clone(&waits)).unwrap();
        Self {
            running,
            control,
            gateway,
            waits,
        }
    }

    /// The same account as another process would see it, after a restart.
    pub fn restarted(&self) -> StripeGateway {
        StripeGateway::new(config(&self.running, &[SECRET])).unwrap()
    }

    /// A request for attempt number `number`, lapsing in an hour.
    pub fn request(&self, number: u128) -> CheckoutRequest {
        let payment = PaymentId(Uuid::from_u128(number));
        let now = DateTime::from_timestamp(self.control.now(), 0).unwrap();
        CheckoutRequest {
            key: IdempotencyKey::of_payment(payment),
            municipality: MunicipalityId(Uuid::from_u128(26_366)),
            payment,
            reservation_number: "2026-000123".into(),
            product_name: "むくのきセンター 体育館全面".into(),
            amount: Yen::new(2_400),
            methods: vec![
                PaymentMethod::Card,
                PaymentMethod::PayPay,
                PaymentMethod::Konbini,
            ],
            voucher_days: Some(2),
            success_url: "https://seika.example/paid?session={CHECKOUT_SESSION_ID}".into(),
            cancel_url: "https://seika.example/reservations/1".into(),
            expires_at: now + TimeDelta::hours(1),
            email: None,
        }
    }

    pub async fn open(&self, number: u128) -> CheckoutAnswer {
        self.gateway
            .open_checkout(&self.request(number))
            .await
            .unwrap()
    }

    pub fn pay(&self, session: &SessionId, method: &str) {
        let pay = Pay {
            method: method.into(),
            ..Pay::default()
        };
        self.control.pay(&session.0, &pay).unwrap();
    }

    /// A page opened and paid by card. Gives what refunds are made against.
    pub async fn paid(&self, number: u128) -> String {
        let session = self.open(number).await.seen.session;
        self.pay(&session, "card");
        match self.gateway.retrieve(&session).await.unwrap().seen.progress {
            SessionProgress::CompletePaid { intent, .. } => intent,
            other => unreachable!("paid, yet {other:?}"),
        }
    }

    /// Refund number `number` of the payment with that number.
    pub fn refund(&self, number: u128, intent: &str, yen: u32) -> RefundRequest {
        let refund = RefundId(Uuid::from_u128(number));
        RefundRequest {
            key: IdempotencyKey::of_refund(refund),
            municipality: MunicipalityId(Uuid::from_u128(26_366)),
            payment: PaymentId(Uuid::from_u128(number)),
            refund,
            intent: intent.into(),
            amount: Yen::new(yen),
        }
    }

    /// Makes an operation go wrong once, after it was executed.
    pub fn once(&self, on: Operation, mischief: Mischief) {
        self.control.set_fault(Fault::once(on, mischief));
    }

    /// Makes an operation go wrong until faults are cleared.
    pub fn always(&self, on: Operation, mischief: Mischief) {
        self.control.set_fault(Fault::once(on, mischief).standing());
    }

    /// What arrived at the stand-in of one operation.
    pub fn calls(&self, operation: Operation) -> Vec<Logged> {
        let mut calls = self.control.requests();
        calls.retain(|call| call.operation == Some(operation.name()));
        calls
    }
}

pub fn config(running: &RunningStripe, secrets: &[&str]) -> StripeConfig {
    StripeConfig {
        api_base: running.url().clone(),
        secret_key: Secret::new("sk_test_seika"),
        webhook_secrets: secrets.iter().map(|secret| Secret::new(*secret)).collect(),
        livemode: false,
    }
}

/// Waiting that takes no time here, and a minute at Stripe.
pub struct Waits {
    control: Control,
    waited: Mutex<Vec<Duration>>,
}

impl Waits {
    fn new(control: Control) -> Self {
        Self {
            control,
            waited: Mutex::default(),
        }
    }

    pub fn waited(&self) -> Vec<Duration> {
        self.waited
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

#[async_trait]
impl Pause for Waits {
    async fn pause(&self, wait: Duration) {
        self.control.advance_clock(60);
        self.waited
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(wait);
    }
}
