//! The walk: every registered route, by somebody who may not.

use std::collections::BTreeSet;

use axum::http::Method;
use contract::{Action, Role, role_may};
use leptos_axum::generate_route_list;
use serde_json::json;

use crate::api::booking;
use crate::app::{
    Answer, Browser, HANAKO, ICHIRO, MISAKI, NEIGHBOUR, SATO, TANAKA, TOWN, TestApp, hidden,
};

/// Where anybody may look; everything else is somebody's own.
const PUBLIC: [&str; 15] = [
    "/",
    "/facilities/{facility}",
    "/rooms/{room}",
    "/rooms/{room}/book",
    "/sign-in",
    "/sign-in/failed",
    // Says who is signed in, or how.
    "/staff",
    "/staff/failed",
    // Says nothing of any reservation.
    "/phone/paid",
    "/phone/left",
    "/api/v1/facilities",
    "/api/v1/facilities/{id}",
    "/api/v1/facilities/{id}/availability",
    "/api/v1/rooms/{id}/availability",
    "/api/v1/quotes",
];

/// Routes that neither the screens' list nor the API's document knows.
const OTHERS: &[(&str, &str)] = &[
    ("GET", "/manage/figures.csv?month=2026-11"),
    ("GET", "/reservations/{id}/permit.pdf"),
    ("GET", "/reservations/{id}/receipt.pdf"),
    ("GET", "/reservations/{id}/calendar.ics"),
    ("POST", "/rooms/{room}/book"),
    ("POST", "/profile"),
    ("POST", "/profile/cards/new"),
    ("POST", "/reservations/{id}/confirm"),
    ("POST", "/reservations/{id}/cancel"),
    ("POST", "/sign-out"),
    ("POST", "/staff/sign-out"),
    ("POST", "/counter"),
    ("POST", "/counter/people"),
    ("POST", "/counter/people/new"),
    ("POST", "/counter/people/{id}"),
    ("POST", "/counter/rooms/{room}/book"),
    ("POST", "/counter/till"),
    ("POST", "/counter/till/{id}"),
    ("GET", "/counter/till/{id}/sheet.pdf"),
    ("GET", "/counter/till/{id}/sheet.csv"),
    ("POST", "/counter/reservations/{id}"),
    ("POST", "/counter/reservations/{id}/cancel"),
    ("GET", "/counter/reservations/{id}/permit.pdf"),
    ("GET", "/counter/reservations/{id}/receipt.pdf"),
    ("GET", "/counter/reservations/{id}/payment"),
    ("GET", "/manage/changes"),
    ("POST", "/manage/closures/new"),
    ("POST", "/manage/closures/{id}"),
];

/// Every route: the screens', the API's, the rest.
fn routes() -> BTreeSet<(Method, String)> {
    let mut routes = BTreeSet::new();
    for page in generate_route_list(app::App) {
        routes.insert(("GET", page.path().to_owned()));
    }
    let document = serde_json::to_value(server::document()).unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let method = if method == "get" { "GET" } else { "POST" };
            routes.insert((method, format!("/api/v1{path}")));
        }
    }
    let others = OTHERS.iter();
    routes.extend(others.map(|(method, path)| (*method, (*path).to_owned())));
    routes
        .into_iter()
        .map(|(method, path)| (method.parse().unwrap(), path))
        .collect()
}

/// What only 花子 may see.
struct Secrets {
    id: String,
    words: Vec<String>,
}

/// 花子's reservation, with everything on it that is hers.
async fn secrets(hanako: &mut Browser) -> Secrets {
    let mut wish = booking("18:00", "20:00", 1);
    wish["note"] = json!("花子のメモ");
    let booked = hanako.post_json("/api/v1/reservations", &wish).await.json();
    let text = |name: &str| booked[name].as_str().unwrap().to_owned();
    let own = [
        "花子のメモ",
        "山田",
        "hanako@example.jp",
        "090-1234-5678",
        "光台九丁目",
    ];
    let mut words: Vec<_> = own.map(str::to_owned).into();
    words.push(text("number"));
    Secrets {
        id: text("id"),
        words,
    }
}

