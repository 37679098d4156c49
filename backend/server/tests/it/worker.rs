//! What happens after the request: notices that arrive, the worker that acts on them, the end.

use std::time::Duration;

use serde_json::{Value, json};
use server::{Pace, work};
use standin::stripe::Pay;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::api::booking;
use crate::app::{Browser, HANAKO, TOWN, TestApp};

/// Generous: machines are shared.
const PATIENCE: Duration = Duration::from_secs(60);
const QUICK: Pace = Pace {
    idle: Duration::from_millis(1),
    poll: Duration::from_secs(3600),
};

/// Books and begins to pay; gives the reservation's path and the checkout session.
async fn begin_to_pay(app: &TestApp, browser: &mut Browser) -> (String, String) {
    let booked = browser
        .post_json("/api/v1/reservations", &booking("18:00", "20:00", 1))
        .await;
    let id = booked.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/reservations/{id}");
    assert_eq!(
        browser
            .post_json(&format!("{path}/pay"), &json!({}))
            .await
            .status,
        200
    );
    (path, app.stripe.control().sessions().pop().unwrap())
}

/// Asks until the reservation is as it should be.
async fn until(browser: &mut Browser, path: &str, is: impl Fn(&Value) -> bool) {
    let looking = async {
        while !is(&browser.get(path).await.json()) {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, looking).await.unwrap();
}

testkit::on_both! {
    async fn a_signed_notice_confirms_for_somebody_who_never_came_back(db: TestStore) {
        let app = TestApp::open(&db).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/webhooks/stripe", listener.local_addr().unwrap());
        let router = app.router.clone();
        let serving = tokio::spawn(async move { axum::serve(listener, router).await });
        let stripe = app.stripe.control();
        stripe.set_webhook(&address.parse().unwrap(), &["whsec_test".to_owned()]).unwrap();
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let (path, session) = begin_to_pay(&app, &mut hanako).await;
        stripe.pay(&session, &Pay::default()).unwrap();
        assert!(stripe.settled(PATIENCE).await);
        assert!(stripe.deliveries().iter().all(|one| one.last_status == Some(200)));
        assert_ne!(hanako.get(&path).await.json()["state"]["name"], "confirmed");
        app.house.worker().run_due_jobs().await.unwrap();
        assert_eq!(hanako.get(&path).await.json()["state"]["name"], "confirmed");
        serving.abort();
    }

    async fn two_workers_give_back_once_and_stop_when_told(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let (path, session) = begin_to_pay(&app, &mut hanako).await;
        app.stripe.control().pay(&session, &Pay::default()).unwrap();
        let id = path.rsplit('/').next().unwrap().to_owned();
        assert_eq!(hanako.get(&format!("/reservations/{id}/paid")).await.status, 200);
        assert_eq!(hanako.post_json(&format!("{path}/cancel"), &json!({})).await.status, 200);

        let (say, hear) = watch::channel(false);
        let workers = [(); 2].map(|()| {
            let (worker, hear) = (app.house.worker(), hear.clone());
            tokio::spawn(async move { work(&worker, QUICK, hear).await })
        });
        until(&mut hanako, &path, |one| one["refunds"][0]["state"] == "done").await;
        say.send(true).unwrap();
        for worker in workers {
            timeout(PATIENCE, worker).await.unwrap().unwrap();
        }
        assert_eq!(app.stripe.control().balance().refunded, 2400);
    }

    async fn a_hold_that_lapsed_is_let_go(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let booked = hanako.post_json("/api/v1/reservations", &booking("18:00", "20:00", 1)).await;
        let path = booked.header("location").unwrap().to_owned();
        app.world.clock.advance(chrono::Duration::minutes(11));
        let (say, hear) = watch::channel(false);
        let worker = app.house.worker();
        let working = tokio::spawn(async move { work(&worker, QUICK, hear).await });
        let week = "/api/v1/rooms/gym-full/availability?from=2026-12-05";
        until(&mut app.visitor(TOWN), week, |week| {
            let slots = week["days"][0]["slots"].as_array().unwrap();
            slots.iter().all(|slot| slot["status"] == "free")
        })
        .await;
        assert_eq!(hanako.get(&path).await.json()["state"]["name"], "released");
        drop(say);
        timeout(PATIENCE, working).await.unwrap().unwrap();
    }
}
