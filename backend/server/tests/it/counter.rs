//! 窓口: the day's list as a clerk's browser gets it, without a script.

use contract::Role;
use serde_json::json;

use crate::api::booking;
use crate::app::{Browser, HANAKO, ICHIRO, SATO, TOWN, TestApp, hidden};

/// A reservation of Hanako's: its id and number.
async fn booked(hanako: &mut Browser) -> (String, String) {
    let made = hanako
        .post_json("/api/v1/reservations", &booking("18:00", "20:00", 1))
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let json = made.json();
    let word = |name: &str| json[name].as_str().unwrap().to_owned();
    (word("id"), word("number"))
}

testkit::on_both! {
    async fn a_clerk_finds_a_reservation_by_its_number_in_one_step(db: TestStore) {
        let app = TestApp::open(&db).await;
        let (id, number) = booked(&mut app.resident(TOWN, HANAKO).await).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        for typed in [&number, &id] {
            let found = clerk.get(&format!("/counter?find={typed}")).await;
            assert_eq!(found.status, 303);
            let place = found.header("location").unwrap().to_owned();
            assert!(place.ends_with(&format!("#r-{id}")), "{place}");
            let list = clerk.get(place.split('#').next().unwrap()).await;
            assert_eq!(list.status, 200);
            let text = list.text();
            assert!(text.contains(&format!("id=\"r-{id}\"")) && text.contains("花子"), "{text}");
        }
        let lost = clerk.get("/counter?find=2611-0000-0000").await;
        assert_eq!(lost.status, 404);
        assert!(lost.text().contains("この予約は見つかりません") && lost.text().contains("2611-0000-0000"));
    }

    // A scan leads on to the list of that day; of the page in between nobody sees anything.
    async fn a_scan_notes_nobody_whom_the_clerk_is_not_shown(db: TestStore) {
        let app = TestApp::open(&db).await;
        let (id, _) = booked(&mut app.resident(TOWN, HANAKO).await).await;
        let mut today = booking("18:00", "20:00", 2);
        today["what"]["date"] = json!("2026-11-21");
        let mut ichiro = app.resident(TOWN, ICHIRO).await;
        let made = ichiro.post_json("/api/v1/reservations", &today).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        let views = async || db.rows("view_log").await.unwrap();
        let found = clerk.get(&format!("/counter?find={id}")).await;
        assert_eq!((found.status, views().await), (303, 0));
        let place = found.header("location").unwrap().split('#').next().unwrap().to_owned();
        let list = clerk.get(&place).await.text();
        assert!(list.contains("花子") && !list.contains("一郎"), "{list}");
        assert_eq!(views().await, 1);
        let list = clerk.get("/counter").await.text();
        assert!(list.contains("一郎"), "whom today's list would have shown: {list}");
        assert_eq!(views().await, 2);
    }

    async fn a_guest_who_is_too_early_stays_outside_in_plain_words(db: TestStore) {
        let app = TestApp::open(&db).await;
        let (id, number) = booked(&mut app.resident(TOWN, HANAKO).await).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        let found = clerk.get(&format!("/counter?find={number}")).await;
        let place = found.header("location").unwrap().split('#').next().unwrap().to_owned();
        let token = hidden(&clerk.get(&place).await.text(), "token");
        let form = |token| [("token", token), ("reservation", &*id), ("action", "check_in")];
        let stale = clerk.post_form(&place, &form("0")).await;
        assert_eq!(stale.status, 409);
        let early = clerk.post_form(&place, &form(&token)).await;
        assert_eq!(early.status, 409, "{}", early.text());
        assert!(early.text().contains("花子"), "the list is still there");
        let nonsense = [("token", &*token), ("reservation", "0"), ("action", "dance")];
        assert_eq!(clerk.post_form(&place, &nonsense).await.status, 404);
    }

    async fn a_role_opens_its_own_pages_and_no_others(db: TestStore) {
        let app = TestApp::open(&db).await;
        booked(&mut app.resident(TOWN, HANAKO).await).await;
        for role in Role::ALL {
            let mut staff = app.colleague(TOWN, SATO, role).await;
            let may = contract::role_may(role, contract::Action::SeeCounter);
            let page = staff.get("/counter").await;
            assert_eq!(page.status, if may { 200 } else { 403 }, "{role}");
            assert!(may || !page.text().contains("花子"), "{role}");
            app.revoke(TOWN, SATO).await;
        }
    }
}
