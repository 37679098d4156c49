//! Payment pages: Stripe's Checkout Sessions.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{MunicipalityId, PaymentId};
use domain::payment::{PaymentMethod, SessionId, SessionProgress, SessionSeen};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes as Allowed,
    CreateCheckoutSessionLineItems as LineItem,
    CreateCheckoutSessionLineItemsPriceData as PriceData,
    CreateCheckoutSessionPaymentIntentData as IntentData,
    CreateCheckoutSessionPaymentMethodOptions as MethodOptions,
    CreateCheckoutSessionPaymentMethodOptionsKonbini as KonbiniOptions, ExpireCheckoutSession,
    ListCheckoutSession, ProductData, RetrieveCheckoutSession,
};
use stripe_shared::{
    Charge, CheckoutSession, CheckoutSessionLocale, CheckoutSessionMode,
    CheckoutSessionPaymentStatus as PaymentStatus, CheckoutSessionStatus as Status,
    CheckoutSessionSubmitType, PaymentIntent,
};
use stripe_types::{Currency, Expandable, RangeQueryTs};
use usecases::ports::payments::{CheckoutAnswer, CheckoutRequest, Doubt, GatewayFailure};

use super::{StripeGateway, voucher};

/// Our ids as they stand in Stripe's metadata.
pub const MUNICIPALITY: &str = "municipality_id";
const PAYMENT: &str = "payment_id";
const RESERVATION: &str = "reservation_number";

/// How far our clock and Stripe's may differ when looking for pages by their time.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(5);

pub const UNREADABLE: GatewayFailure = GatewayFailure::Unknown(Doubt::Unreadable);

pub async fn open(
    gateway: &StripeGateway,
    request: &CheckoutRequest,
) -> Result<CheckoutAnswer, GatewayFailure> {
    let session = gateway
        .ask_once("checkout.session.create", &create(request), &request.key)
        .await?;
    answer(session)
}

pub async fn retrieve(
    gateway: &StripeGateway,
    session: &SessionId,
) -> Result<CheckoutAnswer, GatewayFailure> {
    // The charge tells when and by what means it was paid.
    let request = RetrieveCheckoutSession::new(session.0.as_str())
        .expand(vec!["payment_intent.latest_charge".to_owned()]);
    answer(gateway.ask("checkout.session.retrieve", &request).await?)
}

pub async fn expire(
    gateway: &StripeGateway,
    session: &SessionId,
) -> Result<CheckoutAnswer, GatewayFailure> {
    let request = ExpireCheckoutSession::new(session.0.as_str());
    match gateway.ask("checkout.session.expire", &request).await {
        Ok(session) => answer(session),
        // Only open pages can be closed; how this one ended is what the caller needs to know.
        Err(GatewayFailure::Refused { .. }) => retrieve(gateway, session).await,
        Err(failure) => Err(failure),
    }
}

pub async fn find(
    gateway: &StripeGateway,
    payment: PaymentId,
    created_since: DateTime<Utc>,
) -> Result<Vec<CheckoutAnswer>, GatewayFailure> {
    let since = RangeQueryTs::gte((created_since - CLOCKS_DIFFER).timestamp());
    let page = |after: Option<&str>| {
        let list = ListCheckoutSession::new().created(since).limit(100_i64);
        match after {
            Some(id) => list.starting_after(id),
            None => list,
        }
    };
    let ours = |session: CheckoutSession| {
        Ok((reference(&session) == Some(payment)).then(|| SessionId(session.id.to_string())))
    };
    let mut found = Vec::new();
    let sessions = gateway
        .ask_all(
            "checkout.session.list",
            page,
            |session| session.id.as_str(),
            ours,
        )
        .await?;
    for session in &sessions {
        found.push(retrieve(gateway, session).await?);
    }
    Ok(found)
}

/// The request, by nothing but what is frozen: the same at every try.
fn create(request: &CheckoutRequest) -> CreateCheckoutSession {
    let metadata = HashMap::from([
        (MUNICIPALITY.to_owned(), request.municipality.to_string()),
        (PAYMENT.to_owned(), request.payment.to_string()),
        (RESERVATION.to_owned(), request.reservation_number.clone()),
    ]);
    let mut price = PriceData::new(Currency::JPY);
    // Yen have no smaller unit: 1,200 円 is 1200.
    price.unit_amount = Some(request.amount.as_i64());
    price.product_data = Some(ProductData::new(&request.product_name));
    let mut line = LineItem::new();
    line.price_data = Some(price);
    line.quantity = Some(1);
    // The session's metadata does not reach the PaymentIntent, whose own is seen with disputes.
    let mut intent = IntentData::new();
    intent.description = Some(request.reservation_number.clone());
    intent.metadata = Some(metadata.clone());

    let create = CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        .locale(CheckoutSessionLocale::Ja)
        .submit_type(CheckoutSessionSubmitType::Pay)
        .client_reference_id(request.payment.to_string())
        .metadata(metadata)
        .payment_intent_data(intent)
        .line_items(vec![line])
        .allowed_payment_method_types(
            request
                .methods
                .iter()
                .map(|method| allowed(*method))
                .collect::<Vec<_>>(),
        )
        .success_url(&request.success_url)
        .cancel_url(&request.cancel_url)
        .expires_at(request.expires_at.timestamp());
    let create = match request.voucher_days {
        Some(days) => create.payment_method_options(voucher_options(days)),
        None => create,
    };
    match &request.email {
        Some(email) => create.customer_email(email.reveal()),
        None => create,
    }
}

