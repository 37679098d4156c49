//! Balance transaction (残高の動き): the pretend Stripe's own ledger.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Stored;

/// What moved the balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A payment came in.
    Charge,
    /// A refund went out.
    Refund,
    /// A refund came back.
    RefundFailure,
}

/// A stored balance transaction.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Transaction {
    /// `txn_…`
    pub id: String,
    /// Unix seconds.
    pub created: i64,
    /// Yen, signed.
    pub amount: i64,
    /// Yen; Stripe keeps it even when the payment is refunded.
    pub fee: i64,
    /// What moved the balance.
    pub kind: Kind,
    /// `ch_…` or `re_…`
    pub source: String,
}

impl Transaction {
    /// 3.6 % of a card payment in Japan, rounded to the yen (<https://stripe.com/jp/pricing>).
    #[must_use]
    pub fn fee_on(amount: i64) -> i64 {
        (amount.saturating_mul(36).saturating_add(500)) / 1000
    }

    /// Yen that reached or left the balance.
    #[must_use]
    pub fn net(&self) -> i64 {
        self.amount - self.fee
    }
}

impl Stored for Transaction {
    const KIND: &'static str = "balance transaction";
    const URL: &'static str = "/v1/balance_transactions";

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn to_json(&self) -> Value {
        let (kind, category) = match self.kind {
            Kind::Charge => ("charge", "charge"),
            Kind::Refund => ("refund", "refund"),
            Kind::RefundFailure => ("refund_failure", "refund_failure"),
        };
        let fee_details = if self.fee == 0 {
            json!([])
        } else {
            json!([{
                "amount": self.fee,
                "application": null,
                "currency": "jpy",
                "description": "Stripe processing fees",
                "type": "stripe_fee",
            }])
        };
        json!({
            "id": self.id,
            "object": "balance_transaction",
            "amount": self.amount,
            "available_on": self.created,
            "balance_type": "payments",
            "created": self.created,
            "currency": "jpy",
            "description": null,
            "exchange_rate": null,
            "fee": self.fee,
            "fee_details": fee_details,
            "net": self.net(),
            "reporting_category": category,
            "source": self.source,
            "status": "available",
            "type": kind,
        })
    }
}
