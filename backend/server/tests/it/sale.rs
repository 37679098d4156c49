//! 窓口での受付 and 引出し: as a clerk's browser gets them, without a script.

use contract::Role;

use crate::api::booking;
use crate::app::{Browser, HANAKO, SATO, TOWN, TestApp, hidden};

/// A held reservation of Hanako's: its id.
pub async fn held(hanako: &mut Browser) -> String {
    let made = hanako
        .post_json("/api/v1/reservations", &booking("18:00", "20:00", 1))
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    made.json()["id"].as_str().unwrap().to_owned()
}

/// Posts a form with the page's hidden values; gives the answer.
pub async fn press(clerk: &mut Browser, page: &str, fields: &[(&str, &str)]) -> crate::app::Answer {
    let shown = clerk.get(page).await.text();
    let mut form = Vec::new();
    for name in ["token", "submission"] {
        form.push((name, hidden(&shown, name)));
    }
    for name in [
        "till",
        "seen_total_yen",
        "seen_refund_yen",
        "seen_expected_yen",
        "refund",
    ] {
        if shown.contains(&format!("name=\"{name}\"")) {
            form.push((name, hidden(&shown, name)));
        }
    }
    let owned = fields.iter().map(|(n, v)| (*n, (*v).to_owned()));
    form.extend(owned);
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    clerk.post_form(page, &form).await
}

/// Opens a drawer of the gym; gives its page.
pub async fn drawer(clerk: &mut Browser, float: &str) -> String {
    let open = [("facility", "gym"), ("drawer", "1"), ("float", float)];
    let opened = press(clerk, "/counter/till?facility=gym", &open).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let page = opened.header("location").unwrap();
    page.split('?').next().unwrap().to_owned()
}

