//! Inbox and outbox (受信箱・送信待ち).

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{
    GroupId, JobId, MunicipalityId, PaymentId, PersonId, RefundId, ReservationId, TransferOrderId,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Stored;

/// What a worker works on without waiting for the rest (作業の列): a payment service that is slow
/// must not hold up mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Mail.
    Mail,
    /// Whatever asks the payment service.
    Money,
}

impl Lane {
    /// The [names](JobKind::name) of its jobs.
    #[must_use]
    pub const fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Mail => &[
                "mail_confirmed",
                "mail_cancelled",
                "mail_reviewed",
                "mail_part_cancelled",
                "mail_stray_money_returned",
                "mail_email_changed",
                "mail_card_added",
                "mail_card_removed",
                "mail_group_decided",
                "mail_account_wanted",
                "mail_transferred",
                "mail_transfer_sent_back",
                "mail_voucher",
            ],
            Self::Money => &["send_refund", "settle_payment", "handle_event"],
        }
    }
}

/// The right to work on a job for a while (作業権). Each taking of a job counts one attempt, so the
/// count tells a lease from every other, and one that ran out and was given to somebody else ends
/// nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Whose job.
    pub municipality: MunicipalityId,
    /// Which job.
    pub job: JobId,
    /// Which attempt at it, from 1.
    pub attempt: u32,
}

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
    /// How often it was tried, this time included.
    pub attempts: u32,
}

impl Job {
    /// The lease under which it was taken.
    #[must_use]
    pub const fn lease(&self) -> Lease {
        Lease {
            municipality: self.municipality,
            job: self.id,
            attempt: self.attempts,
        }
    }
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
    /// Mail that it was decided, and what to do now (審査結果メール).
    MailReviewed {
        /// Which.
        reservation: ReservationId,
    },
    /// Mail that a part of it is cancelled, and what comes back (一部取消メール). One for each act.
    MailPartCancelled {
        /// Which.
        reservation: ReservationId,
        /// Which act of giving up, from 1.
        nth: u32,
    },
    /// Mail that money came which nothing was owed for, and goes back (自動返金メール). One for each
    /// such payment.
    MailStrayMoneyReturned {
        /// The refund that gives it back.
        refund: RefundId,
    },
    /// Mail to an address that another one took the place of (メールアドレスの変更).
    MailEmailChanged {
        /// The address that was changed.
        former: Uuid,
    },
    /// Mail that a card was added (カードの追加).
    MailCardAdded {
        /// Whose.
        person: PersonId,
        /// The entry of the audit trail.
        entry: Uuid,
    },
    /// Mail that a card was taken away (カードの取外し).
    MailCardRemoved {
        /// Whose.
        person: PersonId,
        /// The entry of the audit trail.
        entry: Uuid,
    },
    /// Mail that something was decided about a group (団体登録の決定).
    MailGroupDecided {
        /// Which.
        group: GroupId,
        /// The entry of the audit trail.
        entry: Uuid,
    },
    /// Mail that a refund can only go to a bank account, and where to tell which (口座の届出のお願い).
    MailAccountWanted {
        /// Which.
        refund: RefundId,
    },
    /// Mail that a refund was sent to the account (振込のお知らせ).
    MailTransferred {
        /// Which.
        refund: RefundId,
        /// By which order.
        order: TransferOrderId,
    },
    /// Mail that the bank sent it back, and where to tell another account (振込不能のお知らせ).
    MailTransferSentBack {
        /// Which.
        refund: RefundId,
        /// By which order.
        order: TransferOrderId,
    },
    /// Mail with the numbers of a voucher, and until when it can be paid (払込番号のお知らせ).
    MailVoucher {
        /// Of which payment.
        payment: PaymentId,
    },
    /// Ask Stripe to give money back, and how that stands, until it has ended.
    SendRefund {
        /// Which.
        refund: RefundId,
    },
    /// Ask Stripe how a checkout stands, and settle.
    SettlePayment {
        /// Which.
        payment: PaymentId,
    },
    /// Look at one received event.
    HandleEvent {
        /// The provider's event id.
        event: String,
    },
}

