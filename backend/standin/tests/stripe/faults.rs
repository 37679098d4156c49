//! The fault switches: each does what the table in the module's documentation says.

use axum::body::Body;
use serde_json::json;
use standin::stripe::{Fault, Mischief, Operation, StripeConfig};

use crate::shop::{Shop, basket, pairs};

const CREATE: &str = "/v1/checkout/sessions";

fn next_create(mischief: Mischief) -> Fault {
    Fault::once(Operation::SessionCreate, mischief)
}

/// payments.md §6 test 10: the answer is dropped after the work was done.
#[tokio::test]
async fn a_dropped_answer_is_found_again_under_the_same_key() {
    let shop = Shop::open().await;
    shop.control()
        .set_fault(next_create(Mischief::DropConnection));
    assert!(
        shop.try_post(CREATE, &basket(1200), Some("k"))
            .await
            .is_err()
    );
    let made = shop.control().sessions();
    assert_eq!(made.len(), 1);
    let again = shop.post_keyed(CREATE, &basket(1200), "k").await;
    assert_eq!(again.text("/id"), made[0]);
    assert_eq!(shop.control().sessions().len(), 1);
}

#[tokio::test]
async fn a_request_lost_before_the_work_leaves_nothing() {
    let shop = Shop::open().await;
    shop.control()
        .set_fault(next_create(Mischief::DropConnection).before_commit());
    assert!(
        shop.try_post(CREATE, &basket(1200), Some("k"))
            .await
            .is_err()
    );
    assert!(shop.control().sessions().is_empty());
}

/// payments.md §6 test 13.
#[tokio::test]
async fn answers_can_be_html_half_or_short_of_a_field() {
    let shop = Shop::open().await;
    let spoilt = async |mischief| {
        shop.control().set_fault(next_create(mischief));
        shop.create(&basket(1200)).await
    };
    let proxy = spoilt(Mischief::Html502).await;
    assert_eq!(
        (proxy.status, proxy.header("content-type")),
        (502, Some("text/html"))
    );
    let half = spoilt(Mischief::TruncatedJson).await;
    assert_eq!(half.status, 200);
    assert!(serde_json::from_str::<serde_json::Value>(&half.body).is_err());
    let short = spoilt(Mischief::MissingField {
        field: "payment_status".into(),
    })
    .await;
    assert_eq!(short.status, 200);
    assert_eq!(short.json().get("payment_status"), None);
    assert_eq!(
        shop.control().sessions().len(),
        3,
        "the work was done each time"
    );
}

/// <https://docs.stripe.com/rate-limits>
#[tokio::test]
async fn a_rate_limit_says_when_to_come_back_and_does_nothing() {
    let shop = Shop::open().await;
    shop.control()
        .set_fault(next_create(Mischief::RateLimited { retry_after: 7 }));
    let limited = shop.post_keyed(CREATE, &basket(1200), "k").await;
    assert_eq!(
        (limited.status, limited.header("retry-after")),
        (429, Some("7"))
    );
    assert!(shop.control().sessions().is_empty());
    assert_eq!(
        shop.post_keyed(CREATE, &basket(1200), "k").await.status,
        200
    );
}

/// <https://docs.stripe.com/api/errors>: one status for each family of errors.
#[tokio::test]
async fn refusals_of_every_family_leave_nothing_behind() {
    let shop = Shop::open().await;
    for (mischief, status, kind) in [
        (Mischief::BadRequest, 400, "invalid_request_error"),
        (Mischief::CardDeclined, 402, "card_error"),
        (Mischief::Unavailable, 503, "api_error"),
    ] {
        shop.control().set_fault(next_create(mischief));
        let refused = shop.post_keyed(CREATE, &basket(1200), "k").await;
        assert_eq!(
            (refused.status, refused.text("/error/type")),
            (status, kind.to_owned())
        );
    }
    assert!(shop.control().sessions().is_empty());
    assert_eq!(
        shop.post_keyed(CREATE, &basket(1200), "k").await.status,
        200
    );
}

/// payments.md §6 test 16: the expire API is down until it is not.
#[tokio::test]
async fn a_standing_fault_lasts_until_it_is_cleared() {
    let shop = Shop::open().await;
    let session = shop.session(1200).await;
    let path = format!("{CREATE}/{session}/expire");
    let down = Fault::once(Operation::SessionExpire, Mischief::Unavailable).standing();
    shop.control().set_fault(down);
    for _ in 0..3 {
        assert_eq!(shop.post_keyed(&path, &[], "k").await.status, 503);
    }
    assert_eq!(shop.retrieve(&session).await.text("/status"), "open");
    shop.control().clear_faults();
    assert_eq!(
        shop.post_keyed(&path, &[], "k").await.text("/status"),
        "expired"
    );
}

/// payments.md §6 test 14: a client that gives up leaves its key free, and the work done.
#[tokio::test]
async fn a_client_that_gives_up_on_a_hanging_answer_finds_it_later() {
    let shop = Shop::open().await;
    shop.control()
        .set_fault(next_create(Mischief::Hang { seconds: 600 }));
    let form = basket(1200);
    let given_up = async {
        while shop.control().sessions().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = shop.try_post(CREATE, &form, Some("k")) => panic!("no answer expected: {answer:?}"),
        () = given_up => {}
    }
    // The server learns of the closed connection a moment later; until then the key is in use.
    let found = loop {
        let answer = shop.post_keyed(CREATE, &form, "k").await;
        if answer.status != 409 {
            break answer;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(found.text("/id"), shop.control().sessions()[0]);
}

/// The switches over HTTP, as the browser tests and the SDK checks use them.
#[tokio::test]
async fn the_switches_speak_json() {
    let shop = Shop::open_with(StripeConfig::default()).await;
    let control = async |path: &str, body: serde_json::Value| {
        let request = shop
            .request("POST", &format!("/_control/{path}"))
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        shop.send(request).await.unwrap()
    };
    let set = json!({ "on": "checkout.session.create", "do": "missing_field", "field": "id", "times": null });
    assert_eq!(control("faults", set).await.status, 200);
    assert_eq!(shop.create(&basket(1200)).await.json().get("id"), None);
    assert_eq!(
        control("faults", json!({ "on": "unicorn", "do": "hang" }))
            .await
            .status,
        422
    );
    assert_eq!(control("reset", json!({})).await.status, 200);
    assert_eq!(shop.create(&basket(1200)).await.status, 200);
    let fixed = control("clock", json!({ "fixed": 1_800_000_000 })).await;
    assert_eq!(fixed.number("/now"), 1_800_000_000);
}

#[tokio::test]
async fn every_request_stands_in_the_log_with_its_key_and_parameters() {
    let shop = Shop::open().await;
    let session = shop
        .post_keyed(CREATE, &basket(1200), "k")
        .await
        .text("/id");
    shop.post("/v1/refunds", &pairs(&[("charge", "ch_none")]))
        .await;
    let log = shop.control().requests();
    assert_eq!(log[0].operation, Some("checkout.session.create"));
    assert_eq!(log[0].idempotency_key.as_deref(), Some("k"));
    assert_eq!(
        log[0].params["line_items"]["0"]["price_data"]["unit_amount"],
        json!("1200")
    );
    assert_eq!((log[0].status, log[1].status), (Some(200), Some(404)));
    assert!(!session.is_empty());
}
