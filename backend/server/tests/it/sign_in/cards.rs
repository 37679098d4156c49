//! Cards say odd things. Whoever holds one gets in all the same (identity.md §5, test 25).

use serde_json::{Value, json};
use standin::idp::Fault;

use crate::app::{HANAKO, NEIGHBOUR, TOWN, TestApp};

/// One person for each odd card: what a card does not give is kept from before.
const CARDS: [&str; 10] = [
    "hanako",
    "ichiro",
    "alexandra",
    "sora",
    "kenji",
    "misaki",
    "takeshi",
    "maria",
    "riku",
    "yoko",
];

const RARE: &str = "𠮷葛\u{E0100}\u{E000}髙";
const NOT_GIVEN: &str = "確認していません";

/// What userinfo says instead, and what the profile then shows.
fn odd_cards() -> Vec<(Value, String)> {
    let long = "寿限無".repeat(100);
    let shows = |patch, text: &str| (patch, text.to_owned());
    vec![
        shows(
            json!({"address": {"formatted": "京都府相楽郡精華町祝園１"}}),
            "精華町祝園１",
        ),
        shows(
            json!({"address": {"region": "京都府", "locality": "精華町", "street_address": "祝園２"}}),
            "京都府精華町祝園２",
        ),
        shows(json!({"address": null}), NOT_GIVEN),
        shows(json!({"address": ["京都府"]}), NOT_GIVEN),
        shows(json!({"address": {}}), NOT_GIVEN),
        shows(json!({"address": long}), &long),
        shows(json!({"gender": null}), "お名前"),
        shows(json!({"gender": "<b>9</b>"}), "お名前"),
        shows(json!({"gender": {"code": 1}}), "お名前"),
        shows(json!({"birthdate": "19000101"}), "1900年"),
        shows(json!({"birthdate": 19_850_315}), "1985年"),
        shows(json!({"birthdate": "1985-03-15"}), "1985年"),
        shows(json!({"birthdate": "19850300"}), NOT_GIVEN),
        shows(json!({"birthdate": "昭和60年3月"}), NOT_GIVEN),
        shows(json!({"birthdate": null}), NOT_GIVEN),
        shows(json!({"name": RARE}), RARE),
        shows(json!({"name": long}), &long),
        shows(
            json!({"name": "<script>alert(1)</script>"}),
            "&lt;script&gt;alert(1)",
        ),
        shows(json!({"name": null}), "お名前"),
        shows(
            json!({"verified_claims": [[]], "postcode": {"a": 1}}),
            "お名前",
        ),
    ]
}

testkit::on_both! {
    async fn claims_in_odd_shapes_let_the_person_in_and_are_shown(db: TestStore) {
        let app = TestApp::open(&db).await;
        let people = [TOWN, NEIGHBOUR].into_iter().flat_map(|town| CARDS.map(|card| (town, card)));
        let odd = odd_cards();
        assert!(odd.len() <= 2 * CARDS.len());
        for ((patch, shown), (town, card)) in odd.into_iter().zip(people) {
            app.idp.once(Fault::Userinfo { patch: patch.clone() });
            let mut browser = app.newcomer(town, card).await;
            let profile = browser.get("/profile").await;
            assert_eq!(profile.status, 200, "{patch}");
            assert!(profile.text().contains(&shown), "{patch}: {}", profile.text());
            assert!(!profile.text().contains("<script>alert"), "{patch}");
        }
    }

    async fn a_card_that_is_allowed_to_say_nothing_still_lets_its_holder_in(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.idp.once(Fault::Scope { granted: "openid".to_owned() });
        let mut browser = app.newcomer(TOWN, HANAKO).await;
        let profile = browser.get("/profile").await.text();
        assert!(profile.contains(NOT_GIVEN) && !profile.contains("山田"));
    }

    async fn what_a_card_does_not_say_today_is_kept_from_before(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.resident(TOWN, HANAKO).await;
        app.idp.once(Fault::Userinfo {
            patch: json!({"name": null, "address": null, "birthdate": null, "gender": null}),
        });
        let mut browser = app.newcomer(TOWN, HANAKO).await;
        let profile = browser.get("/profile").await.text();
        for kept in ["山田　花子", "光台九丁目", "1985年", "hanako@example.jp"] {
            assert!(profile.contains(kept), "{kept}");
        }
    }

    async fn moving_away_is_seen_at_the_next_sign_in(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut before = app.resident(TOWN, HANAKO).await;
        assert!(before.get("/profile").await.text().contains("町内（在住：カードの住所"));
        app.idp.once(Fault::Userinfo { patch: json!({"address": "京都府木津川市見本台１"}) });
        let mut after = app.newcomer(TOWN, HANAKO).await;
        let profile = after.get("/profile").await.text();
        assert!(profile.contains("木津川市見本台１") && profile.contains("町外"));
        assert!(!profile.contains("町内（在住"));
        assert!(profile.contains("hanako@example.jp"), "still the same person");
    }
}