/// How long a voucher lives: to 23:59:59 in Japan, so many days after it was issued.
fn voucher_options(days: u8) -> MethodOptions {
    let mut konbini = KonbiniOptions::new();
    konbini.expires_after_days = Some(u32::from(days));
    let mut options = MethodOptions::new();
    options.konbini = Some(konbini);
    options
}

fn allowed(method: PaymentMethod) -> Allowed {
    match method {
        PaymentMethod::Card => Allowed::Card,
        PaymentMethod::PayPay => Allowed::Paypay,
        PaymentMethod::Konbini => Allowed::Konbini,
    }
}

/// Which attempt of ours a page names. Two references that contradict each other name none.
fn reference(session: &CheckoutSession) -> Option<PaymentId> {
    let parse = |text: &String| text.parse::<PaymentId>().ok();
    let in_metadata = session
        .metadata
        .as_ref()
        .and_then(|metadata| metadata.get(PAYMENT));
    match (session.client_reference_id.as_ref(), in_metadata) {
        (Some(one), Some(other)) => parse(one).filter(|one| parse(other) == Some(*one)),
        (Some(one), None) | (None, Some(one)) => parse(one),
        (None, None) => None,
    }
}

fn answer(session: CheckoutSession) -> Result<CheckoutAnswer, GatewayFailure> {
    let charge = charge(&session);
    let municipality = session
        .metadata
        .as_ref()
        .and_then(|metadata| metadata.get(MUNICIPALITY));
    let (Some(amount), Some(currency)) = (session.amount_total, &session.currency) else {
        return Err(UNREADABLE);
    };
    Ok(CheckoutAnswer {
        payment: reference(&session),
        municipality: municipality.and_then(|id| id.parse::<MunicipalityId>().ok()),
        created: instant(session.created)?,
        seen: SessionSeen {
            progress: progress(&session, charge)?,
            session: SessionId(session.id.to_string()),
            amount,
            currency: currency.to_string(),
            live: session.livemode,
        },
    })
}

fn progress(
    session: &CheckoutSession,
    charge: Option<&Charge>,
) -> Result<SessionProgress, GatewayFailure> {
    match (&session.status, &session.payment_status) {
        (Some(Status::Open), _) => Ok(SessionProgress::Open {
            url: session.url.clone().ok_or(UNREADABLE)?,
            expires_at: instant(session.expires_at)?,
        }),
        (Some(Status::Expired), _) => Ok(SessionProgress::Expired),
        (Some(Status::Complete), PaymentStatus::Unpaid) => voucher::progress(intent(session)),
        (Some(Status::Complete), PaymentStatus::Paid) => {
            let charge = charge.ok_or(UNREADABLE)?;
            Ok(SessionProgress::CompletePaid {
                intent: intent(session).ok_or(UNREADABLE)?.id.to_string(),
                entrusted_at: instant(charge.created)?,
                method: method(charge),
            })
        }
        // No page of ours is free of charge, and a state we do not know is no state to act on.
        _ => Err(UNREADABLE),
    }
}

fn intent(session: &CheckoutSession) -> Option<&PaymentIntent> {
    session
        .payment_intent
        .as_ref()
        .and_then(Expandable::as_object)
}

fn charge(session: &CheckoutSession) -> Option<&Charge> {
    intent(session)?
        .latest_charge
        .as_ref()
        .and_then(Expandable::as_object)
}

fn method(charge: &Charge) -> Option<PaymentMethod> {
    match charge.payment_method_details.as_ref()?.type_.as_str() {
        "card" => Some(PaymentMethod::Card),
        "paypay" => Some(PaymentMethod::PayPay),
        "konbini" => Some(PaymentMethod::Konbini),
        _ => None,
    }
}

/// Stripe's seconds as an instant.
pub fn instant(seconds: stripe_types::Timestamp) -> Result<DateTime<Utc>, GatewayFailure> {
    DateTime::from_timestamp(seconds, 0).ok_or(UNREADABLE)
}
