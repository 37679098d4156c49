//! Payment pages with every kind of trouble on the way.

use std::time::Duration;

use domain::payment::SessionProgress;
use standin::stripe::{Fault, Mischief, Operation, Pay};
use tokio::task::JoinSet;
use usecases::ports::payments::{CheckoutRequest, Doubt, GatewayFailure, PaymentGateway};

use crate::town::Town;

/// Test 10: the answer is lost after the page was made; the same key gets it again.
#[tokio::test]
async fn a_lost_answer_is_asked_for_again_under_the_same_key() {
    let town = Town::new().await;
    town.once(Operation::SessionCreate, Mischief::DropConnection);
    let answer = town.open(1).await;
    assert!(matches!(answer.seen.progress, SessionProgress::Open { .. }));
    assert_eq!(town.control.sessions(), [answer.seen.session.0]);

    let calls = town.calls(Operation::SessionCreate);
    assert_eq!(calls.len(), 2);
    assert!(
        calls
            .iter()
            .all(|call| call.idempotency_key == calls[0].idempotency_key)
    );
    assert!(calls[1].replayed);
}

/// Test 11: a 500 that the key keeps is seen again and again; looking finds what was made.
#[tokio::test]
async fn a_kept_500_leaves_the_outcome_unknown_and_the_list_tells_it() {
    let town = Town::new().await;
    let request = town.request(1);
    town.once(Operation::SessionCreate, Mischief::Error500);
    let unknown = Err(GatewayFailure::Unknown(Doubt::Server(500)));
    assert_eq!(town.gateway.open_checkout(&request).await, unknown);
    assert_eq!(
        town.gateway.open_checkout(&request).await,
        unknown,
        "also later"
    );
    let replayed = town
        .calls(Operation::SessionCreate)
        .iter()
        .filter(|call| call.replayed)
        .count();
    assert_eq!(replayed, 5);

    let since = request.expires_at - chrono::TimeDelta::hours(1);
    let found = town
        .gateway
        .find_by_reference(request.payment, since)
        .await
        .unwrap();
    let [page] = found.as_slice() else {
        unreachable!("one page, not {found:?}")
    };
    town.control
        .pay(&page.seen.session.0, &Pay::default())
        .unwrap();
    assert_eq!(town.control.balance().charged, 2_400);
}

/// Test 11, the other half: the 500 came before anything was made.
#[tokio::test]
async fn a_kept_500_that_made_nothing_is_found_to_have_made_nothing() {
    let town = Town::new().await;
    let request = town.request(1);
    let fault = Fault::once(Operation::SessionCreate, Mischief::Error500).before_commit();
    town.control.set_fault(fault);
    assert!(matches!(
        town.gateway.open_checkout(&request).await,
        Err(GatewayFailure::Unknown(_))
    ));
    let since = request.expires_at - chrono::TimeDelta::hours(1);
    assert_eq!(
        town.gateway.find_by_reference(request.payment, since).await,
        Ok(vec![])
    );
}

/// Test 12: a minute passes at Stripe between tries, a process dies, and the parameters stay.
#[tokio::test]
async fn a_later_try_sends_the_very_same_parameters() {
    let town = Town::new().await;
    let request = town.request(1);
    let stored = serde_json::to_string(&request).unwrap();
    town.once(Operation::SessionCreate, Mischief::Html502);
    let first = town.gateway.open_checkout(&request).await.unwrap();

    town.control.advance_clock(60);
    let frozen: CheckoutRequest = serde_json::from_str(&stored).unwrap();
    let again = town.restarted().open_checkout(&frozen).await.unwrap();
    assert_eq!(again, first);
    let calls = town.calls(Operation::SessionCreate);
    assert_eq!(calls.len(), 3);
    assert!(calls.iter().all(|call| call.params == calls[0].params));
}

/// Test 12, what it guards against: Stripe refuses a key whose parameters moved, although the page
/// exists. Called a refusal, the attempt would be given up with its page still open.
#[tokio::test]
async fn a_parameter_that_moved_is_not_taken_for_a_refusal() {
    let town = Town::new().await;
    let mut request = town.request(1);
    town.gateway.open_checkout(&request).await.unwrap();
    request.expires_at += chrono::TimeDelta::seconds(1);
    let unknown = Err(GatewayFailure::Unknown(Doubt::ParametersChanged));
    assert_eq!(town.gateway.open_checkout(&request).await, unknown);
}

