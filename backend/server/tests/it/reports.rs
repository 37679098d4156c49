//! 利用実績・操作記録: as a manager's browser gets them, without a script.

use contract::{Action, Role, role_may};

use crate::api::booking;
use crate::app::{HANAKO, SATO, SUZUKI, TOWN, TestApp};

testkit::on_both! {
    async fn figures_are_a_page_and_a_file_that_say_the_same(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut manager = app.colleague(TOWN, SUZUKI, Role::Manager).await;
        let page = manager.get("/manage/figures?month=2026-11&facility=gym").await;
        assert_eq!(page.status, 200, "{}", page.text());
        let text = page.text();
        for word in ["利用実績", "2026年11月", "体育館（全面）", "計に含めない", "<svg"] {
            assert!(text.contains(word), "{word}: {text}");
        }
        let file = manager.get("/manage/figures.csv?month=2026-11&facility=gym").await;
        assert_eq!(file.status, 200);
        assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
        assert!(file.text().contains("体育館（全面）"), "{}", file.text());
        for (path, status) in [
            ("/manage/figures?month=soon", 422),
            ("/manage/figures?facility=arena", 404),
            ("/manage/figures.csv?month=soon", 404),
            ("/manage/figures.csv", 400),
        ] {
            assert_eq!(manager.get(path).await.status, status, "{path}");
        }
    }

    async fn a_history_is_found_by_number_and_by_nobody_without_the_right(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let made = hanako.post_json("/api/v1/reservations", &booking("18:00", "20:00", 1)).await;
        let number = made.json()["number"].as_str().unwrap().to_owned();
        let found = format!("/manage/history?find={number}");
        for role in Role::ALL {
            let mut staff = app.colleague(TOWN, SATO, role).await;
            let may = role_may(role, Action::SeeAudit);
            for (path, status) in [
                ("/manage/history", 200),
                (&found, 200),
                ("/manage/history?find=2611-0000-0000", 404),
            ] {
                let page = staff.get(path).await;
                assert_eq!(page.status, if may { status } else { 403 }, "{role}: {path}");
                let told = page.text().contains("仮予約した");
                assert_eq!(told, may && path == found, "{role}: {path}");
            }
            let figures = staff.get("/manage/figures?month=2026-11").await;
            let may = role_may(role, Action::SeeFigures);
            assert_eq!(figures.status, if may { 200 } else { 403 }, "{role}");
            app.revoke(TOWN, SATO).await;
        }
    }
}
