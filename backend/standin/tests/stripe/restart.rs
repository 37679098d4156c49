//! The snapshot: a restarted demo keeps its sessions.

use std::path::Path;

use serde_json::json;
use standin::stripe::StripeConfig;

use crate::shop::{Shop, basket};

fn kept_in(path: &Path) -> StripeConfig {
    StripeConfig {
        snapshot: Some(path.to_owned()),
        ..StripeConfig::default()
    }
}

#[tokio::test]
async fn sessions_money_and_keys_outlive_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stripe.json");
    let shop = Shop::open_with(kept_in(&path)).await;
    let create = "/v1/checkout/sessions";
    let first = shop.post_keyed(create, &basket(1200), "k").await;
    let (paid, intent) = shop.paid(1200).await;
    shop.control().tamper(
        &paid,
        json!({ "currency": "usd" }).as_object().unwrap().clone(),
    );
    let books = shop.control().balance();
    while !std::fs::read_to_string(&path).is_ok_and(|text| text.contains("\"usd\"")) {
        tokio::task::yield_now().await;
    }
    drop(shop);

    let shop = Shop::open_with(kept_in(&path)).await;
    assert_eq!(
        shop.post_keyed(create, &basket(1200), "k").await.body,
        first.body
    );
    assert_eq!(shop.retrieve(&paid).await.text("/currency"), "usd");
    assert_eq!(shop.control().balance(), books);
    assert_eq!(
        shop.refund(&intent, 1200).await.text("/status"),
        "succeeded"
    );
}

#[tokio::test]
async fn a_file_that_is_no_snapshot_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stripe.json");
    std::fs::write(&path, "not a snapshot").unwrap();
    let error = standin::stripe::start(kept_in(&path)).await.unwrap_err();
    assert!(error.to_string().contains(&path.display().to_string()));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "not a snapshot");
}

#[tokio::test]
async fn it_stops_listening_when_it_is_dropped() {
    let shop = Shop::open().await;
    let url = shop.stripe.url().clone();
    let address = url.socket_addrs(|| None).unwrap()[0];
    drop(shop);
    while tokio::net::TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}
