//! Where the staff's pages lead: nobody is shown a link to a door that is closed to them.

use std::collections::BTreeSet;

use contract::Role;

use crate::app::{Browser, HANAKO, SATO, SUZUKI, TOWN, TestApp};
use crate::sale::{drawer, held, press};

/// The addresses that a page of the staff leads to.
fn links(page: &str) -> Vec<String> {
    // A file leads nowhere.
    let body = page.split_once("<body").map_or("", |(_, body)| body);
    let links = body.split("href=\"").skip(1);
    let links = links.filter_map(|rest| rest.split('"').next());
    let own = links.filter(|link| link.starts_with('/') && !link.starts_with("/pkg/"));
    own.map(|link| link.replace("&amp;", "&")).collect()
}

/// One of each kind: the same page of another day or of another thing is no other page.
fn kind(link: &str) -> String {
    let path = link.split(['?', '#']).next().unwrap();
    let words = path.split('/').map(|word| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        if digits > 4 { "{id}" } else { word }
    });
    words.collect::<Vec<_>>().join("/")
}

/// Follows every link from the first page on; gives what was found, by kind.
async fn walk(staff: &mut Browser, more: &[&str], role: Role) -> BTreeSet<String> {
    let mut found = BTreeSet::from(["/staff".to_owned()]);
    let mut ahead = vec!["/staff".to_owned()];
    ahead.extend(more.iter().map(|page| (*page).to_owned()));
    while let Some(page) = ahead.pop() {
        let answer = staff.get(&page).await;
        assert_eq!(answer.status, 200, "{role}: a link leads to {page}");
        for link in links(&answer.text()) {
            // A facility is everybody's; what residents search and book is not for the desk.
            let theirs = ["/", "/reservations", "/profile"].contains(&&*link);
            assert!(!theirs, "{role}: {page} leads to the residents' {link}");
            // Papers take long to draw; who gets them is asked elsewhere.
            let page = app::links::is_staffs(&link) && !link.ends_with(".pdf");
            if page && found.insert(kind(&link)) {
                ahead.push(link);
            }
        }
    }
    found
}

testkit::on_both! {
    async fn a_page_that_says_no_leads_staff_back_to_their_own_pages(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut viewer = app.colleague(TOWN, SATO, Role::Viewer).await;
        for (page, status) in [
            ("/counter", 403),
            ("/manage/closures", 403),
            ("/manage/nothing", 404),
            ("/manage?facility=arena", 404),
            ("/counter/till/0193a0b0-0000-7000-8000-000000000001/sheet.csv", 403),
        ] {
            let answer = viewer.get(page).await;
            assert_eq!(answer.status, status, "{page}");
            let text = answer.text();
            let (_, main) = text.split_once("<main").unwrap();
            assert!(main.contains("href=\"/staff\""), "{page}: {main}");
            for other in ["href=\"/\"", "href=\"/reservations\"", "予約の確認", "施設をさがす"] {
                assert!(!main.contains(other), "{page} leads to the residents' {other}: {main}");
            }
        }
        let lost = viewer.get("/nothing").await.text();
        assert!(lost.contains("href=\"/reservations\""), "elsewhere they are anybody: {lost}");
    }

    async fn no_page_leads_a_role_to_a_door_that_is_closed_to_it(db: TestStore) {
        let app = TestApp::open(&db).await;
        let id = held(&mut app.resident(TOWN, HANAKO).await).await;
        // A refund that waits at the counter, a drawer of today, and a day without any.
        let mut clerk = app.colleague(TOWN, SUZUKI, Role::Window).await;
        let till = drawer(&mut clerk, "5000").await;
        let sale = format!("/counter/reservations/{id}");
        press(&mut clerk, &sale, &[("action", "cash"), ("tendered", "3000")]).await;
        let reason = [("reason", "本人の申出")];
        let cancelled = press(&mut clerk, &format!("{sale}/cancel"), &reason).await;
        assert_eq!(cancelled.status, 303, "{}", cancelled.text());
        for role in Role::ALL {
            let mut staff = app.colleague(TOWN, SATO, role).await;
            let sees_tills = contract::role_may(role, contract::Action::SeeTill);
            let more = ["/counter/till", "/counter/till?facility=gym&date=2026-11-20", &till];
            let more = if sees_tills { &more[..] } else { &[] };
            let found = walk(&mut staff, more, role).await;
            assert_eq!(found.contains("/counter/till"), sees_tills, "{role}: {found:?}");
            let sells = contract::role_may(role, contract::Action::SellAtCounter);
            let due = found.contains("/counter/reservations/{id}");
            assert_eq!(due, sells, "{role}: {found:?}");
            app.revoke(TOWN, SATO).await;
        }
    }
}
