//! 使用料の見直し・設定の変更の影響: as a manager's browser gets them, without a script.

use contract::Role;

use crate::app::{Browser, HANAKO, SUZUKI, TOWN, TestApp};
use crate::sale;

const STUDY: &str = "/manage/study";
const PREVIEW: &str = "/manage/town/preview";

/// The town file with the whole gym at 1,000 円 an hour rather than 800.
fn dearer() -> String {
    testkit::TOWN_FILE.replace("yen = 800", "yen = 1000")
}

/// Hanako has paid 2,400 円 for an evening of the whole gym on 5 December.
async fn paid(app: &TestApp) -> (Browser, String) {
    let mut hanako = app.resident(TOWN, HANAKO).await;
    let id = sale::held(&mut hanako).await;
    let mut manager = app.colleague(TOWN, SUZUKI, Role::Manager).await;
    sale::drawer(&mut manager, "5000").await;
    let page = format!("/counter/reservations/{id}");
    let cash = [("action", "cash"), ("tendered", "3000")];
    let taken = sale::press(&mut manager, &page, &cash).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let told = hanako
        .get(&format!("/api/v1/reservations/{id}"))
        .await
        .json();
    (manager, told["number"].as_str().unwrap().to_owned())
}

async fn post(browser: &mut Browser, fields: &[(&str, &str)]) -> crate::app::Answer {
    let token = browser.token(STUDY).await;
    let form = [&[("token", &*token)], fields].concat();
    browser.post_form(STUDY, &form).await
}

testkit::on_both! {
    async fn a_proposal_is_tried_on_a_page_and_as_a_file_that_say_the_same(db: TestStore) {
        let app = TestApp::open(&db).await;
        let (mut manager, _number) = paid(&app).await;
        let fresh = manager.get(STUDY).await;
        for word in ["使用料の見直し", "2025-04-01", "2026-03-31", "体育館（全面）", "測り方"] {
            assert!(fresh.text().contains(word), "{word}: {}", fresh.text());
        }
        let file = dearer();
        let period = [("from", "2026-12-01"), ("until", "2026-12-31"), ("town_file", &*file)];
        let shown = post(&mut manager, &[&period[..], &[("action", "compare")]].concat()).await;
        assert_eq!(shown.status, 200, "{}", shown.text());
        // Two hours at 200 円 more each; the light costs what it did.
        for word in ["予約1件", "使用料は400円増えます（2,400円 → 2,800円、+16.7%）", "18:00–20:00", "減免なし"] {
            assert!(shown.text().contains(word), "{word}: {}", shown.text());
        }
        let csv = post(&mut manager, &[&period[..], &[("action", "csv")]].concat()).await;
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
        assert!(csv.text().contains("全体,,,,,,1,2400,2800,400,16.7,1,0,0,0,"), "{}", csv.text());
        let nobody = [("from", "2025-12-01"), ("until", "2025-12-31"), ("town_file", &*file)];
        let empty = post(&mut manager, &nobody).await;
        assert!(empty.status == 200 && empty.text().contains("予約はありません"));
    }

    async fn what_is_wrong_with_a_proposal_is_said_by_its_line_and_kept(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut manager = app.colleague(TOWN, SUZUKI, Role::Manager).await;
        let wrong = testkit::TOWN_FILE.replace("yen = 800", "yen = -800");
        let line = wrong.lines().position(|line| line.contains("-800")).unwrap() + 1;
        let days = [("from", "2026-12-01"), ("until", "2026-12-31")];
        for action in ["compare", "csv"] {
            let form = [&days[..], &[("town_file", &*wrong), ("action", action)]].concat();
            let told = post(&mut manager, &form).await;
            assert_eq!(told.status, 422, "{}", told.text());
            for word in [&*format!("{line}行目"), "yen = -800", "value=\"2026-12-01\""] {
                assert!(told.text().contains(word), "{word}: {}", told.text());
            }
        }
        let elsewhere = testkit::TOWN_FILE.replace("999997", "999989");
        let form = [&days[..], &[("town_file", &*elsewhere)]].concat();
        let told = post(&mut manager, &form).await;
        assert!(told.status == 422 && told.text().contains("寄合町（999989）の町ファイルです"));
        let reversed = [("from", "2026-12-31"), ("until", "2026-12-01"), ("town_file", &*wrong)];
        let told = post(&mut manager, &reversed).await;
        assert_eq!(told.status, 422);
        assert!(told.text().contains("終わりの日は、はじめの日か"), "{}", told.text());
        let stale = manager.post_form(STUDY, &[("token", "0")]).await;
        assert_eq!(stale.status, 409);
    }

    async fn a_new_town_file_is_looked_at_before_it_is_put_in_force(db: TestStore) {
        let app = TestApp::open(&db).await;
        let (mut manager, number) = paid(&app).await;
        let token = manager.token(PREVIEW).await;
        let holiday = format!(
            "{}\n[[holiday]]\ndate = \"2026-12-05\"\nname = \"町制記念日\"\n",
            dearer()
        );
        let form = [("token", &*token), ("town_file", &*holiday)];
        let shown = manager.post_form(PREVIEW, &form).await;
        assert_eq!(shown.status, 200, "{}", shown.text());
        for word in [
            "これからの予約1件のうち、1件に影響があります",
            &number,
            "この日が祝日（町制記念日）になります",
            "料金の計算が変わります（2,400円 → 2,800円）",
        ] {
            assert!(shown.text().contains(word), "{word}: {}", shown.text());
        }
        for name in ["花子", "山田", "hanako"] {
            assert!(!shown.text().contains(name), "{name}");
        }
        let empty = manager.post_form(PREVIEW, &[("token", &*token), ("town_file", " ")]).await;
        assert_eq!(empty.status, 422);
        let wrong = manager.post_form(PREVIEW, &[("token", &*token), ("town_file", "x")]).await;
        assert!(wrong.status == 422 && wrong.text().contains("1行目"), "{}", wrong.text());
    }

    async fn a_town_file_may_be_long_and_nothing_else_may(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut manager = app.colleague(TOWN, SUZUKI, Role::Manager).await;
        let long = format!("{}\n# {}", testkit::TOWN_FILE, "長".repeat(60_000));
        let days = [("from", "2026-12-01"), ("until", "2026-12-31")];
        let form = [&days[..], &[("town_file", &*long)]].concat();
        assert_eq!(post(&mut manager, &form).await.status, 200);
        let counter = manager.post_form("/counter", &form).await;
        assert_eq!(counter.status, 413);
    }
}
