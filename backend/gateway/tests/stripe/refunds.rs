//! Money on its way back.

use domain::ids::RefundId;
use domain::payment::RefundProgress;
use standin::stripe::{Mischief, Operation, RefundStatus};
use usecases::ports::payments::{Doubt, GatewayFailure, PaymentGateway};
use uuid::Uuid;

use crate::town::Town;

#[tokio::test]
async fn refunds_in_parts_never_exceed_what_was_paid() {
    let town = Town::new().await;
    let intent = town.paid(1).await;
    let first = town
        .gateway
        .refund(&town.refund(1, &intent, 1_400))
        .await
        .unwrap();
    assert_eq!(first.refund, Some(RefundId(Uuid::from_u128(1))));
    assert_eq!(first.intent.as_deref(), Some(intent.as_str()));
    assert_eq!((first.amount, first.currency.as_str()), (1_400, "jpy"));
    assert_eq!(first.seen.progress, RefundProgress::Succeeded);

    let too_much = town.gateway.refund(&town.refund(2, &intent, 1_001)).await;
    assert!(
        matches!(too_much, Err(GatewayFailure::Refused { .. })),
        "{too_much:?}"
    );
    let rest = town
        .gateway
        .refund(&town.refund(3, &intent, 1_000))
        .await
        .unwrap();
    let again = town.gateway.refund(&town.refund(4, &intent, 1)).await;
    let spent = GatewayFailure::Refused {
        code: "charge_already_refunded".into(),
    };
    assert_eq!(again, Err(spent));

    assert_eq!(
        town.gateway.refunds_of(&intent).await,
        Ok(vec![first, rest])
    );
    assert_eq!(town.control.balance().gross, 0);
}

/// Tests 10 and 13 for money that leaves: whatever becomes of the answer, it leaves once.
#[tokio::test]
async fn a_refund_whose_answer_is_lost_leaves_once() {
    for mischief in [
        Mischief::DropConnection,
        Mischief::Html502,
        Mischief::TruncatedJson,
        Mischief::MissingField {
            field: "amount".into(),
        },
    ] {
        let town = Town::new().await;
        let intent = town.paid(1).await;
        let request = town.refund(1, &intent, 2_400);
        town.once(Operation::RefundCreate, mischief.clone());
        let answer = town.gateway.refund(&request).await.unwrap();
        assert_eq!(
            town.restarted().refund(&request).await,
            Ok(answer),
            "{mischief:?}"
        );
        assert_eq!(town.control.balance().refunded, 2_400, "{mischief:?}");
    }
}

/// Test 11 for money that leaves: the kept 500 hides a refund that was made; the list shows it.
#[tokio::test]
async fn a_refund_behind_a_kept_500_is_found_by_its_payment() {
    let town = Town::new().await;
    let intent = town.paid(1).await;
    let request = town.refund(1, &intent, 2_400);
    town.once(Operation::RefundCreate, Mischief::Error500);
    let unknown = Err(GatewayFailure::Unknown(Doubt::Server(500)));
    assert_eq!(town.gateway.refund(&request).await, unknown);
    let found = town.gateway.refunds_of(&intent).await.unwrap();
    let names: Vec<Option<RefundId>> = found.iter().map(|answer| answer.refund).collect();
    assert_eq!(names, [Some(request.refund)]);
}

/// Test 22, our half: every turn of a refund is seen, a failure days after success included.
#[tokio::test]
async fn a_refund_is_seen_in_every_state() {
    let town = Town::new().await;
    for (number, begins, seen) in [
        (1, RefundStatus::Pending, RefundProgress::Pending),
        (2, RefundStatus::RequiresAction, RefundProgress::NeedsPayer),
        (3, RefundStatus::Succeeded, RefundProgress::Succeeded),
    ] {
        let intent = town.paid(number).await;
        town.control.refunds_begin(begins);
        let answer = town
            .gateway
            .refund(&town.refund(number, &intent, 2_400))
            .await
            .unwrap();
        assert_eq!(answer.seen.progress, seen);

        let id = &answer.seen.provider_id;
        let reason = Some("expired_or_canceled_card");
        town.control
            .turn_refund(id, RefundStatus::Failed, reason)
            .unwrap();
        let later = town.gateway.retrieve_refund(id).await.unwrap();
        let failed = RefundProgress::Failed {
            reason: "expired_or_canceled_card".into(),
        };
        assert_eq!(later.seen.progress, failed);
        assert_eq!(town.control.balance().refunded, 0);
    }
}
