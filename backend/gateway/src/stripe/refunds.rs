//! Money on its way back: Stripe's Refunds.

use std::collections::HashMap;

use domain::ids::RefundId;
use domain::payment::{RefundProgress, RefundSeen};
use stripe_core::refund::{CreateRefund, ListRefund, RetrieveRefund};
use stripe_shared::Refund;
use stripe_types::Expandable;
use usecases::ports::payments::{Doubt, GatewayFailure, RefundAnswer, RefundRequest};

use super::StripeGateway;
use super::checkout::{MUNICIPALITY, instant};

const REFUND: &str = "refund_id";

pub async fn create(
    gateway: &StripeGateway,
    request: &RefundRequest,
) -> Result<RefundAnswer, GatewayFailure> {
    let metadata = HashMap::from([
        (MUNICIPALITY.to_owned(), request.municipality.to_string()),
        ("payment_id".to_owned(), request.payment.to_string()),
        (REFUND.to_owned(), request.refund.to_string()),
    ]);
    let create = CreateRefund::new()
        .payment_intent(&request.intent)
        .amount(request.amount.as_i64())
        .metadata(metadata);
    answer(
        gateway
            .ask_once("refund.create", &create, &request.key)
            .await?,
    )
}

pub async fn retrieve(
    gateway: &StripeGateway,
    provider_id: &str,
) -> Result<RefundAnswer, GatewayFailure> {
    answer(
        gateway
            .ask("refund.retrieve", &RetrieveRefund::new(provider_id))
            .await?,
    )
}

pub async fn of_intent(
    gateway: &StripeGateway,
    intent: &str,
) -> Result<Vec<RefundAnswer>, GatewayFailure> {
    let page = |after: Option<&str>| {
        let list = ListRefund::new().payment_intent(intent).limit(100_i64);
        match after {
            Some(id) => list.starting_after(id),
            None => list,
        }
    };
    let keep = |refund: Refund| answer(refund).map(Some);
    let mut refunds = gateway
        .ask_all("refund.list", page, |refund| refund.id.as_str(), keep)
        .await?;
    refunds.reverse();
    Ok(refunds)
}

fn answer(refund: Refund) -> Result<RefundAnswer, GatewayFailure> {
    let metadata = refund.metadata.as_ref();
    let named = metadata.and_then(|metadata| metadata.get(REFUND)?.parse::<RefundId>().ok());
    let intent = refund.payment_intent.as_ref().map(|intent| match intent {
        Expandable::Id(id) => id.to_string(),
        Expandable::Object(intent) => intent.id.to_string(),
    });
    Ok(RefundAnswer {
        refund: named,
        intent,
        amount: refund.amount,
        currency: refund.currency.to_string(),
        created: instant(refund.created)?,
        seen: RefundSeen {
            progress: progress(&refund)?,
            provider_id: refund.id.to_string(),
        },
    })
}

fn progress(refund: &Refund) -> Result<RefundProgress, GatewayFailure> {
    match refund.status.as_deref() {
        Some("pending") => Ok(RefundProgress::Pending),
        Some("requires_action") => Ok(RefundProgress::NeedsPayer),
        Some("succeeded") => Ok(RefundProgress::Succeeded),
        Some(status @ ("failed" | "canceled")) => Ok(RefundProgress::Failed {
            reason: refund
                .failure_reason
                .clone()
                .unwrap_or_else(|| status.to_owned()),
        }),
        Some(_) | None => Err(GatewayFailure::Unknown(Doubt::Unreadable)),
    }
}
