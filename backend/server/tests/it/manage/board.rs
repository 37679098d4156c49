//! 予約状況: who sees it, and what of it.

use contract::{Action, Role, role_may};

use crate::api::booking;
use crate::app::{HANAKO, SATO, TOWN, TestApp};

/// The Saturday of [`booking`].
const BOARD: &str = "/manage?date=2026-12-05";

testkit::on_both! {
    async fn every_role_sees_of_the_board_what_it_is_for(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let made = hanako.post_json("/api/v1/reservations", &booking("18:00", "20:00", 1)).await;
        assert_eq!(made.status, 201, "{}", made.text());
        for role in Role::ALL {
            let mut staff = app.colleague(TOWN, SATO, role).await;
            let page = staff.get(BOARD).await;
            let may = |action| role_may(role, action);
            assert_eq!(page.status, if may(Action::SeeBoard) { 200 } else { 403 }, "{role}");
            let text = page.text();
            assert_eq!(text.contains("花子"), may(Action::SeePersonalData), "{role}: {text}");
            assert_eq!(text.contains("18:00–20:00"), may(Action::SeeBoard), "{role}: {text}");
            let home = staff.get("/staff").await.text();
            assert_eq!(home.contains("href=\"/manage\""), may(Action::SeeBoard), "{role}");
            let closes = home.contains("href=\"/manage/closures\"");
            assert_eq!(closes, may(Action::ManageClosures), "{role}");
            app.revoke(TOWN, SATO).await;
        }
    }

    async fn a_board_is_a_table_with_heads_for_a_day_and_a_week(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut staff = app.colleague(TOWN, SATO, Role::Viewer).await;
        let day = staff.get(BOARD).await.text();
        assert!(day.contains("<th scope=\"row\">体育館（全面）</th>"), "{day}");
        assert!(day.contains("9時</th>") && day.contains("20時</th>"), "{day}");
        let week = staff.get(&format!("{BOARD}&range=week&facility=gym")).await.text();
        assert!(week.contains("休館"), "a Monday is among seven days: {week}");
        assert!(!week.contains("大会議室"), "one facility: {week}");
        for nonsense in ["/manage?facility=no_such", "/manage?facility=arena"] {
            assert_eq!(staff.get(nonsense).await.status, 404, "{nonsense}");
        }
        assert_eq!(staff.get("/manage?date=nonsense&range=year").await.status, 200);
    }
}