/// What a page of the staff's is for; `None` for what is not one, or is for all of them.
fn needs(path: &str) -> Option<Action> {
    let doors = [
        ("/counter/till", Action::SeeTill),
        ("/counter/people", Action::SellAtCounter),
        ("/counter/book", Action::SellAtCounter),
        ("/counter/rooms", Action::SellAtCounter),
        ("/counter/reservations", Action::SellAtCounter),
        ("/counter", Action::SeeCounter),
        ("/manage/closures", Action::ManageClosures),
        ("/manage/figures", Action::SeeFigures),
        ("/manage/history", Action::SeeAudit),
        ("/manage", Action::SeeBoard),
    ];
    doors
        .into_iter()
        .find_map(|(door, action)| path.starts_with(door).then_some(action))
}

async fn visit(browser: &mut Browser, method: &Method, path: &str, id: &str) -> Answer {
    // Slugs where slugs belong, 花子's reservation where ids do.
    let path = path
        .replace("{facility}", "gym")
        .replace("{room}", "gym-full")
        .replace("facilities/{id}", "facilities/gym")
        .replace("rooms/{id}", "rooms/gym-full")
        .replace("{id}", id);
    match (method.as_str(), path.starts_with("/api/")) {
        ("GET", _) => browser.get(&path).await,
        (_, true) => browser.post_json(&path, &json!({})).await,
        (_, false) => browser.post_form(&path, &[("token", "0")]).await,
    }
}

/// Ending a session that is none leads home.
fn leads_home(answer: &Answer) -> bool {
    answer.status == 303
        && ["/", "/staff"]
            .map(Some)
            .contains(&answer.header("location"))
}

fn leads_to_sign_in(answer: &Answer) -> bool {
    let doors = ["/sign-in", "/staff/sign-in"];
    let to = answer.header("location").unwrap_or_default();
    answer.status == 303 && doors.iter().any(|door| to.starts_with(door))
}

