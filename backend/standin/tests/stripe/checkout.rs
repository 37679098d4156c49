//! Creating, reading and expiring Checkout Sessions.

use axum::body::Body;
use serde_json::Value;

use crate::shop::{Shop, basket, basket_with, pairs};

/// <https://docs.stripe.com/api/authentication>
#[tokio::test]
async fn only_test_keys_open_the_door() {
    let shop = Shop::open().await;
    for given in [
        None,
        Some("Bearer sk_live_abc"),
        Some("Bearer sk_test_"),
        Some("Bearer pk_test_abc"),
    ] {
        let mut request = shop.request("GET", "/v1/balance");
        if let Some(given) = given {
            request = request.header("authorization", given);
        }
        let answer = shop
            .send(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(
            answer.error(),
            (401, "invalid_request_error".into(), None),
            "{given:?}"
        );
    }
    // The key as the user name of Basic, as `curl -u` sends it: "sk_test_abc:".
    let basic = shop
        .request("GET", "/v1/balance")
        .header("authorization", "Basic c2tfdGVzdF9hYmM6");
    assert_eq!(
        shop.send(basic.body(Body::empty()).unwrap())
            .await
            .unwrap()
            .status,
        200
    );
}

/// <https://docs.stripe.com/api/versioning>: every answer names its version and its request.
#[tokio::test]
async fn an_answer_names_its_version_and_its_request() {
    let shop = Shop::open().await;
    let answer = shop.get("/v1/balance").await;
    assert_eq!(answer.header("stripe-version"), Some("2026-09-30.endive"));
    assert!(answer.header("request-id").unwrap().starts_with("req_"));
}

/// <https://docs.stripe.com/api/errors>
#[tokio::test]
async fn an_unknown_address_is_a_404_that_names_it() {
    let shop = Shop::open().await;
    let answer = shop.get("/v1/unicorns").await;
    assert_eq!(answer.status, 404);
    assert!(answer.text("/error/message").contains("GET: /v1/unicorns"));
}

/// <https://docs.stripe.com/api/checkout/sessions/create>; null PaymentIntent: API change 2022-08-01.
#[tokio::test]
async fn a_new_session_is_open_unpaid_and_without_a_payment_intent() {
    let shop = Shop::open().await;
    let session = shop.create(&basket(1200)).await;
    assert_eq!(session.status, 200);
    assert_eq!(session.text("/status"), "open");
    assert_eq!(session.text("/payment_status"), "unpaid");
    assert_eq!(session.number("/amount_total"), 1200);
    assert_eq!(session.text("/currency"), "jpy");
    assert_eq!(session.json().get("payment_intent"), Some(&Value::Null));
    assert!(session.text("/url").ends_with(&session.text("/id")));
}

/// <https://docs.stripe.com/currencies#zero-decimal>: ¥1200 is sent as 1200.
#[tokio::test]
async fn the_total_is_the_sum_of_quantity_times_price() {
    let shop = Shop::open().await;
    let mut form = basket_with(300, "line_items[0][quantity]", "3");
    form.extend(pairs(&[
        ("line_items[1][quantity]", "1"),
        ("line_items[1][price_data][currency]", "jpy"),
        ("line_items[1][price_data][unit_amount]", "450"),
        ("line_items[1][price_data][product_data][name]", "照明"),
    ]));
    assert_eq!(shop.create(&form).await.number("/amount_total"), 1350);
}

/// <https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts>, payments.md §2.
#[tokio::test]
async fn fifty_yen_is_the_least_and_eight_digits_are_the_most() {
    let shop = Shop::open().await;
    assert_eq!(
        shop.create(&basket(49)).await.error().2.as_deref(),
        Some("amount_too_small")
    );
    assert_eq!(shop.create(&basket(50)).await.status, 200);
    assert_eq!(shop.create(&basket(99_999_999)).await.status, 200);
    assert_eq!(
        shop.create(&basket(100_000_000)).await.error().2.as_deref(),
        Some("amount_too_large")
    );
}

/// <https://docs.stripe.com/changelog/endive/2026-09-30/remove-payment-method-types-checkout-sessions>
#[tokio::test]
async fn endive_refuses_payment_method_types() {
    let shop = Shop::open().await;
    let refused = (
        400,
        "invalid_request_error".to_owned(),
        Some("payment_method_types_no_longer_supported".to_owned()),
    );
    let form = basket_with(1200, "payment_method_types[0]", "card");
    assert_eq!(shop.create(&form).await.error(), refused);
    let intent = pairs(&[("amount", "1200"), ("payment_method_types[]", "card")]);
    assert_eq!(
        shop.post("/v1/payment_intents", &intent).await.error(),
        refused
    );
}

/// <https://docs.stripe.com/changelog/dahlia/2026-07-29/allowed-payment-method-types-parameter>:
/// a filter that does not fit is passed over in silence. Limits: payments.md §2.
#[tokio::test]
async fn the_filter_narrows_the_means_and_so_does_the_amount() {
    let shop = Shop::open().await;
    let offered = |answer: crate::shop::Answer| answer.json()["payment_method_types"].clone();
    let all = shop.create(&basket(1200)).await;
    assert_eq!(
        offered(all),
        serde_json::json!(["card", "paypay", "konbini"])
    );
    let cheap = shop.create(&basket(119)).await;
    assert_eq!(offered(cheap), serde_json::json!(["card", "paypay"]));
    let dear = shop.create(&basket(1_000_001)).await;
    assert_eq!(offered(dear), serde_json::json!(["card"]));
    let mut form = basket_with(1200, "allowed_payment_method_types[0]", "card");
    form.push(("allowed_payment_method_types[1]".into(), "link".into()));
    assert_eq!(
        offered(shop.create(&form).await),
        serde_json::json!(["card"])
    );
    let form = basket_with(1200, "excluded_payment_method_types[0]", "konbini");
    assert_eq!(
        offered(shop.create(&form).await),
        serde_json::json!(["card", "paypay"])
    );
}

/// <https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at>
#[tokio::test]
async fn a_session_lives_from_thirty_minutes_to_a_day() {
    let shop = Shop::open().await;
    let now = 1_800_000_000;
    shop.control().fix_clock(Some(now));
    let status = async |seconds: i64| {
        let at = (now + seconds).to_string();
        shop.create(&basket_with(1200, "expires_at", &at))
            .await
            .status
    };
    assert_eq!(status(30 * 60 - 1).await, 400);
    assert_eq!(status(30 * 60).await, 200);
    assert_eq!(status(24 * 3600).await, 200);
    assert_eq!(status(24 * 3600 + 1).await, 400);
    assert_eq!(
        shop.create(&basket(1200)).await.number("/expires_at"),
        now + 24 * 3600
    );
}

/// The same page: a session lapses by itself when its time comes.
#[tokio::test]
async fn a_session_lapses_when_its_time_comes() {
    let shop = Shop::open().await;
    let session = shop.session(1200).await;
    shop.control().advance_clock(24 * 3600 - 1);
    assert_eq!(shop.retrieve(&session).await.text("/status"), "open");
    shop.control().advance_clock(2);
    let lapsed = shop.retrieve(&session).await;
    assert_eq!(lapsed.text("/status"), "expired");
    assert_eq!(lapsed.json().get("url"), Some(&Value::Null));
}

/// <https://docs.stripe.com/api/checkout/sessions/expire>: only open sessions can be expired.
#[tokio::test]
async fn only_open_sessions_expire() {
    let shop = Shop::open().await;
    let open = shop.session(1200).await;
    let expire = async |id: &str| {
        shop.post(&format!("/v1/checkout/sessions/{id}/expire"), &[])
            .await
    };
    assert_eq!(expire(&open).await.text("/status"), "expired");
    let again = expire(&open).await;
    assert_eq!(again.status, 400);
    assert!(
        again
            .text("/error/message")
            .contains("has a status of `expired`")
    );
    let (paid, _) = shop.paid(1200).await;
    let refused = expire(&paid).await;
    assert_eq!(refused.status, 400);
    assert!(
        refused
            .text("/error/message")
            .contains("has a status of `complete`")
    );
    assert_eq!(
        expire("cs_test_none").await.error().2.as_deref(),
        Some("resource_missing")
    );
}

/// payments.md §2: the session's metadata is not the PaymentIntent's.
#[tokio::test]
async fn session_and_payment_intent_have_metadata_of_their_own() {
    let shop = Shop::open().await;
    let mut form = basket_with(1200, "metadata[payment_id]", "p-1");
    form.extend(pairs(&[
        ("client_reference_id", "p-1"),
        ("payment_intent_data[metadata][reservation]", "r-1"),
    ]));
    let session = shop.create(&form).await;
    assert_eq!(session.text("/client_reference_id"), "p-1");
    shop.control()
        .pay(&session.text("/id"), &standin::stripe::Pay::default())
        .unwrap();
    let paid = shop
        .get(&format!(
            "/v1/checkout/sessions/{}?expand[]=payment_intent",
            session.text("/id")
        ))
        .await
        .json();
    assert_eq!(paid["metadata"], serde_json::json!({ "payment_id": "p-1" }));
    assert_eq!(
        paid["payment_intent"]["metadata"],
        serde_json::json!({ "reservation": "r-1" })
    );
}

/// <https://docs.stripe.com/api/metadata>
#[tokio::test]
async fn metadata_has_its_limits() {
    let shop = Shop::open().await;
    let status = async |key: &str, value: &str| {
        shop.create(&basket_with(1200, &format!("metadata[{key}]"), value))
            .await
            .status
    };
    assert_eq!(status(&"k".repeat(40), &"v".repeat(500)).await, 200);
    assert_eq!(status(&"k".repeat(41), "v").await, 400);
    assert_eq!(status("k", &"v".repeat(501)).await, 400);
}

/// <https://docs.stripe.com/error-codes>
#[tokio::test]
async fn what_is_missing_misspelt_or_malformed_is_named() {
    let shop = Shop::open().await;
    let price = "line_items[0][price_data][unit_amount]";
    for (form, code, param) in [
        (basket_with(1200, "mode", ""), "parameter_missing", "mode"),
        (
            basket_with(1200, "success_url", ""),
            "parameter_missing",
            "success_url",
        ),
        (
            basket_with(1200, "sucess_url", "x"),
            "parameter_unknown",
            "sucess_url",
        ),
        (
            basket_with(1200, price, "12.5"),
            "parameter_invalid_integer",
            price,
        ),
        (
            basket_with(1200, price, "-1"),
            "parameter_invalid_integer",
            price,
        ),
        (
            basket_with(1200, "cancel_url", "javascript:alert(1)"),
            "url_invalid",
            "cancel_url",
        ),
        (
            basket_with(1200, "customer_email", "taro"),
            "email_invalid",
            "customer_email",
        ),
    ] {
        let answer = shop.create(&form).await;
        assert_eq!(
            answer.error(),
            (400, "invalid_request_error".into(), Some(code.into()))
        );
        assert_eq!(answer.text("/error/param"), param);
    }
}

#[tokio::test]
async fn a_parameter_nested_beyond_reason_is_refused() {
    let shop = Shop::open().await;
    let deep = format!("metadata{}", "[a]".repeat(100_000));
    let answer = shop.create(&basket_with(1200, &deep, "x")).await;
    assert_eq!(answer.status, 400);
}

/// <https://docs.stripe.com/api/expanding_objects>
#[tokio::test]
async fn ids_expand_to_the_objects_they_name() {
    let shop = Shop::open().await;
    let (session, _) = shop.paid(1200).await;
    let path = format!("/v1/checkout/sessions/{session}");
    let deep = "expand[]=line_items&expand[]=payment_intent.latest_charge.balance_transaction";
    let expanded = shop.get(&format!("{path}?{deep}")).await;
    assert_eq!(expanded.number("/line_items/data/0/amount_total"), 1200);
    assert_eq!(
        expanded.text("/payment_intent/latest_charge/balance_transaction/object"),
        "balance_transaction"
    );
    assert_eq!(
        shop.get(&format!("{path}?expand[]=unicorn")).await.status,
        400
    );
}
