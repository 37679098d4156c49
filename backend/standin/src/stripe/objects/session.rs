//! Checkout Session (決済画面の受付).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Stored;

/// `open` → `complete` | `expired`; never back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Can be paid.
    Open,
    /// Was paid, or a voucher was issued.
    Complete,
    /// Ran out or was ended by the merchant.
    Expired,
}

impl Status {
    /// Stripe's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::Expired => "expired",
        }
    }
}

/// One thing being paid for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LineItem {
    /// `li_…`
    pub id: String,
    /// `price_…`
    pub price_id: String,
    /// `prod_…`
    pub product_id: String,
    /// The product's name, shown on the page.
    pub name: String,
    /// A second line under it.
    pub description: Option<String>,
    /// Yen, tax included.
    pub unit_amount: i64,
    /// How many.
    pub quantity: i64,
}

impl LineItem {
    /// Yen, tax included.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.unit_amount.saturating_mul(self.quantity)
    }

    fn to_json(&self, created: i64) -> Value {
        json!({
            "id": self.id,
            "object": "item",
            "adjustable_quantity": null,
            "amount_discount": 0,
            "amount_subtotal": self.total(),
            "amount_tax": 0,
            "amount_total": self.total(),
            "currency": "jpy",
            "description": self.name,
            "metadata": {},
            "price": {
                "id": self.price_id,
                "object": "price",
                "active": false,
                "billing_scheme": "per_unit",
                "created": created,
                "currency": "jpy",
                "custom_unit_amount": null,
                "livemode": false,
                "lookup_key": null,
                "metadata": {},
                "nickname": null,
                "product": self.product_id,
                "recurring": null,
                "tax_behavior": "unspecified",
                "tiers_mode": null,
                "transform_quantity": null,
                "type": "one_time",
                "unit_amount": self.unit_amount,
                "unit_amount_decimal": self.unit_amount.to_string(),
            },
            "quantity": self.quantity,
        })
    }
}

/// `payment_intent_data`: what the PaymentIntent will carry. Not the session's own metadata.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct IntentData {
    /// Shown in the dashboard.
    pub description: Option<String>,
    /// The PaymentIntent's own metadata.
    pub metadata: BTreeMap<String, String>,
    /// Where Stripe mails its receipt.
    pub receipt_email: Option<String>,
    /// What stands on the card statement.
    pub statement_descriptor: Option<String>,
    /// Its second part.
    pub statement_descriptor_suffix: Option<String>,
}

/// Who paid, as typed on the hosted page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Payer {
    /// E-mail address.
    pub email: Option<String>,
    /// Name on the card.
    pub name: Option<String>,
}

/// A stored Checkout Session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Session {
    /// `cs_test_…`
    pub id: String,
    /// Unix seconds.
    pub created: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Where it stands.
    pub status: Status,
    /// Whether the money is there.
    pub paid: bool,
    /// The base under which the hosted page is reached.
    pub page_base: String,
    /// The merchant's own reference.
    pub client_reference_id: Option<String>,
    /// Prefills the page.
    pub customer_email: Option<String>,
    /// The session's own metadata.
    pub metadata: BTreeMap<String, String>,
    /// Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` is replaced.
    pub success_url: String,
    /// Where the back link leads.
    pub cancel_url: Option<String>,
    /// `ja`, `en`, `auto`, …
    pub locale: Option<String>,
    /// `auto`, `pay`, `book`, `donate`.
    pub submit_type: Option<String>,
    /// What is paid for.
    pub line_items: Vec<LineItem>,
    /// What can be paid with, after the filters.
    pub method_types: Vec<String>,
    /// The filter as sent.
    pub allowed: Option<Vec<String>>,
    /// The other filter as sent.
    pub excluded: Option<Vec<String>>,
    /// Konbini: the voucher lapses at the end (JST) of this many days.
    pub konbini_days: i64,
    /// What the PaymentIntent will carry.
    pub intent_data: IntentData,
    /// Null until the first confirmation (API change 2022-08-01).
    pub payment_intent: Option<String>,
    /// Null until confirmation.
    pub payer: Option<Payer>,
}

