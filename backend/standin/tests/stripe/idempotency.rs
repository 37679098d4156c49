//! <https://docs.stripe.com/api/idempotent_requests>, one test for each sentence.

use axum::body::Body;
use standin::stripe::{Fault, Mischief, Operation};

use crate::shop::{Shop, basket};

const CREATE: &str = "/v1/checkout/sessions";

/// "Subsequent requests with the same key return the same result."
#[tokio::test]
async fn the_same_key_and_parameters_give_the_same_answer_and_one_session() {
    let shop = Shop::open().await;
    let first = shop.post_keyed(CREATE, &basket(1200), "k").await;
    let again = shop.post_keyed(CREATE, &basket(1200), "k").await;
    assert_eq!(first.body, again.body);
    assert_eq!(first.header("idempotent-replayed"), None);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.header("original-request"), first.header("request-id"));
    assert_eq!(shop.control().sessions().len(), 1);
}

/// The answer is the first one's even when the object has changed since.
#[tokio::test]
async fn a_replay_shows_the_object_as_it_was() {
    let shop = Shop::open().await;
    let first = shop.post_keyed(CREATE, &basket(1200), "k").await;
    shop.post(&format!("{CREATE}/{}/expire", first.text("/id")), &[])
        .await;
    assert_eq!(
        shop.post_keyed(CREATE, &basket(1200), "k")
            .await
            .text("/status"),
        "open"
    );
}

/// "… including 500 errors."
#[tokio::test]
async fn a_saved_500_is_replayed_although_the_work_was_done() {
    let shop = Shop::open().await;
    shop.control()
        .set_fault(Fault::once(Operation::SessionCreate, Mischief::Error500));
    for _ in 0..2 {
        assert_eq!(
            shop.post_keyed(CREATE, &basket(1200), "k").await.status,
            500
        );
    }
    assert_eq!(
        shop.control().sessions().len(),
        1,
        "recovery by list finds it"
    );
    assert_eq!(
        shop.post_keyed(CREATE, &basket(1200), "other").await.status,
        200
    );
}

#[tokio::test]
async fn a_saved_500_may_also_have_done_nothing() {
    let shop = Shop::open().await;
    let fault = Fault::once(Operation::SessionCreate, Mischief::Error500).before_commit();
    shop.control().set_fault(fault);
    for _ in 0..2 {
        assert_eq!(
            shop.post_keyed(CREATE, &basket(1200), "k").await.status,
            500
        );
    }
    assert_eq!(shop.control().sessions().len(), 0);
}

/// "… compares incoming parameters to those of the original request and errors if they're not the
/// same."
#[tokio::test]
async fn the_same_key_with_other_parameters_is_an_idempotency_error() {
    let shop = Shop::open().await;
    shop.post_keyed(CREATE, &basket(1200), "k").await;
    let refused = shop.post_keyed(CREATE, &basket(1300), "k").await;
    assert_eq!(refused.error(), (400, "idempotency_error".into(), None));
    let elsewhere = shop.post_keyed("/v1/refunds", &basket(1200), "k").await;
    assert_eq!(elsewhere.error(), (400, "idempotency_error".into(), None));
}

/// "If incoming parameters fail validation … we don't save the idempotent result."
#[tokio::test]
async fn a_key_does_not_keep_a_failed_validation() {
    let shop = Shop::open().await;
    let mut wrong = basket(1200);
    wrong.push(("colour".into(), "red".into()));
    assert_eq!(shop.post_keyed(CREATE, &wrong, "k").await.status, 400);
    assert_eq!(
        shop.post_keyed(CREATE, &basket(1200), "k").await.status,
        200
    );
}

/// "… or the request conflicts with another request that's executing concurrently".
#[tokio::test]
async fn a_key_in_use_is_a_409_until_the_first_request_ends() {
    let shop = Shop::open().await;
    let hang = Mischief::Hang { seconds: 600 };
    shop.control()
        .set_fault(Fault::once(Operation::SessionCreate, hang));
    let form = basket(1200);
    let hanging = shop.post_keyed(CREATE, &form, "k");
    let second = async {
        while shop.control().requests().is_empty() {
            tokio::task::yield_now().await;
        }
        let conflict = shop.post_keyed(CREATE, &form, "k").await;
        shop.control().release_hanging();
        conflict
    };
    let (first, conflict) = tokio::join!(hanging, second);
    let busy = Some("idempotency_key_in_use".to_owned());
    assert_eq!(conflict.error(), (409, "idempotency_error".into(), busy));
    assert_eq!(first.status, 200);
    assert_eq!(shop.post_keyed(CREATE, &form, "k").await.body, first.body);
    assert_eq!(shop.control().sessions().len(), 1);
}

/// Keys belong to the API key that sent them.
#[tokio::test]
async fn another_account_may_use_the_same_key() {
    let shop = Shop::open().await;
    let first = shop.post_keyed(CREATE, &basket(1200), "k").await;
    let body: String = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(basket(1200))
        .finish();
    let request = shop
        .request("POST", CREATE)
        .header("authorization", "Bearer sk_test_other")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("idempotency-key", "k")
        .body(Body::from(body))
        .unwrap();
    assert_ne!(
        shop.send(request).await.unwrap().text("/id"),
        first.text("/id")
    );
}

/// "You can remove keys from the system automatically after they're at least 24 hours old."
#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let shop = Shop::open().await;
    let first = shop.post_keyed(CREATE, &basket(1200), "k").await;
    shop.control().advance_clock(24 * 3600 - 1);
    let same = shop.post_keyed(CREATE, &basket(1200), "k").await;
    assert_eq!(same.text("/id"), first.text("/id"));
    shop.control().advance_clock(2);
    let fresh = shop.post_keyed(CREATE, &basket(1200), "k").await;
    assert_ne!(fresh.text("/id"), first.text("/id"));
}

/// "Idempotency keys are up to 255 characters long."
#[tokio::test]
async fn a_key_has_at_most_255_characters() {
    let shop = Shop::open().await;
    assert_eq!(
        shop.post_keyed(CREATE, &basket(1200), &"k".repeat(255))
            .await
            .status,
        200
    );
    assert_eq!(
        shop.post_keyed(CREATE, &basket(1200), &"k".repeat(256))
            .await
            .status,
        400
    );
}