testkit::on_both! {
    async fn without_a_session_nobodys_data_is_shown(db: TestStore) {
        let app = TestApp::open(&db).await;
        let secrets = secrets(&mut app.resident(TOWN, HANAKO).await).await;
        for (method, path) in routes() {
            let answer = visit(&mut app.visitor(TOWN), &method, &path, &secrets.id).await;
            let text = answer.text();
            for word in &secrets.words {
                assert!(!text.contains(word), "{method} {path} tells {word}");
            }
            let public = PUBLIC.contains(&&*path);
            let led = leads_to_sign_in(&answer) || leads_home(&answer);
            let refused = led || [401, 404, 409, 422].contains(&answer.status);
            assert!(public || refused, "{method} {path}: {} {text}", answer.status);
            assert!(answer.status < 500, "{method} {path}: {text}");
            if method == Method::GET && !public {
                let told = [401, 404].contains(&answer.status) || leads_to_sign_in(&answer);
                assert!(told, "{method} {path}: {}", answer.status);
            }
        }
    }

    async fn what_belongs_to_somebody_else_is_not_there(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let secrets = secrets(&mut hanako).await;
        let before = hanako.get(&format!("/api/v1/reservations/{}", secrets.id)).await.json();
        let mut elsewhere = app.resident(TOWN, HANAKO).await;
        elsewhere.host = format!("{NEIGHBOUR}.localhost:8080");
        for mut stranger in [
            app.resident(TOWN, ICHIRO).await,
            app.resident(NEIGHBOUR, MISAKI).await,
            app.resident(NEIGHBOUR, HANAKO).await,
            elsewhere,
        ] {
            for (method, path) in routes() {
                if !path.contains("reservations/{id}") {
                    continue;
                }
                let answer = visit(&mut stranger, &method, &path, &secrets.id).await;
                let text = answer.text();
                for word in ["花子のメモ", secrets.words.last().unwrap()] {
                    assert!(!text.contains(word), "{method} {path} tells {word}");
                }
                let hidden = [401, 404].contains(&answer.status) || leads_to_sign_in(&answer);
                // A form is asked for its token before its reservation is looked for.
                let stale = method == Method::POST && answer.status == 409;
                assert!(hidden || stale, "{method} {path}: {} {text}", answer.status);
            }
        }
        let after = hanako.get(&format!("/api/v1/reservations/{}", secrets.id)).await.json();
        assert_eq!(before, after);
    }

    // The other way round too: what staff may see they see on their own pages, by their own cookie.
    async fn staff_have_no_way_into_what_is_a_residents(db: TestStore) {
        let app = TestApp::open(&db).await;
        let secrets = secrets(&mut app.resident(TOWN, HANAKO).await).await;
        for role in Role::ALL {
            let mut staff = app.colleague(TOWN, SATO, role).await;
            // Under the residents' name, as if it were one of theirs.
            let theirs = staff.cookies["__Host-staff"].clone();
            staff.cookies.insert("__Host-session".to_owned(), theirs);
            for (method, path) in routes() {
                if app::links::is_staffs(&path) {
                    continue;
                }
                let answer = visit(&mut staff, &method, &path, &secrets.id).await;
                let text = answer.text();
                for word in &secrets.words {
                    assert!(!text.contains(word), "{role}: {method} {path} tells {word}");
                }
                if !PUBLIC.contains(&&*path) && method == Method::GET {
                    assert_eq!(answer.status, 401, "{role}: {method} {path}");
                }
            }
        }
    }

    // Pages of the staff: by nobody, by a resident, by staff of another town.
    async fn a_page_of_the_staff_is_nobody_elses(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.grant(TOWN, TANAKA, Role::Admin, None).await;
        let mut elsewhere = app.colleague(NEIGHBOUR, TANAKA, Role::Admin).await;
        elsewhere.host = app.visitor(TOWN).host;
        let mut resident = app.resident(TOWN, HANAKO).await;
        let theirs = resident.cookies["__Host-session"].clone();
        resident.cookies.insert("__Host-staff".to_owned(), theirs);
        for mut stranger in [app.visitor(TOWN), resident, elsewhere] {
            for (method, path) in routes() {
                if !app::links::is_staffs(&path) {
                    continue;
                }
                let answer = visit(&mut stranger, &method, &path, "0").await;
                let text = answer.text();
                for word in ["職員 tanaka", "href=\"/counter\"", "href=\"/manage\"", "山田"] {
                    assert!(!text.contains(word), "{method} {path} tells {word}");
                }
                assert!(answer.status < 500, "{method} {path}: {text}");
            }
        }
    }

    // The right door and the wrong role: what a role does not allow answers nothing, whatever is asked.
    async fn a_role_opens_nothing_that_it_was_not_given_for(db: TestStore) {
        let app = TestApp::open(&db).await;
        let secrets = secrets(&mut app.resident(TOWN, HANAKO).await).await;
        for role in Role::ALL {
            let mut staff = app.colleague(TOWN, SATO, role).await;
            let token = hidden(&staff.get("/staff").await.text(), "token");
            let mut refused = 0;
            for (method, path) in routes() {
                let Some(action) = needs(&path).filter(|action| !role_may(role, *action)) else {
                    continue;
                };
                let answer = if method == Method::GET {
                    visit(&mut staff, &method, &path, &secrets.id).await
                } else {
                    let path = path.replace("{id}", &secrets.id).replace("{room}", "gym-full");
                    staff.post_form(&path, &[("token", &*token), ("q", "山田")]).await
                };
                let told = format!("{role}: {method} {path}: {}", answer.status);
                // A form that lacks a field may be told so; nobody is shown for it.
                let stops = [403, 404].contains(&answer.status)
                    || method == Method::POST && [409, 422].contains(&answer.status);
                assert!(stops, "{told} without {action:?}");
                for word in &secrets.words {
                    assert!(!answer.text().contains(word), "{told} tells {word}");
                }
                refused += 1;
            }
            let may_all = matches!(role, Role::Admin | Role::Manager);
            assert_eq!(refused == 0, may_all, "{role}");
            app.revoke(TOWN, SATO).await;
        }
    }

    async fn the_walk_knows_the_routes(db: TestStore) {
        let app = TestApp::open(&db).await;
        let routes = routes();
        for path in PUBLIC {
            assert!(routes.iter().any(|(_, known)| known == path), "{path}");
        }
        assert!(routes.len() >= 30, "{routes:?}");
        // What the walk calls a route the router calls one too.
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let secrets = secrets(&mut hanako).await;
        for (method, path) in routes {
            let answer = visit(&mut hanako, &method, &path, &secrets.id).await;
            assert_ne!(answer.status, 405, "{method} {path}");
        }
    }
}
