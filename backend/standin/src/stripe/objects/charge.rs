//! Charge (請求の一回): one attempt to take the money.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Stored;
use super::method::Method;
use super::session::Payer;

/// Why an attempt failed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Failure {
    /// Stripe's code, such as `card_declined`.
    pub code: String,
    /// The bank's reason, such as `insufficient_funds`.
    pub decline_code: Option<String>,
    /// A sentence in English.
    pub message: String,
}

/// A stored Charge.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Charge {
    /// `ch_…`
    pub id: String,
    /// Unix seconds.
    pub created: i64,
    /// Yen.
    pub amount: i64,
    /// Yen; refunds that failed later are taken off again.
    pub amount_refunded: i64,
    /// `pi_…`
    pub intent: String,
    /// `pm_…`
    pub method_id: String,
    /// What it was paid with.
    pub method: Method,
    /// Who paid.
    pub payer: Payer,
    /// A copy of the PaymentIntent's.
    pub metadata: BTreeMap<String, String>,
    /// A copy of the PaymentIntent's.
    pub description: Option<String>,
    /// A copy of the PaymentIntent's.
    pub receipt_email: Option<String>,
    /// `txn_…`; none when it failed.
    pub balance_transaction: Option<String>,
    /// None when it succeeded.
    pub failure: Option<Failure>,
}

impl Stored for Charge {
    const KIND: &'static str = "charge";
    const URL: &'static str = "/v1/charges";

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn to_json(&self) -> Value {
        let succeeded = self.failure.is_none();
        let failure = self.failure.as_ref();
        let outcome = match failure {
            None => json!({
                "advice_code": null,
                "network_advice_code": null,
                "network_decline_code": null,
                "network_status": "approved_by_network",
                "reason": null,
                "risk_level": "normal",
                "risk_score": 10,
                "seller_message": "Payment complete.",
                "type": "authorized",
            }),
            Some(failure) => json!({
                "advice_code": null,
                "network_advice_code": null,
                "network_decline_code": "05",
                "network_status": "declined_by_network",
                "reason": failure.decline_code,
                "risk_level": "normal",
                "risk_score": 10,
                "seller_message": "The bank did not return any further details.",
                "type": "issuer_declined",
            }),
        };
        json!({
            "id": self.id,
            "object": "charge",
            "amount": self.amount,
            "amount_captured": if succeeded { self.amount } else { 0 },
            "amount_refunded": self.amount_refunded,
            "application": null,
            "application_fee": null,
            "application_fee_amount": null,
            "balance_transaction": self.balance_transaction,
            "billing_details": {
                "address": {
                    "city": null, "country": null, "line1": null,
                    "line2": null, "postal_code": null, "state": null,
                },
                "email": self.payer.email,
                "name": self.payer.name,
                "phone": null,
                "tax_id": null,
            },
            "calculated_statement_descriptor": "YORIAI",
            "captured": succeeded,
            "created": self.created,
            "currency": "jpy",
            "customer": null,
            "description": self.description,
            "disputed": false,
            "failure_balance_transaction": null,
            "failure_code": failure.map(|f| &f.code),
            "failure_message": failure.map(|f| &f.message),
            "fraud_details": {},
            "livemode": false,
            "metadata": self.metadata,
            "on_behalf_of": null,
            "outcome": outcome,
            "paid": succeeded,
            "payment_intent": self.intent,
            "payment_method": self.method_id,
            "payment_method_details": self.method.charge_details(),
            "receipt_email": self.receipt_email,
            "receipt_number": null,
            "receipt_url": null,
            "refunded": succeeded && self.amount_refunded == self.amount,
            "review": null,
            "shipping": null,
            "source": null,
            "source_transfer": null,
            "statement_descriptor": null,
            "statement_descriptor_suffix": null,
            "status": if succeeded { "succeeded" } else { "failed" },
            "transfer_data": null,
            "transfer_group": null,
        })
    }
}
