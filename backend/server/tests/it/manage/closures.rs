//! 休館: the form, what it shows before anything is done, and lifting, without a script.

use contract::Role;

use crate::api::booking;
use crate::app::{Browser, HANAKO, ICHIRO, SUZUKI, TOWN, TestApp, hidden};

const FORM: &str = "/manage/closures/new";

/// The Saturday of [`booking`], all day, the whole gym.
async fn filled(manager: &mut Browser) -> Vec<(String, String)> {
    let page = manager.get(&format!("{FORM}?facility=gym")).await.text();
    let fields = [
        ("token", hidden(&page, "token")),
        ("submission", hidden(&page, "submission")),
        ("facility", "gym".to_owned()),
        ("place", "facility".to_owned()),
        ("from", "2026-12-05".to_owned()),
        ("hours", "day".to_owned()),
        ("kind", "works".to_owned()),
        ("reason_note", "屋根の修理".to_owned()),
    ];
    fields.map(|(name, value)| (name.to_owned(), value)).into()
}

async fn send(
    manager: &mut Browser,
    form: &[(String, String)],
    more: &[(&str, &str)],
) -> crate::app::Answer {
    let own = form.iter().map(|(name, value)| (&**name, &**value));
    let all: Vec<_> = own.chain(more.iter().copied()).collect();
    manager.post_form(FORM, &all).await
}

testkit::on_both! {
    async fn a_closure_is_shown_then_made_then_lifted(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let made = hanako.post_json("/api/v1/reservations", &booking("18:00", "20:00", 1)).await;
        let id = made.json()["id"].as_str().unwrap().to_owned();
        let mut manager = app.colleague(TOWN, SUZUKI, Role::Manager).await;
        let form = filled(&mut manager).await;

        let shown = send(&mut manager, &form, &[("action", "preview")]).await;
        assert_eq!(shown.status, 200, "{}", shown.text());
        let text = shown.text();
        for words in ["1件の予約が取り消されます", "花子", "1件の予約を取り消して、休みにする"] {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert!(!text.contains("?place="), "nothing of the form in an address");
        let seen = hidden(&text, "seen");

        // Somebody else books meanwhile: shown again, not done.
        let mut ichiro = app.resident(TOWN, ICHIRO).await;
        ichiro.post_json("/api/v1/reservations", &booking("16:00", "18:00", 2)).await;
        let confirm = [("action", "close"), ("seen", &*seen)];
        let changed = send(&mut manager, &form, &confirm).await;
        assert_eq!(changed.status, 409);
        assert!(changed.text().contains("2件の予約が取り消されます"), "{}", changed.text());
        let seen = hidden(&changed.text(), "seen");

        let done = send(&mut manager, &form, &[("action", "close"), ("seen", &*seen)]).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let place = done.header("location").unwrap().to_owned();
        assert!(place.ends_with("?made=2"), "{place}");
        let page = manager.get(&place).await;
        assert!(page.text().contains("2件の予約を取り消しました"), "{}", page.text());
        let hers = hanako.get(&format!("/api/v1/reservations/{id}")).await.json();
        assert_eq!(hers["state"]["name"], "cancelled", "{hers}");
        let listed = manager.get("/manage/closures").await.text();
        assert!(listed.contains("屋根の修理"), "{listed}");
        let day = hanako.get("/facilities/gym?date=2026-12-05").await.text();
        assert!(!day.contains("start=18%3A00"), "nothing is free: {day}");

        let token = hidden(&page.text(), "token");
        let address = place.split('?').next().unwrap();
        let stale = manager.post_form(address, &[("token", "0"), ("all", "1")]).await;
        assert_eq!(stale.status, 409);
        let lift = [("token", &*token), ("day", "2026-12-05")];
        let lifted = manager.post_form(address, &lift).await;
        assert_eq!(lifted.status, 303, "{}", lifted.text());
        let again = manager.post_form(address, &lift).await;
        assert_eq!(again.status, 422);
        assert!(again.text().contains("すでに解除されているかもしれません"), "{}", again.text());
        let free = hanako.get("/facilities/gym?date=2026-12-05").await.text();
        assert!(free.contains("start=18%3A00"), "{free}");
    }

    // What is left standing at its beginning is not an answer: 全館 and 終日 close the most there is.
    async fn rooms_or_times_beside_everything_are_asked_about_before_anything_is_shown(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut manager = app.colleague(TOWN, SUZUKI, Role::Manager).await;
        let form = filled(&mut manager).await;
        for (more, words, kept) in [
            (&[("room.gym-north", "1")][..], "「全館」なのに、部屋も選ばれています。", "name=\"room.gym-north\" value=\"1\" checked"),
            (&[("start", "09:00"), ("end", "12:00")], "「終日」なのに、時刻も選ばれています。", "value=\"12:00\" selected"),
        ] {
            for action in ["preview", "close"] {
                let more = [more, &[("action", action), ("seen", "")]].concat();
                let asked = send(&mut manager, &form, &more).await;
                assert_eq!(asked.status, 422, "{}", asked.text());
                let text = asked.text();
                assert!(text.contains(words) && text.contains(kept), "{text}");
                assert!(text.contains("屋根の修理"), "what was typed is still there: {text}");
                assert!(!text.contains("name=\"seen\""), "nothing to say yes to: {text}");
            }
        }
    }

    async fn a_form_that_says_too_little_comes_back_with_what_was_typed(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut manager = app.colleague(TOWN, SUZUKI, Role::Manager).await;
        let mut form = filled(&mut manager).await;
        form.retain(|(name, _)| !["from", "kind"].contains(&&**name));
        let refused = send(&mut manager, &form, &[("action", "preview")]).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        for words in ["はじめの日を入力してください", "理由を選んでください", "屋根の修理"] {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert!(!text.contains("name=\"seen\""), "nothing to say yes to");
    }
}
