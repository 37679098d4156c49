//! PaymentIntent (支払いの一件).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Stored;
use super::method::Method;

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing chosen yet, or the last attempt was declined.
    RequiresPaymentMethod,
    /// A konbini voucher waits to be paid in cash.
    RequiresAction,
    /// The money is there.
    Succeeded,
    /// It will never succeed.
    Canceled,
}

impl Status {
    /// Stripe's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::RequiresAction => "requires_action",
            Self::Succeeded => "succeeded",
            Self::Canceled => "canceled",
        }
    }
}

/// A stored PaymentIntent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Intent {
    /// `pi_…`
    pub id: String,
    /// Unix seconds.
    pub created: i64,
    /// Yen.
    pub amount: i64,
    /// Where it stands.
    pub status: Status,
    /// The Checkout Session that made it.
    pub session: String,
    /// From `payment_intent_data`, never the session's.
    pub metadata: BTreeMap<String, String>,
    /// From `payment_intent_data`.
    pub description: Option<String>,
    /// From `payment_intent_data`.
    pub receipt_email: Option<String>,
    /// From `payment_intent_data`.
    pub statement_descriptor: Option<String>,
    /// From `payment_intent_data`.
    pub statement_descriptor_suffix: Option<String>,
    /// What could be paid with.
    pub method_types: Vec<String>,
    /// What was paid with last, and its `pm_…`.
    pub method: Option<(String, Method)>,
    /// `ch_…` of the last attempt.
    pub latest_charge: Option<String>,
    /// The error object of the last declined attempt.
    pub last_error: Option<Value>,
    /// Konbini: when the voucher lapses, Unix seconds.
    pub voucher_expires_at: Option<i64>,
    /// When it was cancelled, Unix seconds.
    pub canceled_at: Option<i64>,
    /// The half-secret a browser would confirm with.
    pub client_secret: String,
}

impl Intent {
    fn next_action(&self) -> Option<Value> {
        let expires_at = self
            .voucher_expires_at
            .filter(|_| self.status == Status::RequiresAction)?;
        Some(json!({
            "type": "konbini_display_details",
            "konbini_display_details": {
                "expires_at": expires_at,
                "hosted_voucher_url": null,
                "stores": {
                    "familymart": {
                        "confirmation_number": "400008", "payment_code": "20020123456",
                    },
                    "lawson": { "confirmation_number": "400008", "payment_code": "701234" },
                    "ministop": { "confirmation_number": "400008", "payment_code": "801234" },
                    "seicomart": {
                        "confirmation_number": "00000000000", "payment_code": "901234",
                    },
                },
            },
        }))
    }
}

impl Stored for Intent {
    const KIND: &'static str = "payment_intent";
    const URL: &'static str = "/v1/payment_intents";

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn to_json(&self) -> Value {
        let received = if self.status == Status::Succeeded {
            self.amount
        } else {
            0
        };
        json!({
            "id": self.id,
            "object": "payment_intent",
            "allowed_payment_method_types": null,
            "amount": self.amount,
            "amount_capturable": 0,
            "amount_details": { "tip": {} },
            "amount_received": received,
            "application": null,
            "application_fee_amount": null,
            "automatic_payment_methods": null,
            "canceled_at": self.canceled_at,
            "cancellation_reason": self.canceled_at.map(|_| "expired"),
            "capture_method": "automatic_async",
            "client_secret": self.client_secret,
            "confirmation_method": "automatic",
            "created": self.created,
            "currency": "jpy",
            "customer": null,
            "customer_account": null,
            "description": self.description,
            "excluded_payment_method_types": null,
            "last_payment_error": self.last_error,
            "latest_charge": self.latest_charge,
            "livemode": false,
            "managed_payments": null,
            "metadata": self.metadata,
            "next_action": self.next_action(),
            "on_behalf_of": null,
            "payment_method": self.method.as_ref().map(|(id, _)| id),
            "payment_method_configuration_details": null,
            "payment_method_options": {},
            "payment_method_types": self.method_types,
            "payment_record": null,
            "processing": null,
            "receipt_email": self.receipt_email,
            "review": null,
            "setup_future_usage": null,
            "shipping": null,
            "source": null,
            "statement_descriptor": self.statement_descriptor,
            "statement_descriptor_suffix": self.statement_descriptor_suffix,
            "status": self.status.as_str(),
            "transfer_data": null,
            "transfer_group": null,
        })
    }
}
