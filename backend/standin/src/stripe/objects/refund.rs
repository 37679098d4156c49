//! Refund (返金).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Stored;
use super::method::Method;

/// Where a refund stands. `succeeded` is not the end: a bank may send it back days later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// On its way.
    Pending,
    /// Konbini: the payer has yet to name a bank account.
    RequiresAction,
    /// Arrived, as far as anyone knows.
    Succeeded,
    /// Came back; the money is in the merchant's balance again.
    Failed,
    /// Never left.
    Canceled,
}

impl Status {
    /// Stripe's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::RequiresAction => "requires_action",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
        }
    }

    /// Whether the money is gone from the merchant or on its way out.
    #[must_use]
    pub fn holds_money(self) -> bool {
        !matches!(self, Self::Failed | Self::Canceled)
    }
}

/// A stored Refund.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Refund {
    /// `re_…`
    pub id: String,
    /// Unix seconds.
    pub created: i64,
    /// Yen.
    pub amount: i64,
    /// Where it stands.
    pub status: Status,
    /// `ch_…`
    pub charge: String,
    /// `pi_…`
    pub intent: String,
    /// What it goes back to.
    pub method: Method,
    /// `duplicate`, `fraudulent`, `requested_by_customer`.
    pub reason: Option<String>,
    /// The refund's own.
    pub metadata: BTreeMap<String, String>,
    /// Konbini: where Stripe asks the payer for a bank account.
    pub instructions_email: Option<String>,
    /// `txn_…` that took the money out.
    pub balance_transaction: Option<String>,
    /// `txn_…` that brought it back.
    pub failure_balance_transaction: Option<String>,
    /// Why it failed.
    pub failure_reason: Option<String>,
    /// What it turns into by itself, and when (Unix seconds).
    pub due: Option<(i64, Status)>,
}

impl Stored for Refund {
    const KIND: &'static str = "refund";
    const URL: &'static str = "/v1/refunds";

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn to_json(&self) -> Value {
        let mut value = json!({
            "id": self.id,
            "object": "refund",
            "amount": self.amount,
            "balance_transaction": self.balance_transaction,
            "charge": self.charge,
            "created": self.created,
            "currency": "jpy",
            "customer": null,
            "customer_account": null,
            "destination_details": self.method.refund_destination(),
            "metadata": self.metadata,
            "payment_intent": self.intent,
            "payment_method": null,
            "reason": self.reason,
            "receipt_number": null,
            "source_transfer_reversal": null,
            "status": self.status.as_str(),
            "transfer_reversal": null,
        });
        // Absent rather than null, as at Stripe.
        let pending = (self.status == Status::Pending).then(|| "processing".to_owned());
        let optional = [
            (
                "failure_balance_transaction",
                self.failure_balance_transaction.clone(),
            ),
            ("failure_reason", self.failure_reason.clone()),
            ("instructions_email", self.instructions_email.clone()),
            ("pending_reason", pending),
        ];
        if let Some(fields) = value.as_object_mut() {
            for (name, text) in optional {
                if let Some(text) = text {
                    fields.insert(name.into(), json!(text));
                }
            }
        }
        value
    }
}
