//! Logs say what happened and never to whom.

use serde_json::json;
use standin::stripe::Pay;

use crate::api::booking;
use crate::app::{HANAKO, TOWN, TestApp, logged};

testkit::on_both! {
    async fn a_whole_journey_leaves_no_personal_data_in_the_logs(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.visitor(TOWN);
        let callback = hanako.choose_card(&app.idp, HANAKO, "/profile").await;
        hanako.get(&callback).await;
        let token = hanako.token("/profile").await;
        let contact = [("token", &*token), ("email", "himitsu@example.jp"), ("phone", "0774-00-9999")];
        assert_eq!(hanako.post_form("/profile", &contact).await.status, 303);
        let bad = [("token", &*token), ("email", "kowareta@"), ("phone", "でんわ")];
        assert_eq!(hanako.post_form("/profile", &bad).await.status, 422);
        hanako.get("/?words=himitsu-no-sagashimono").await;
        let mut wish = booking("18:00", "20:00", 1);
        wish["note"] = json!("ないしょのメモ");
        let booked = hanako.post_json("/api/v1/reservations", &wish).await.json();
        let id = booked["id"].as_str().unwrap();
        hanako.post_json(&format!("/api/v1/reservations/{id}/pay"), &json!({})).await;
        let session = app.stripe.control().sessions().pop().unwrap();
        app.stripe.control().pay(&session, &Pay::default()).unwrap();
        hanako.get(&format!("/reservations/{id}/paid")).await;
        hanako.get(&format!("/reservations/{id}/permit.pdf")).await;
        // The mail server is away: a failure with somebody's address in it.
        app.house.worker().run_due_jobs().await.unwrap();
        hanako.post_json(&format!("/api/v1/reservations/{id}/cancel"), &json!({})).await;
        app.house.worker().run_due_jobs().await.unwrap();

        let logged = logged();
        assert!(logged.contains("request.done"), "nothing was logged at all");
        assert!(logged.contains("/api/v1/reservations/{id}/pay"), "routes are logged as patterns");
        let (_, query) = callback.split_once('?').unwrap();
        let tokens = query.split('&').filter_map(|pair| pair.split_once('=')).filter_map(|(name, value)| {
            ["code", "state"].contains(&name).then_some(value)
        });
        let own = ["山田", "花子", "光台", "19850315", "1985-03-15", "himitsu", "0774-00-9999",
            "kowareta", "でんわ", "ないしょのメモ", "payer@example.jp", "sk_test_yoriai", "whsec_test"];
        let secrets = own.into_iter().chain(tokens).chain(hanako.cookies.values().map(String::as_str));
        for secret in secrets {
            let line = logged.lines().find(|line| line.contains(secret));
            assert_eq!(line, None, "the log tells {secret}");
        }
    }
}
