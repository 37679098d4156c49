//! Lists: <https://docs.stripe.com/api/pagination>.

use crate::shop::{Answer, Shop, basket_with};

fn ids(answer: &Answer) -> Vec<String> {
    let json = answer.json();
    let data = json["data"].as_array().expect("a list");
    data.iter()
        .map(|object| object["id"].as_str().expect("an id").to_owned())
        .collect()
}

#[tokio::test]
async fn the_newest_comes_first_and_ten_at_a_time() {
    let shop = Shop::open().await;
    let mut made = Vec::new();
    for _ in 0..11 {
        made.push(shop.session(1200).await);
    }
    made.reverse();
    let page = shop.get("/v1/checkout/sessions").await;
    assert_eq!(ids(&page), made[..10]);
    assert_eq!(page.json()["has_more"], true);
    for limit in ["0", "101"] {
        assert_eq!(
            shop.get(&format!("/v1/checkout/sessions?limit={limit}"))
                .await
                .status,
            400
        );
    }
}

#[tokio::test]
async fn cursors_go_both_ways() {
    let shop = Shop::open().await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(shop.session(1200).await);
    }
    made.reverse();
    let list = async |query: String| shop.get(&format!("/v1/checkout/sessions?{query}")).await;
    let next = list(format!("limit=2&starting_after={}", made[1])).await;
    assert_eq!(ids(&next), made[2..4]);
    assert_eq!(next.json()["has_more"], true);
    let last = list(format!("limit=2&starting_after={}", made[3])).await;
    assert_eq!(
        (ids(&last), last.json()["has_more"].clone()),
        (made[4..].to_vec(), false.into())
    );
    let back = list(format!("limit=2&ending_before={}", made[3])).await;
    assert_eq!(ids(&back), made[1..3]);
    let missing = list("starting_after=cs_test_none".into()).await;
    assert_eq!(missing.error().2.as_deref(), Some("resource_missing"));
}

#[tokio::test]
async fn created_narrows_by_time() {
    let shop = Shop::open().await;
    shop.control().fix_clock(Some(1_800_000_000));
    let early = shop.session(1200).await;
    shop.control().fix_clock(Some(1_800_000_100));
    let late = shop.session(1200).await;
    let list = async |query: &str| ids(&shop.get(&format!("/v1/checkout/sessions?{query}")).await);
    assert_eq!(list("created[gte]=1800000100").await, [late.as_str()]);
    assert_eq!(list("created[gt]=1800000000").await, [late.as_str()]);
    assert_eq!(list("created[lt]=1800000100").await, [early.as_str()]);
    assert_eq!(
        list("created[lte]=1800000100&created[gt]=1799999999").await,
        [late, early.clone()]
    );
    assert_eq!(list("created=1800000000").await, [early]);
}

/// <https://docs.stripe.com/api/checkout/sessions/list>
#[tokio::test]
async fn sessions_are_found_by_payment_intent_status_and_e_mail() {
    let shop = Shop::open().await;
    shop.session(1200).await;
    let (session, intent) = shop.paid(1200).await;
    let list = async |query: &str| ids(&shop.get(&format!("/v1/checkout/sessions?{query}")).await);
    assert_eq!(
        list(&format!("payment_intent={intent}")).await,
        [session.as_str()]
    );
    assert_eq!(list("status=complete").await, [session.as_str()]);
    assert_eq!(
        list("customer_details[email]=payer@example.jp").await,
        [session]
    );
    assert!(list("payment_intent=pi_none").await.is_empty());
}

/// <https://docs.stripe.com/api/events/list>: up to 30 days back, by type or types.
#[tokio::test]
async fn events_are_listed_by_type_and_forgotten_after_thirty_days() {
    let shop = Shop::open().await;
    let (session, _) = shop.paid(1200).await;
    let types = "types[]=checkout.session.completed&types[]=charge.succeeded";
    assert_eq!(
        ids(&shop.get(&format!("/v1/events?{types}")).await).len(),
        2
    );
    let sessions = shop.get("/v1/events?type=checkout.session.*").await;
    assert_eq!(sessions.text("/data/0/data/object/id"), session);
    let event = sessions.text("/data/0/id");
    assert_eq!(shop.get(&format!("/v1/events/{event}")).await.status, 200);
    shop.control().advance_clock(30 * 86_400 + 1);
    assert_eq!(shop.get(&format!("/v1/events/{event}")).await.status, 404);
    let left = shop.get("/v1/events?type=charge.succeeded").await;
    assert!(ids(&left).is_empty());
}

/// <https://docs.stripe.com/api/refunds/list>
#[tokio::test]
async fn refunds_and_transactions_are_found_by_what_they_belong_to() {
    let shop = Shop::open().await;
    let (_, intent) = shop.paid(1200).await;
    let (_, other) = shop.paid(1200).await;
    let refund = shop.refund(&intent, 500).await.text("/id");
    shop.refund(&other, 500).await;
    let refunds = shop
        .get(&format!("/v1/refunds?payment_intent={intent}"))
        .await;
    assert_eq!(ids(&refunds), [refund.as_str()]);
    let moved = shop
        .get(&format!("/v1/balance_transactions?source={refund}"))
        .await;
    assert_eq!(moved.number("/data/0/net"), -500);
}

#[tokio::test]
async fn a_list_expands_inside_its_data() {
    let shop = Shop::open().await;
    shop.paid(1200).await;
    let list = shop
        .get("/v1/checkout/sessions?expand[]=data.payment_intent")
        .await;
    assert_eq!(list.text("/data/0/payment_intent/status"), "succeeded");
}

#[tokio::test]
async fn an_unknown_filter_is_refused() {
    let shop = Shop::open().await;
    shop.create(&basket_with(1200, "locale", "ja")).await;
    let answer = shop.get("/v1/checkout/sessions?colour=red").await;
    assert_eq!(answer.error().2.as_deref(), Some("parameter_unknown"));
}
