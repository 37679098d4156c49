//! Means of payment (支払い方法): card, PayPay, konbini.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What a payer paid with.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Method {
    /// A card; only what Stripe tells a merchant about it.
    Card {
        /// `visa`, `mastercard`, `jcb`, `amex`.
        brand: String,
        /// The last four digits.
        last4: String,
        /// Expiry month, 1–12.
        exp_month: i64,
        /// Expiry year, four digits.
        exp_year: i64,
    },
    /// PayPay (GA 2026-09-30, one-time).
    Paypay,
    /// A convenience-store voucher (コンビニ払い).
    Konbini,
}

/// Every means this stand-in knows, in the order the hosted page shows them.
pub const KNOWN: [&str; 3] = ["card", "paypay", "konbini"];

/// Every type the API accepts as a filter, although only [`KNOWN`] can be paid with here.
pub const FILTERABLE: [&str; 6] = [
    "card",
    "paypay",
    "konbini",
    "link",
    "customer_balance",
    "alipay",
];

impl Method {
    /// `payment_method_details` of a charge.
    #[must_use]
    pub fn charge_details(&self) -> Value {
        match self {
            Self::Card {
                brand,
                last4,
                exp_month,
                exp_year,
            } => json!({
                "type": "card",
                "card": {
                    "amount_authorized": null,
                    "authorization_code": null,
                    "brand": brand,
                    "checks": {
                        "address_line1_check": null,
                        "address_postal_code_check": null,
                        "cvc_check": "pass",
                    },
                    "country": "JP",
                    "electronic_commerce_indicator": null,
                    "exp_month": exp_month,
                    "exp_year": exp_year,
                    "fingerprint": format!("standin{last4}"),
                    "funding": "credit",
                    "installments": null,
                    "last4": last4,
                    "mandate": null,
                    "network": brand,
                    "network_transaction_id": null,
                    "regulated_status": "unregulated",
                    "three_d_secure": null,
                    "transaction_link_id": null,
                    "wallet": null,
                },
            }),
            Self::Paypay => json!({ "type": "paypay", "paypay": {} }),
            Self::Konbini => {
                json!({ "type": "konbini", "konbini": { "store": { "chain": "familymart" } } })
            }
        }
    }

    /// `destination_details` of a refund.
    #[must_use]
    pub fn refund_destination(&self) -> Value {
        match self {
            Self::Card { .. } => json!({
                "type": "card",
                "card": {
                    "reference_status": "pending",
                    "reference_type": "acquirer_reference_number",
                    "type": "refund",
                },
            }),
            Self::Paypay => json!({ "type": "paypay" }),
            Self::Konbini => json!({
                "type": "jp_bank_transfer",
                "jp_bank_transfer": { "reference": null, "reference_status": null },
            }),
        }
    }

    /// Whether this means may be offered for an amount in yen (payments.md §2).
    #[must_use]
    pub fn offered(name: &str, amount: i64) -> bool {
        match name {
            "card" => amount >= 50,
            "paypay" => (50..=1_000_000).contains(&amount),
            "konbini" => (120..=300_000).contains(&amount),
            _ => false,
        }
    }
}