impl JobKind {
    /// The word for it in the table and in keys.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::MailConfirmed { .. } => "mail_confirmed",
            Self::MailCancelled { .. } => "mail_cancelled",
            Self::MailReviewed { .. } => "mail_reviewed",
            Self::MailPartCancelled { .. } => "mail_part_cancelled",
            Self::MailStrayMoneyReturned { .. } => "mail_stray_money_returned",
            Self::MailEmailChanged { .. } => "mail_email_changed",
            Self::MailCardAdded { .. } => "mail_card_added",
            Self::MailCardRemoved { .. } => "mail_card_removed",
            Self::MailGroupDecided { .. } => "mail_group_decided",
            Self::MailAccountWanted { .. } => "mail_account_wanted",
            Self::MailTransferred { .. } => "mail_transferred",
            Self::MailTransferSentBack { .. } => "mail_transfer_sent_back",
            Self::MailVoucher { .. } => "mail_voucher",
            Self::SendRefund { .. } => "send_refund",
            Self::SettlePayment { .. } => "settle_payment",
            Self::HandleEvent { .. } => "handle_event",
        }
    }

    /// What makes it the same job: one mail of a kind per thing, one call per refund.
    #[must_use]
    pub fn dedup_key(&self) -> String {
        let name = self.name();
        match self {
            Self::MailConfirmed { reservation }
            | Self::MailCancelled { reservation }
            | Self::MailReviewed { reservation } => {
                format!("{name}:{reservation}")
            }
            Self::MailPartCancelled { reservation, nth } => format!("{name}:{reservation}:{nth}"),
            Self::MailStrayMoneyReturned { refund }
            | Self::MailAccountWanted { refund }
            | Self::SendRefund { refund } => {
                format!("{name}:{refund}")
            }
            Self::MailTransferred { refund, order }
            | Self::MailTransferSentBack { refund, order } => format!("{name}:{refund}:{order}"),
            Self::MailEmailChanged { former } => format!("{name}:{former}"),
            Self::MailCardAdded { entry, .. }
            | Self::MailCardRemoved { entry, .. }
            | Self::MailGroupDecided { entry, .. } => {
                format!("{name}:{entry}")
            }
            Self::SettlePayment { payment } | Self::MailVoucher { payment } => {
                format!("{name}:{payment}")
            }
            Self::HandleEvent { event } => format!("{name}:{event}"),
        }
    }
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

/// Reads the inbox.
#[async_trait]
pub trait InboxReads {
    /// An event as received.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn event(&self, event_id: &str) -> Stored<Option<InboxEvent>>;
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

    /// Notes that an event was looked at.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn event_processed(&mut self, event_id: &str, now: DateTime<Utc>) -> Stored<()>;

    /// Removes up to `most` events that were looked at before `before`; how many were.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn purge_events(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_job_goes_down_one_lane() {
        let (reservation, refund) = (ReservationId(Uuid::nil()), RefundId(Uuid::nil()));
        let payment = PaymentId(Uuid::nil());
        let (person, entry) = (PersonId(Uuid::nil()), Uuid::nil());
        let event = "evt_1".to_owned();
        for (kind, lane) in [
            (JobKind::MailConfirmed { reservation }, Lane::Mail),
            (JobKind::MailCancelled { reservation }, Lane::Mail),
            (JobKind::MailReviewed { reservation }, Lane::Mail),
            (JobKind::MailStrayMoneyReturned { refund }, Lane::Mail),
            (JobKind::MailEmailChanged { former: entry }, Lane::Mail),
            (JobKind::MailCardAdded { person, entry }, Lane::Mail),
            (JobKind::MailCardRemoved { person, entry }, Lane::Mail),
            (
                JobKind::MailGroupDecided {
                    group: GroupId(entry),
                    entry,
                },
                Lane::Mail,
            ),
            (JobKind::MailVoucher { payment }, Lane::Mail),
            (JobKind::SendRefund { refund }, Lane::Money),
            (JobKind::SettlePayment { payment }, Lane::Money),
            (JobKind::HandleEvent { event }, Lane::Money),
        ] {
            for one in [Lane::Mail, Lane::Money] {
                let takes = one.kinds().contains(&kind.name());
                assert_eq!(takes, one == lane, "{kind:?} in {one:?}");
            }
        }
    }
}