/// Test 13.
#[tokio::test]
async fn an_answer_that_cannot_be_read_is_unknown_never_failed() {
    for mischief in [
        Mischief::Html502,
        Mischief::TruncatedJson,
        Mischief::MissingField {
            field: "payment_status".into(),
        },
        Mischief::MissingField {
            field: "amount_total".into(),
        },
    ] {
        let town = Town::new().await;
        let request = town.request(1);
        town.always(Operation::SessionCreate, mischief.clone());
        let unknown = Err(GatewayFailure::Unknown(Doubt::Unreadable));
        assert_eq!(
            town.gateway.open_checkout(&request).await,
            unknown,
            "{mischief:?}"
        );

        town.control.clear_faults();
        let answer = town.gateway.open_checkout(&request).await.unwrap();
        assert_eq!(
            town.control.sessions(),
            [answer.seen.session.0],
            "{mischief:?}"
        );
    }
}

/// Test 14: silence is bounded, and others are served meanwhile.
#[tokio::test]
async fn silence_ends_in_unknown_and_holds_nobody_else_up() {
    let town = Town::impatient().await;
    let other = town.open(100).await.seen.session;
    town.always(Operation::SessionCreate, Mischief::Hang { seconds: 600 });
    let mut waiting = JoinSet::new();
    for number in 1..=30 {
        let (gateway, request) = (town.gateway.clone(), town.request(number));
        waiting.spawn(async move { gateway.open_checkout(&request).await });
    }
    for failure in waiting.join_all().await {
        assert!(
            matches!(failure, Err(GatewayFailure::Unknown(_))),
            "{failure:?}"
        );
    }
    assert!(town.gateway.retrieve(&other).await.is_ok());
}

/// Test 14: however long one try may take, all together end at the total.
#[tokio::test]
async fn the_total_bounds_all_tries_together() {
    let town = Town::with_patience(gateway::stripe::Patience {
        total: Duration::from_millis(100),
        per_try: Duration::from_secs(600),
        ..Default::default()
    })
    .await;
    town.always(Operation::SessionCreate, Mischief::Hang { seconds: 600 });
    let unknown = Err(GatewayFailure::Unknown(Doubt::Timeout));
    assert_eq!(town.gateway.open_checkout(&town.request(1)).await, unknown);
}

/// Test 14: 429 with Retry-After.
#[tokio::test]
async fn too_many_requests_are_tried_again_a_few_times_and_made_nothing() {
    let town = Town::new().await;
    town.once(
        Operation::SessionCreate,
        Mischief::RateLimited { retry_after: 1 },
    );
    assert!(town.gateway.open_checkout(&town.request(1)).await.is_ok());
    assert_eq!(town.waits.waited().len(), 1);

    town.always(
        Operation::SessionCreate,
        Mischief::RateLimited { retry_after: 3_600 },
    );
    let later = Err(GatewayFailure::RateLimited);
    assert_eq!(town.gateway.open_checkout(&town.request(2)).await, later);
    assert_eq!(town.calls(Operation::SessionCreate).len(), 2 + 3);
    assert_eq!(town.control.sessions().len(), 1);
}

/// A door that is shut now says nothing about a request that got in before.
#[tokio::test]
async fn being_turned_away_does_not_settle_an_earlier_doubt() {
    let town = Town::new().await;
    town.once(Operation::SessionCreate, Mischief::DropConnection);
    town.always(
        Operation::SessionCreate,
        Mischief::RateLimited { retry_after: 1 },
    );
    let unknown = Err(GatewayFailure::Unknown(Doubt::Connection));
    assert_eq!(town.gateway.open_checkout(&town.request(1)).await, unknown);
    assert_eq!(town.control.sessions().len(), 1, "and it had indeed got in");
}

/// Test 16, our half: while a page cannot be closed nobody is told that it is.
#[tokio::test]
async fn a_page_that_cannot_be_closed_is_not_reported_closed() {
    let town = Town::new().await;
    let session = town.open(1).await.seen.session;
    let fault = Fault::once(Operation::SessionExpire, Mischief::Unavailable).standing();
    town.control.set_fault(fault.before_commit());
    assert!(matches!(
        town.gateway.expire(&session).await,
        Err(GatewayFailure::Unknown(_))
    ));

    town.control.clear_faults();
    town.once(Operation::SessionExpire, Mischief::DropConnection);
    let closed = town.gateway.expire(&session).await.unwrap();
    assert_eq!(closed.seen.progress, SessionProgress::Expired);
}
