//! Checkout Sessions: create, expire, list.
//!
//! Rules: <https://docs.stripe.com/api/checkout/sessions/create?api-version=2026-09-30.endive> and
//! payments.md §2.

use serde_json::Value;

use super::{list, payment_method_types_removed};
use crate::stripe::error::ApiError;
use crate::stripe::ids::new_id;
use crate::stripe::objects::method::{self, Method};
use crate::stripe::objects::session::{IntentData, LineItem, Session, Status};
use crate::stripe::objects::{Stored as _, session};
use crate::stripe::params::Reader;
use crate::stripe::world::{Cause, World};

const SHORTEST: i64 = 30 * 60;
const LONGEST: i64 = 24 * 3600;
/// The least a card can be charged in yen (<https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts>).
const MINIMUM_YEN: i64 = 50;
/// Eight digits (same page).
const MAXIMUM_YEN: i64 = 99_999_999;
const LOCALES: [&str; 8] = ["auto", "ja", "en", "en-GB", "ko", "zh", "zh-TW", "pt-BR"];

pub fn create(world: &mut World, mut params: Reader<'_>) -> Result<Value, ApiError> {
    if params.child("payment_method_types").is_some() {
        return Err(payment_method_types_removed());
    }
    let now = world.clock.now();
    let mode = params.required_text("mode", 40)?;
    if mode != "payment" {
        return Err(ApiError::invalid(format!(
            "This stand-in knows the mode payment only, not {mode}."
        ))
        .param("mode"));
    }
    params.choice("ui_mode", &["hosted_page"])?;
    params.choice("currency", &["jpy"])?;
    let success_url = params
        .web_address("success_url")?
        .ok_or_else(|| params.missing("success_url"))?;
    let line_items = line_items_of(&mut params)?;
    let expires_at = expiry(&mut params, now)?;
    let allowed = params.texts("allowed_payment_method_types");
    let excluded = params.texts("excluded_payment_method_types");
    let session = Session {
        id: new_id("cs_test_a1", 56),
        created: now,
        expires_at,
        status: Status::Open,
        paid: false,
        page_base: world.page_base.clone(),
        client_reference_id: params.text("client_reference_id", 200)?,
        customer_email: email(&mut params)?,
        metadata: params.metadata("metadata")?,
        success_url,
        cancel_url: params.web_address("cancel_url")?,
        locale: params.choice("locale", &LOCALES)?,
        submit_type: params.choice("submit_type", &["auto", "book", "donate", "pay"])?,
        method_types: method_types(world, &line_items, allowed.as_deref(), excluded.as_deref())?,
        line_items,
        allowed,
        excluded,
        konbini_days: konbini_days(&mut params)?,
        intent_data: intent_data(&mut params)?,
        payment_intent: None,
        payer: None,
    };
    params.finish()?;
    let answer = world.json(&session);
    world.sessions.insert(session.id.clone(), session);
    Ok(answer)
}

fn line_items_of(params: &mut Reader<'_>) -> Result<Vec<LineItem>, ApiError> {
    let items = params
        .children("line_items")
        .into_iter()
        .map(line_item)
        .collect::<Result<Vec<_>, _>>()?;
    if items.is_empty() {
        return Err(params.missing("line_items"));
    }
    let total = items
        .iter()
        .fold(0_i64, |sum, item| sum.saturating_add(item.total()));
    if total < MINIMUM_YEN {
        return Err(ApiError::refused(format!(
            "The Checkout Session's total amount due must add up to at least ¥{MINIMUM_YEN} jpy"
        ))
        .code("amount_too_small"));
    }
    if total > MAXIMUM_YEN {
        return Err(ApiError::refused(format!(
            "The Checkout Session's total amount due must be no more than ¥{MAXIMUM_YEN}"
        ))
        .code("amount_too_large"));
    }
    Ok(items)
}

fn line_item(mut item: Reader<'_>) -> Result<LineItem, ApiError> {
    let quantity = item
        .integer("quantity")?
        .ok_or_else(|| item.missing("quantity"))?;
    if quantity < 1 {
        return Err(at_least(1, &item.name("quantity")));
    }
    let Some(mut price) = item.child("price_data") else {
        return Err(item.missing("price_data"));
    };
    item.finish()?;
    price
        .choice("currency", &["jpy"])?
        .ok_or_else(|| price.missing("currency"))?;
    price.choice("tax_behavior", &["inclusive", "exclusive", "unspecified"])?;
    let unit_amount = price
        .integer("unit_amount")?
        .ok_or_else(|| price.missing("unit_amount"))?;
    if unit_amount < 0 {
        return Err(at_least(0, &price.name("unit_amount")));
    }
    let Some(mut product) = price.child("product_data") else {
        return Err(price.missing("product_data"));
    };
    price.finish()?;
    let name = product.required_text("name", 1000)?;
    let description = product.text("description", 1000)?;
    product.metadata("metadata")?;
    product.finish()?;
    Ok(LineItem {
        id: new_id("li_1", 23),
        price_id: new_id("price_1", 23),
        product_id: new_id("prod_", 14),
        name,
        description,
        unit_amount,
        quantity,
    })
}

fn at_least(least: i64, param: &str) -> ApiError {
    ApiError::invalid(format!(
        "This value must be greater than or equal to {least}."
    ))
    .code("parameter_invalid_integer")
    .param(param)
}

/// 30 minutes to 24 hours from creation; 24 hours when not said.
fn expiry(params: &mut Reader<'_>, now: i64) -> Result<i64, ApiError> {
    let Some(at) = params.integer("expires_at")? else {
        return Ok(now + LONGEST);
    };
    if at < now + SHORTEST {
        return Err(ApiError::invalid(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
        )
        .param("expires_at"));
    }
    if at > now + LONGEST {
        return Err(ApiError::invalid(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
        )
        .param("expires_at"));
    }
    Ok(at)
}

