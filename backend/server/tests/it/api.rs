//! A program does with `/api/v1` what a person does with the screens.

use serde_json::{Value, json};
use standin::stripe::Pay;
use uuid::Uuid;

use crate::app::{Browser, HANAKO, ICHIRO, KENJI, TOWN, TestApp};

/// The gym on a Saturday two weeks ahead.
pub fn gym(start: &str, end: &str) -> Value {
    json!({
        "room": "gym-full", "date": "2026-12-05", "start": start, "end": end, "people": 12,
        "options": [{"id": "lighting", "quantity": 1}], "attributes": {"commercial": false},
    })
}

/// A booking of the gym.
pub fn booking(start: &str, end: &str, submission: u128) -> Value {
    json!({
        "what": gym(start, end), "purpose": "basketball", "note": "ゼッケンを借ります",
        "submission": Uuid::from_u128(submission),
    })
}

async fn book(browser: &mut Browser, booking: &Value) -> String {
    let booked = browser.post_json("/api/v1/reservations", booking).await;
    assert_eq!(booked.status, 201, "{}", booked.text());
    let body = booked.json();
    let id = body["id"].as_str().unwrap().to_owned();
    assert_eq!(
        booked.header("location"),
        Some(&*format!("/api/v1/reservations/{id}"))
    );
    id
}

testkit::on_both! {
    async fn a_program_finds_prices_books_pays_and_cancels(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut visitor = app.visitor(TOWN);
        let found = visitor.get("/api/v1/facilities?words=体育館&people=150").await.json();
        assert_eq!(found["items"][0]["id"], "gym");
        assert_eq!(found["items"][0]["rooms"].as_array().unwrap().len(), 1);
        let facility = visitor.get("/api/v1/facilities/gym").await.json();
        assert_eq!(facility["rooms"][0]["options"][0]["id"], "lighting");
        assert_eq!(facility["attributes"], json!([{"id": "commercial", "name": "営利目的で使う"}]));
        let day = visitor.get("/api/v1/facilities/gym/availability?date=2026-12-05").await.json();
        assert_eq!(day["rooms"][0]["slots"][0]["status"], "free");
        assert_eq!(day["rooms"][0]["slots"][0]["time"]["starts_at"], "2026-12-05T00:00:00Z");

        let by_query = visitor
            .get("/api/v1/quotes?room=gym-full&date=2026-12-05&start=18:00&end=20:00&people=12\
                  &option.lighting=1&attribute.commercial=false")
            .await
            .json();
        let by_body = visitor.post_json("/api/v1/quotes", &gym("18:00", "20:00")).await.json();
        assert_eq!(by_query, by_body);
        // Two hours at 800 円 and four half hours of light at 200 円.
        assert_eq!(by_body["total_yen"], 2400);

        let mut hanako = app.resident(TOWN, HANAKO).await;
        let mut wish = booking("18:00", "20:00", 1);
        wish["seen_total_yen"] = json!(2400);
        let id = book(&mut hanako, &wish).await;
        let path = format!("/api/v1/reservations/{id}");
        assert_eq!(book(&mut hanako, &wish).await, id, "the same submission is the same booking");
        let held = hanako.get(&path).await.json();
        assert_eq!(held["state"]["name"], "held");
        assert_eq!(held["note"], "ゼッケンを借ります");
        let extended = hanako.post_json(&format!("{path}/extend"), &json!({})).await.json();
        assert!(extended["state"]["until"].as_str() > held["state"]["until"].as_str());

        let started = hanako.post_json(&format!("{path}/pay"), &json!({})).await.json();
        assert_eq!(started["confirmed"], false);
        assert!(started["checkout_url"].as_str().unwrap().starts_with(app.stripe.url().as_str()));
        let session = app.stripe.control().sessions().pop().unwrap();
        app.stripe.control().pay(&session, &Pay::default()).unwrap();
        assert_eq!(hanako.get(&format!("/reservations/{id}/paid")).await.status, 200);
        let paid = hanako.get(&path).await.json();
        assert_eq!((&paid["state"]["name"], &paid["payment"]["state"]), (&json!("confirmed"), &json!("paid")));
        assert_eq!((&paid["has_permit"], &paid["has_receipt"]), (&json!(true), &json!(true)));
        for paper in ["permit.pdf", "receipt.pdf"] {
            let paper = hanako.get(&format!("/reservations/{id}/{paper}")).await;
            assert!(paper.body.starts_with(b"%PDF-"), "{}", paper.text());
        }

        let all = hanako.get("/api/v1/reservations").await.json();
        assert_eq!(all["items"][0]["id"], id.as_str());
        let wrong = json!({"seen_refund_yen": 1});
        let changed = hanako.post_json(&format!("{path}/cancel"), &wrong).await;
        assert_eq!((changed.status, &*changed.problem()), (409, "refund.amount_changed"));
        assert_eq!(changed.json()["facts"], json!({"refund_yen": 2400}));
        let right = json!({"seen_refund_yen": 2400});
        let cancelled = hanako.post_json(&format!("{path}/cancel"), &right).await.json();
        assert_eq!(cancelled["state"]["name"], "cancelled");
        assert_eq!(cancelled["refunds"][0]["amount_yen"], 2400);
        let again = hanako.post_json(&format!("{path}/cancel"), &right).await.json();
        assert_eq!(again, cancelled, "cancelling twice gives back once");
    }

    async fn whoever_is_second_is_told_what_is_free(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        book(&mut hanako, &booking("18:00", "20:00", 1)).await;
        let mut ichiro = app.resident(TOWN, ICHIRO).await;
        let second = ichiro.post_json("/api/v1/reservations", &booking("19:00", "21:00", 2)).await;
        assert_eq!((second.status, &*second.problem()), (409, "slot.taken"));
        let facts = second.json();
        let nearest = &facts["facts"]["alternatives"][0];
        assert!(nearest["time"]["start"].is_string(), "{facts}");
        assert!(ichiro.get("/api/v1/reservations").await.json()["items"].as_array().unwrap().is_empty());
    }

    async fn another_total_than_the_one_shown_is_never_booked(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let mut wish = booking("18:00", "20:00", 1);
        wish["seen_total_yen"] = json!(2300);
        let refused = hanako.post_json("/api/v1/reservations", &wish).await;
        assert_eq!((refused.status, &*refused.problem()), (409, "booking.price_changed"));
        assert_eq!(refused.json()["facts"], json!({"total_yen": 2400}));
    }

    async fn whoever_lives_elsewhere_pays_the_surcharge_whatever_they_say(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut kenji = app.resident(TOWN, KENJI).await;
        let mut wish = gym("18:00", "20:00");
        wish["attributes"] = json!({"outsider": false});
        let quote = kenji.post_json("/api/v1/quotes", &wish).await.json();
        assert_eq!(quote["total_yen"], 4000);
        let surcharge = quote["lines"].as_array().unwrap().iter();
        assert!(surcharge.clone().any(|line| line["label"] == "町外利用 加算"), "{quote}");
    }

    async fn somebody_who_cannot_be_reached_is_asked_for_an_address_first(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.newcomer(TOWN, HANAKO).await;
        let refused = hanako.post_json("/api/v1/reservations", &booking("18:00", "20:00", 1)).await;
        assert_eq!((refused.status, &*refused.problem()), (409, "profile.incomplete"));
    }
}
