//! Inbox and outbox (受信箱・送信待ち).

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{JobId, MunicipalityId, PaymentId, RefundId, ReservationId};
use serde::{Deserialize, Serialize};

use super::Stored;

/// Something to do after the transaction that asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Whose.
    pub municipality: MunicipalityId,
    /// Its id.
    pub id: JobId,
    /// What makes it the same job: enqueuing it again does nothing.
    pub dedup_key: String,
    /// What to do.
    pub kind: JobKind,
    /// Not before this instant, UTC.
    pub due_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: u32,
}

/// What a job does. Ids only: what is personal is read when the job runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobKind {
    /// Mail that the reservation stands (予約確定メール).
    MailConfirmed {
        /// Which.
        reservation: ReservationId,
    },
    /// Mail that it is cancelled, and what comes back (取消メール).
    MailCancelled {
        /// Which.
        reservation: ReservationId,
    },
    /// Mail that late money came for a slot that was given away, and goes back (自動返金メール).
    MailLateMoneyReturned {
        /// Which.
        reservation: ReservationId,
    },
    /// Ask Stripe to give money back.
    SendRefund {
        /// Which.
        refund: RefundId,
    },
    /// Ask Stripe how a checkout stands, and settle.
    SettlePayment {
        /// Which.
        payment: PaymentId,
    },
    /// Ask Stripe how a refund stands.
    FollowRefund {
        /// Which.
        refund: RefundId,
    },
    /// Look at one received event.
    HandleEvent {
        /// The provider's event id.
        event: String,
    },
}

/// A webhook as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxEvent {
    /// The provider's event id.
    pub event_id: String,
    /// Its type (`checkout.session.completed`).
    pub kind: String,
    /// The object it is about.
    pub object_id: String,
    /// The body, sealed and in base64: it names the payer.
    pub raw: String,
    /// When it came, UTC.
    pub received_at: DateTime<Utc>,
}

/// Fills inbox and outbox.
#[async_trait]
pub trait JobWrites {
    /// Enqueues a job; `false` when a job with its key is there already.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn enqueue(&mut self, job: &Job) -> Stored<bool>;

    /// Keeps an event; `false` when it came before.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn receive(&mut self, event: &InboxEvent) -> Stored<bool>;

    /// An event as received.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn event(&mut self, event_id: &str) -> Stored<Option<InboxEvent>>;

    /// Notes that an event was looked at.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn event_processed(&mut self, event_id: &str, now: DateTime<Utc>) -> Stored<()>;
}