fn email(params: &mut Reader<'_>) -> Result<Option<String>, ApiError> {
    let Some(email) = params.text("customer_email", 800)? else {
        return Ok(None);
    };
    let plausible = email.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !email.contains(char::is_whitespace)
    });
    if plausible {
        return Ok(Some(email));
    }
    Err(ApiError::invalid(format!("Invalid email address: {email}"))
        .code("email_invalid")
        .param("customer_email"))
}

/// The dashboard's means, narrowed by the filters, the amount and nothing else. Filters that do
/// not fit are passed over in silence
/// (<https://docs.stripe.com/changelog/dahlia/2026-07-29/allowed-payment-method-types-parameter>).
fn method_types(
    world: &World,
    items: &[LineItem],
    allowed: Option<&[String]>,
    excluded: Option<&[String]>,
) -> Result<Vec<String>, ApiError> {
    if allowed.is_some() && excluded.is_some() {
        return Err(ApiError::invalid(
            "You may only specify one of these parameters: allowed_payment_method_types, \
             excluded_payment_method_types.",
        ));
    }
    for (param, names) in [
        ("allowed_payment_method_types", allowed),
        ("excluded_payment_method_types", excluded),
    ] {
        let mut names = names.unwrap_or_default().iter().enumerate();
        if let Some((place, name)) =
            names.find(|(_, name)| !method::FILTERABLE.contains(&name.as_str()))
        {
            return Err(
                ApiError::invalid(format!("Invalid payment method type: {name}"))
                    .param(&format!("{param}[{place}]")),
            );
        }
    }
    let total = items
        .iter()
        .fold(0, |sum, item| item.total().saturating_add(sum));
    let types: Vec<String> = world
        .methods_on
        .iter()
        .filter(|name| allowed.is_none_or(|allowed| allowed.contains(name)))
        .filter(|name| !excluded.unwrap_or_default().contains(name))
        .filter(|name| Method::offered(name, total))
        .cloned()
        .collect();
    if types.is_empty() {
        return Err(ApiError::refused(
            "No valid payment method types for this Checkout Session. Please ensure that you have \
             activated payment methods compatible with your chosen currency and amount.",
        ));
    }
    Ok(types)
}

fn konbini_days(params: &mut Reader<'_>) -> Result<i64, ApiError> {
    let default = 3;
    let Some(mut options) = params.child("payment_method_options") else {
        return Ok(default);
    };
    let mut days = default;
    if let Some(mut konbini) = options.child("konbini") {
        days = konbini.integer("expires_after_days")?.unwrap_or(default);
        if !(1..=60).contains(&days) {
            return Err(ApiError::invalid("This value must be between 1 and 60.")
                .param(&konbini.name("expires_after_days")));
        }
        konbini.finish()?;
    }
    if let Some(mut card) = options.child("card") {
        card.choice("request_three_d_secure", &["any", "automatic", "challenge"])?;
        card.finish()?;
    }
    options.finish()?;
    Ok(days)
}

fn intent_data(params: &mut Reader<'_>) -> Result<IntentData, ApiError> {
    let Some(mut data) = params.child("payment_intent_data") else {
        return Ok(IntentData::default());
    };
    data.choice("capture_method", &["automatic", "automatic_async"])?;
    let intent_data = IntentData {
        description: data.text("description", 1000)?,
        metadata: data.metadata("metadata")?,
        receipt_email: data.text("receipt_email", 800)?,
        statement_descriptor: data.text("statement_descriptor", 22)?,
        statement_descriptor_suffix: data.text("statement_descriptor_suffix", 22)?,
    };
    data.finish()?;
    Ok(intent_data)
}

pub fn expire(
    world: &mut World,
    id: &str,
    params: Reader<'_>,
    cause: &Cause,
) -> Result<Value, ApiError> {
    params.finish()?;
    let status = world
        .sessions
        .get(id)
        .map(|session| session.status)
        .ok_or_else(|| ApiError::missing(Session::KIND, id, "session"))?;
    if !world.expire_session(id, cause) {
        return Err(ApiError::refused(format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout \
             Session has a status of `{}`.",
            status.as_str()
        )));
    }
    world
        .sessions
        .get(id)
        .map(|session| world.json(session))
        .ok_or_else(|| ApiError::missing(Session::KIND, id, "session"))
}

pub fn list(world: &World, mut params: Reader<'_>) -> Result<Value, ApiError> {
    let intent = params.text("payment_intent", 200)?;
    let status = params.choice("status", &["open", "complete", "expired"])?;
    let email = match params.child("customer_details") {
        Some(mut details) => {
            let email = details.text("email", 800)?;
            details.finish()?;
            email
        }
        None => None,
    };
    let wanted = world.sessions.values().filter(|session| {
        intent
            .as_ref()
            .is_none_or(|id| session.payment_intent.as_ref() == Some(id))
            && status
                .as_ref()
                .is_none_or(|status| session.status.as_str() == status)
            && email
                .as_ref()
                .is_none_or(|email| payer_email(session) == Some(email))
    });
    list::page(world, wanted, params)
}

fn payer_email(session: &session::Session) -> Option<&String> {
    session
        .payer
        .as_ref()
        .and_then(|payer| payer.email.as_ref())
}

pub fn line_items(world: &World, id: &str, mut params: Reader<'_>) -> Result<Value, ApiError> {
    params.integer("limit")?;
    params.finish()?;
    let session = world
        .sessions
        .get(id)
        .ok_or_else(|| ApiError::missing(Session::KIND, id, "session"))?;
    Ok(session.line_items_json())
}
