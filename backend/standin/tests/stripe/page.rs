//! The hosted page, as a browser without JavaScript uses it.

use axum::body::Body;

use crate::shop::{Answer, Shop, basket_with, pairs};

async fn open(shop: &Shop, path: &str, language: &str) -> Answer {
    let request = shop
        .request("GET", path)
        .header("accept-language", language);
    shop.send(request.body(Body::empty()).unwrap())
        .await
        .unwrap()
}

async fn submit(shop: &Shop, session: &str, card: &str) -> Answer {
    let form = pairs(&[
        ("method", "card"),
        ("email", "taro@example.jp"),
        ("card_number", card),
        ("expiry", "12 / 34"),
        ("cvc", "123"),
        ("name", "YORIAI TARO"),
    ]);
    shop.post(&format!("/c/pay/{session}"), &form).await
}

#[tokio::test]
async fn it_shows_what_is_paid_for_in_the_payers_language() {
    let shop = Shop::open().await;
    let path = format!("/c/pay/{}", shop.session(12_345).await);
    let japanese = open(&shop, &path, "ja,en;q=0.5").await.body;
    for words in [
        "12,345円",
        "むくのきセンター アリーナ",
        "カード番号",
        "PayPayで支払う",
        "lang=\"ja\"",
    ] {
        assert!(japanese.contains(words), "{words}");
    }
    assert!(japanese.contains("href=\"http://seika.localhost/back\""));
    let english = open(&shop, &path, "en-US").await.body;
    assert!(english.contains("¥12,345") && english.contains("Card number"));
    let fixed = shop
        .create(&basket_with(1200, "locale", "ja"))
        .await
        .text("/id");
    assert!(
        open(&shop, &format!("/c/pay/{fixed}"), "en-US")
            .await
            .body
            .contains("1,200円")
    );
}

/// <https://docs.stripe.com/payments/checkout/custom-success-page>: the placeholder is replaced.
#[tokio::test]
async fn a_good_card_leads_back_with_the_sessions_id() {
    let shop = Shop::open().await;
    let session = shop.session(1200).await;
    let answer = submit(&shop, &session, "4242 4242 4242 4242").await;
    assert_eq!(answer.status, 303);
    let target = format!("http://seika.localhost/paid?session={session}");
    assert_eq!(answer.header("location"), Some(target.as_str()));
    let paid = shop.retrieve(&session).await;
    assert_eq!(paid.text("/customer_details/email"), "taro@example.jp");
}

#[tokio::test]
async fn a_bad_card_brings_the_form_back_with_what_was_typed() {
    let shop = Shop::open().await;
    let session = shop
        .create(&basket_with(1200, "locale", "ja"))
        .await
        .text("/id");
    for (card, sentence) in [
        ("4000 0000 0000 0002", "カードが拒否されました"),
        ("4000 0000 0000 9995", "残高不足"),
        ("1234", "カード番号が正しくありません"),
    ] {
        let answer = submit(&shop, &session, card).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains(sentence), "{card}");
        assert!(answer.body.contains("value=\"taro@example.jp\""));
    }
    let past = pairs(&[
        ("method", "card"),
        ("email", "taro@example.jp"),
        ("card_number", "4242424242424242"),
        ("expiry", "01/20"),
        ("cvc", "123"),
        ("name", "T"),
    ]);
    let answer = shop.post(&format!("/c/pay/{session}"), &past).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("有効期限が正しくありません"));
    assert_eq!(shop.retrieve(&session).await.text("/status"), "open");
}

#[tokio::test]
async fn paypay_asks_once_more_and_can_be_left() {
    let shop = Shop::open().await;
    let session = shop.session(1200).await;
    let path = format!("/c/pay/{session}/paypay");
    let page = open(&shop, &path, "ja").await.body;
    assert!(page.contains("支払いを承認する") && page.contains("やめて戻る"));
    assert_eq!(shop.retrieve(&session).await.text("/status"), "open");
    assert_eq!(shop.post(&path, &[]).await.status, 303);
    assert_eq!(
        shop.retrieve(&session).await.text("/payment_status"),
        "paid"
    );
}

#[tokio::test]
async fn a_paid_page_says_so_and_takes_no_more_money() {
    let shop = Shop::open().await;
    let (session, _) = shop.paid(1200).await;
    let page = open(&shop, &format!("/c/pay/{session}"), "ja").await.body;
    assert!(page.contains("お支払いは完了しています"));
    let again = submit(&shop, &session, "4242424242424242").await;
    assert_eq!(again.status, 409);
    assert!(again.body.contains("お支払いは完了しています"));
    assert_eq!(shop.control().balance().charged, 1200);
}

#[tokio::test]
async fn an_expired_page_says_that_nothing_was_charged() {
    let shop = Shop::open().await;
    let session = shop.session(1200).await;
    shop.control().advance_clock(24 * 3600 + 1);
    let page = open(&shop, &format!("/c/pay/{session}"), "ja").await.body;
    assert!(page.contains("期限切れ") && page.contains("お支払いは行われていません"));
    assert_eq!(
        submit(&shop, &session, "4242424242424242").await.status,
        409
    );
    assert_eq!(shop.control().balance().charged, 0);
}

#[tokio::test]
async fn an_unknown_page_is_a_404() {
    let shop = Shop::open().await;
    assert_eq!(open(&shop, "/c/pay/cs_test_none", "ja").await.status, 404);
}

#[tokio::test]
async fn what_the_merchant_wrote_is_shown_and_not_executed() {
    let shop = Shop::open().await;
    let name = "line_items[0][price_data][product_data][name]";
    let form = basket_with(1200, name, "<script>alert(1)</script>");
    let session = shop.create(&form).await.text("/id");
    let page = open(&shop, &format!("/c/pay/{session}"), "ja").await;
    assert!(page.body.contains("&lt;script&gt;") && !page.body.contains("<script>"));
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .contains("default-src 'none'")
    );
}