impl Session {
    /// Yen, tax included.
    #[must_use]
    pub fn amount(&self) -> i64 {
        self.line_items
            .iter()
            .fold(0, |sum, item| sum.saturating_add(item.total()))
    }

    /// `GET …/line_items` and the expanded field.
    #[must_use]
    pub fn line_items_json(&self) -> Value {
        let data: Vec<Value> = self
            .line_items
            .iter()
            .map(|i| i.to_json(self.created))
            .collect();
        json!({
            "object": "list",
            "data": data,
            "has_more": false,
            "url": format!("{}/{}/line_items", Self::URL, self.id),
        })
    }

    fn payment_method_options(&self) -> Value {
        let mut options = serde_json::Map::new();
        for name in &self.method_types {
            let option = match name.as_str() {
                "card" => json!({ "request_three_d_secure": "automatic" }),
                "konbini" => json!({ "expires_after_days": self.konbini_days }),
                _ => continue,
            };
            options.insert(name.clone(), option);
        }
        Value::Object(options)
    }
}

impl Stored for Session {
    const KIND: &'static str = "checkout.session";
    const URL: &'static str = "/v1/checkout/sessions";

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn to_json(&self) -> Value {
        let open = self.status == Status::Open;
        let amount = self.amount();
        let mut value = json!({
            "id": self.id,
            "object": "checkout.session",
            "adaptive_pricing": { "enabled": false },
            "after_expiration": null,
            "allow_promotion_codes": null,
            "allowed_payment_method_types": self.allowed,
            "amount_subtotal": amount,
            "amount_total": amount,
            "automatic_tax":
                { "enabled": false, "liability": null, "provider": null, "status": null },
            "billing_address_collection": null,
            "cancel_url": self.cancel_url,
            "client_reference_id": self.client_reference_id,
            "client_secret": null,
            "collected_information": null,
            "consent": null,
            "consent_collection": null,
            "created": self.created,
            "currency": "jpy",
            "currency_conversion": null,
            "custom_fields": [],
            "custom_text": {
                "after_submit": null,
                "shipping_address": null,
                "submit": null,
                "terms_of_service_acceptance": null,
            },
            "customer": null,
            "customer_account": null,
            "customer_creation": "if_required",
            "customer_details": self.payer.as_ref().map(|payer| json!({
                "address": null,
                "business_name": null,
                "email": payer.email,
                "individual_name": null,
                "name": payer.name,
                "phone": null,
                "tax_exempt": "none",
                "tax_ids": [],
            })),
            "customer_email": self.customer_email,
            "discounts": [],
            "expires_at": self.expires_at,
            "integration_identifier": null,
            "invoice": null,
            "invoice_creation": null,
            "livemode": false,
            "locale": self.locale,
            "managed_payments": { "enabled": false },
            "metadata": self.metadata,
            "mode": "payment",
            "origin_context": null,
            "payment_intent": self.payment_intent,
            "payment_link": null,
            "payment_method_collection": "if_required",
            "payment_method_configuration_details": { "id": "pmc_standin", "parent": null },
            "payment_method_options": self.payment_method_options(),
            "payment_method_types": self.method_types,
            "payment_status": if self.paid { "paid" } else { "unpaid" },
            "permissions": null,
            "phone_number_collection": { "enabled": false },
            "recovered_from": null,
            "saved_payment_method_options": null,
            "setup_intent": null,
            "shipping_address_collection": null,
            "shipping_cost": null,
            "shipping_options": [],
            "status": self.status.as_str(),
            "submit_type": self.submit_type,
            "subscription": null,
            "success_url": self.success_url,
            "total_details":
                { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
            "ui_mode": "hosted_page",
            "url": open.then(|| format!("{}/c/pay/{}", self.page_base, self.id)),
            "wallet_options": null,
        });
        if let (Some(excluded), Some(fields)) = (&self.excluded, value.as_object_mut()) {
            fields.insert("excluded_payment_method_types".into(), json!(excluded));
        }
        value
    }
}