testkit::on_both! {
    async fn a_clerk_takes_cash_and_sees_the_change(db: TestStore) {
        let app = TestApp::open(&db).await;
        let id = held(&mut app.resident(TOWN, HANAKO).await).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        let page = format!("/counter/reservations/{id}");
        let shut = clerk.get(&page).await;
        assert!(shut.text().contains("今日の引出しが開いていません"), "{}", shut.text());
        let drawer = drawer(&mut clerk, "５，０００").await;

        let read = clerk.get(&format!("{page}/read")).await;
        assert!(read.status == 200 && read.text().contains("花子"), "{}", read.text());
        let short = press(&mut clerk, &page, &[("action", "cash"), ("tendered", "500")]).await;
        assert_eq!(short.status, 422);
        assert!(short.text().contains("足りません") && short.text().contains("value=\"500\""));
        let taken = press(&mut clerk, &page, &[("action", "cash"), ("tendered", "3,000")]).await;
        assert_eq!(taken.status, 303, "{}", taken.text());
        let done = clerk.get(taken.header("location").unwrap()).await.text();
        for words in ["支払済", "お釣り", "600円", "500円玉 1枚", "permit.pdf", "receipt.pdf"] {
            assert!(done.contains(words), "{words}: {done}");
        }
        for paper in ["permit.pdf", "receipt.pdf"] {
            let paper = clerk.get(&format!("{page}/{paper}")).await;
            assert_eq!(paper.header("content-type"), Some("application/pdf"));
        }
        let twice = clerk.get(&page).await.text();
        assert!(!twice.contains("value=\"cash\""), "nothing is left to pay");

        let cancelled = press(&mut clerk, &format!("{page}/cancel"), &[("reason", "")]).await;
        assert_eq!(cancelled.status, 422, "a reason is missing");
        let cancelled = press(&mut clerk, &format!("{page}/cancel"), &[("reason", "本人の申出")]).await;
        assert_eq!(cancelled.status, 303, "{}", cancelled.text());
        let due = clerk.get("/counter/till?facility=gym").await.text();
        assert!(due.contains(&format!("href=\"/counter/reservations/{id}\"")), "{due}");
        let out = press(&mut clerk, &page, &[("action", "pay_out")]).await;
        assert_eq!(out.status, 303, "{}", out.text());

        let wrong = press(&mut clerk, &drawer, &[("action", "close"), ("count.1000", "4")]).await;
        assert_eq!(wrong.status, 422);
        let text = wrong.text();
        assert!(text.contains("現金が1,000円足りません") && text.contains("value=\"4\""), "{text}");
        let right = [("action", "close"), ("count.1000", "５")];
        let closed = press(&mut clerk, &drawer, &right).await;
        assert_eq!(closed.status, 303, "{}", closed.text());
        let pdf = clerk.get(&format!("{drawer}/sheet.pdf")).await;
        assert_eq!(pdf.header("content-type"), Some("application/pdf"));
        let csv = clerk.get(&format!("{drawer}/sheet.csv")).await;
        assert!(csv.text().starts_with('\u{feff}'), "{}", csv.text());
    }

    async fn slots_are_given_up_by_whose_they_are_and_at_the_counter(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let id = held(&mut hanako).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        drawer(&mut clerk, "5000").await;
        let sale = format!("/counter/reservations/{id}");
        let cash = [("action", "cash"), ("tendered", "3000")];
        assert_eq!(press(&mut clerk, &sale, &cash).await.status, 303);

        let own = format!("/reservations/{id}");
        let cancel = hanako.get(&format!("{own}/cancel")).await.text();
        assert!(cancel.contains(&format!("href=\"{own}/give-up\"")), "{cancel}");
        let page = format!("{own}/give-up");
        let slots = hanako.get(&page).await.text();
        assert!(slots.contains("name=\"slot.18:00\"") && !slots.contains("seen_refund_yen"));
        let middle = hanako.get(&format!("{page}?slot.18:30=on")).await.text();
        assert!(middle.contains("間の時間だけ"), "{middle}");
        let last = format!("{page}?slot.19:30=on");
        let shown = hanako.get(&last).await.text();
        for words in ["600円", "18:00–19:30", "条例第10条"] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let nothing = press(&mut hanako, &last, &[]).await;
        assert_eq!(nothing.status, 422, "{}", nothing.text());
        let given = press(&mut hanako, &last, &[("slot.19:30", "on")]).await;
        assert_eq!(given.status, 303, "{}", given.text());
        let after = hanako.get(&own).await.text();
        for words in ["予約の一部を取り消しました", "18:00–20:00 を 18:00–19:30 に短縮", "条例第10条"] {
            assert!(after.contains(words), "{words}: {after}");
        }
        // The notice of what went back, for whose it is and at the counter.
        let at_counter = clerk.get(&sale).await.text();
        for (shown, page, browser) in [(after, &own, &mut hanako), (at_counter, &sale, &mut clerk)] {
            let notice = format!("{page}/refunds/1/notice.pdf");
            assert!(shown.contains(&format!("href=\"{notice}\"")), "{shown}");
            let paper = browser.get(&notice).await;
            assert_eq!(paper.header("content-type"), Some("application/pdf"));
            let none = browser.get(&format!("{page}/refunds/2/notice.pdf")).await;
            assert_eq!(none.status, 404, "{}", none.text());
        }

        let nonsense = clerk.get(&format!("{sale}/cancel?why=reason:snow")).await;
        assert_eq!(nonsense.status, 200);
        assert!(!nonsense.text().contains("seen_refund_yen"), "{}", nonsense.text());
        let first = format!("{sale}/cancel?slot.18:00=on");
        let part = [("slot.18:00", "on"), ("reason", "本人の申出")];
        let done = press(&mut clerk, &first, &part).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let done = clerk.get(done.header("location").unwrap()).await.text();
        assert!(done.contains("予約の一部を取り消しました。"), "{done}");
        assert!(done.contains("18:00–19:30 を 18:30–19:30 に短縮"), "{done}");
    }

    async fn a_phone_gets_a_code_and_the_screen_is_told_when_it_is_paid(db: TestStore) {
        let app = TestApp::open(&db).await;
        let id = held(&mut app.resident(TOWN, HANAKO).await).await;
        let mut clerk = app.colleague(TOWN, SATO, Role::Window).await;
        let page = format!("/counter/reservations/{id}");
        let asked = press(&mut clerk, &page, &[("action", "phone")]).await;
        assert_eq!(asked.status, 303, "{}", asked.text());
        let code = clerk.get(&page).await.text();
        let (_, url) = code.split_once("data-checkout=\"").unwrap();
        let session = url.split('"').next().unwrap().rsplit('/').next().unwrap().to_owned();
        assert!(code.contains("role=\"img\""), "the code is drawn");
        let waits = clerk.get(&format!("{page}/payment")).await;
        assert_eq!((waits.status, waits.text()), (200, "waiting".to_owned()));
        app.stripe.control().pay(&session, &standin::stripe::Pay::default()).unwrap();
        let paid = clerk.get(&format!("{page}/payment?ask=1")).await;
        assert_eq!(paid.text(), "paid");
        assert!(clerk.get(&page).await.text().contains("id=\"paid\""));
        let phone = app.visitor(TOWN).get("/phone/paid").await;
        assert!(phone.status == 200 && !phone.text().contains("花子"));
    }
}
