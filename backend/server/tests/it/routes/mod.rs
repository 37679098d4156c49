//! The walk: every route of the router, by somebody who may not.

mod asked;
mod list;
mod real;

use axum::http::Method;
use contract::{Action, Role, role_may};
use serde_json::json;
use testkit::TestStore;

use self::asked::{asks, looks};
use self::list::routes;
use self::real::{Real, real};
use crate::app::{Answer, Browser, HANAKO, ICHIRO, MISAKI, NEIGHBOUR, SATO, TANAKA, TOWN, TestApp};

/// Where anybody may look; everything else is somebody's own.
const PUBLIC: [&str; 28] = [
    "/",
    "/fees",
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
    "/api/v1/openapi.json",
    // The ways in, and out of a session that is none.
    "/auth/start",
    "/auth/callback",
    "/staff/sign-in",
    "/staff/callback",
    "/sign-out",
    "/staff/sign-out",
    // Of the installation. A notice of Stripe's counts by its signature.
    "/healthz",
    "/readyz",
    "/webhooks/stripe",
    // The test's bundle.
    "/yoriai.0.css",
    "/pkg/0/browser.js",
];

/// What a page of the staff's is for; `None` for what is not one, or is for all of them.
fn needs(path: &str) -> Option<Action> {
    let doors = [
        ("/counter/till", Action::SeeTill),
        ("/counter/groups", Action::HandleGroups),
        ("/counter/people", Action::SellAtCounter),
        ("/counter/book", Action::SellAtCounter),
        ("/counter/rooms", Action::SellAtCounter),
        ("/counter/reservations", Action::SellAtCounter),
        ("/counter", Action::SeeCounter),
        ("/manage/closures", Action::ManageClosures),
        ("/manage/figures", Action::SeeFigures),
        ("/manage/study", Action::SeeFigures),
        ("/manage/accounts", Action::SeeFigures),
        ("/manage/transfers", Action::HandleTransfers),
        ("/manage/town/preview", Action::ManageClosures),
        ("/manage/history", Action::SeeAudit),
        ("/manage", Action::SeeBoard),
    ];
    doors
        .into_iter()
        .find_map(|(door, action)| path.starts_with(door).then_some(action))
}

/// What a form of the staff's does needs more than its page where some may only look.
fn needs_to(method: &Method, path: &str) -> Option<Action> {
    if *method == Method::POST && path.starts_with("/counter/till") {
        return Some(Action::HandleTill);
    }
    needs(path)
}

/// Asks a route as it stands.
async fn visit(browser: &mut Browser, method: &Method, path: &str, real: &Real) -> Answer {
    let address = looks(path, real).swap_remove(0);
    match (method.as_str(), path.starts_with("/api/")) {
        ("GET", _) => browser.get(&address).await,
        (_, true) => browser.post_json(&address, &json!({})).await,
        (_, false) => browser.post_form(&address, &[("token", "0")]).await,
    }
}

/// The routes of the staff that are not for everybody.
fn staffs(app: &TestApp) -> Vec<(Method, String)> {
    let mut routes = routes(app);
    routes.retain(|(_, path)| app::links::is_staffs(path) && !PUBLIC.contains(&&**path));
    routes
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

/// Everything that leaves a trace: what was done, and whom somebody saw.
async fn traces(db: &TestStore) -> i64 {
    db.rows("audit_entries").await.unwrap() + db.rows("view_log").await.unwrap()
}

/// Nothing of 花子's, nor of the gym's: but for what was said in asking, which a page may say again.
#[track_caller]
fn tells_nothing(asked: &str, answer: &Answer, real: &Real) {
    let text = answer.text();
    for word in real.words.iter().filter(|word| !asked.contains(&***word)) {
        assert!(
            !text.contains(word),
            "{asked}: {} tells {word}",
            answer.status
        );
    }
}

testkit::on_both! {
    async fn without_a_session_nobodys_data_is_shown(db: TestStore) {
        let app = TestApp::open(&db).await;
        let real = real(&app).await;
        for (method, path) in routes(&app) {
            let answer = visit(&mut app.visitor(TOWN), &method, &path, &real).await;
            tells_nothing(&format!("{method} {:?}", looks(&path, &real)), &answer, &real);
            let told = format!("{method} {path}: {} {}", answer.status, answer.text());
            let public = PUBLIC.contains(&&*path);
            let led = leads_to_sign_in(&answer) || leads_home(&answer);
            let refused = led || [401, 404, 409, 422].contains(&answer.status);
            assert!(public || refused, "{told}");
            assert!(answer.status < 500, "{told}");
            if method == Method::GET && !public {
                assert!([401, 404].contains(&answer.status) || leads_to_sign_in(&answer), "{told}");
            }
        }
    }

    async fn what_belongs_to_somebody_else_is_not_there(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut real = real(&app).await;
        let own = format!("/api/v1/reservations/{}", real.held);
        let before = real.hanako.get(&own).await.json();
        let mut elsewhere = app.resident(TOWN, HANAKO).await;
        elsewhere.host = format!("{NEIGHBOUR}.localhost:8080");
        for mut stranger in [
            app.resident(TOWN, ICHIRO).await,
            app.resident(NEIGHBOUR, MISAKI).await,
            app.resident(NEIGHBOUR, HANAKO).await,
            elsewhere,
        ] {
            for (method, path) in routes(&app) {
                if !path.contains("reservations/{id}") {
                    continue;
                }
                let answer = visit(&mut stranger, &method, &path, &real).await;
                let text = answer.text();
                for word in ["花子のメモ", &real.number] {
                    assert!(!text.contains(word), "{method} {path} tells {word}");
                }
                let hidden = [401, 404].contains(&answer.status) || leads_to_sign_in(&answer);
                // A form is asked for its token before its reservation is looked for.
                let stale = method == Method::POST && answer.status == 409;
                assert!(hidden || stale, "{method} {path}: {} {text}", answer.status);
            }
        }
        let after = real.hanako.get(&own).await.json();
        assert_eq!(before, after);
    }

    // The other way round too: what staff may see they see on their own pages, by their own cookie.
    async fn staff_have_no_way_into_what_is_a_residents(db: TestStore) {
        let app = TestApp::open(&db).await;
        let real = real(&app).await;
        for role in Role::ALL {
            let mut staff = app.colleague(TOWN, SATO, role).await;
            // Under the residents' name, as if it were one of theirs.
            let theirs = staff.cookies["__Host-staff"].clone();
            staff.cookies.insert("__Host-session".to_owned(), theirs);
            for (method, path) in routes(&app) {
                if app::links::is_staffs(&path) {
                    continue;
                }
                let answer = visit(&mut staff, &method, &path, &real).await;
                let told = format!("{role}: {method} {path}: {}", answer.status);
                tells_nothing(&told, &answer, &real);
                if !PUBLIC.contains(&&*path) && method == Method::GET {
                    assert_eq!(answer.status, 401, "{told}");
                }
            }
        }
    }

    // Pages of the staff: by nobody, by a resident, by staff of another town.
    async fn a_page_of_the_staff_is_nobody_elses(db: TestStore) {
        let app = TestApp::open(&db).await;
        let real = real(&app).await;
        app.grant(TOWN, TANAKA, Role::Admin, None).await;
        let mut elsewhere = app.colleague(NEIGHBOUR, TANAKA, Role::Admin).await;
        let token = elsewhere.token("/staff").await;
        elsewhere.host = app.visitor(TOWN).host;
        let mut resident = real.hanako.clone();
        let theirs = resident.cookies["__Host-session"].clone();
        resident.cookies.insert("__Host-staff".to_owned(), theirs);
        let before = traces(&db).await;
        for mut stranger in [app.visitor(TOWN), resident, elsewhere] {
            for (method, path) in staffs(&app) {
                for ask in asks((&method, &path), &real) {
                    let answer = ask.by(&mut stranger, &token).await;
                    let told = format!("{ask}: {}", answer.status);
                    let closed = [401, 403, 404].contains(&answer.status);
                    assert!(closed || leads_to_sign_in(&answer), "{told} {}", answer.text());
                    tells_nothing(&told, &answer, &real);
                    for word in ["職員 tanaka", "href=\"/counter\"", "href=\"/manage\""] {
                        assert!(!answer.text().contains(word), "{told} tells {word}");
                    }
                }
            }
        }
        assert_eq!(traces(&db).await, before, "somebody did or saw something");
    }

    // Staff of another town on their own pages: what is this town's is not there.
    async fn what_is_another_towns_is_not_there_for_its_staff(db: TestStore) {
        let app = TestApp::open(&db).await;
        let real = real(&app).await;
        let mut elsewhere = app.colleague(NEIGHBOUR, TANAKA, Role::Admin).await;
        let token = elsewhere.token("/staff").await;
        let before = traces(&db).await;
        let mut asked = 0;
        for (method, path) in staffs(&app) {
            for ask in asks((&method, &path), &real) {
                // Both towns have a gym: only what has a number is this one's alone.
                if !real.ids().iter().any(|id| ask.names(id)) {
                    continue;
                }
                let answer = ask.by(&mut elsewhere, &token).await;
                let told = format!("{ask}: {}", answer.status);
                assert_eq!(answer.status, 404, "{told} {}", answer.text());
                tells_nothing(&told, &answer, &real);
                asked += 1;
            }
        }
        assert!(asked >= 30, "{asked}");
        assert_eq!(traces(&db).await, before, "somebody did or saw something");
    }

    // The right door and the wrong role: what a role does not allow answers nothing, whatever is asked.
    async fn a_role_opens_nothing_that_it_was_not_given_for(db: TestStore) {
        let app = TestApp::open(&db).await;
        let real = real(&app).await;
        for role in Role::ALL {
            let mut staff = app.colleague(TOWN, SATO, role).await;
            let token = staff.token("/staff").await;
            let before = traces(&db).await;
            let mut refused = 0;
            for (method, path) in staffs(&app) {
                let action = needs_to(&method, &path).unwrap();
                if role_may(role, action) {
                    continue;
                }
                for ask in asks((&method, &path), &real) {
                    let answer = ask.by(&mut staff, &token).await;
                    let told = format!("{role}: {ask}: {}", answer.status);
                    assert_eq!(answer.status, 403, "{told} without {action:?}");
                    // Who may only look is shown again what there is.
                    if !needs(&path).is_some_and(|look| role_may(role, look)) {
                        tells_nothing(&told, &answer, &real);
                    }
                    refused += 1;
                }
            }
            assert_eq!(traces(&db).await, before, "{role} did or saw something");
            let may_all = role == Role::Admin;
            assert_eq!(refused == 0, may_all, "{role}");
            app.revoke(TOWN, SATO).await;
        }
    }

    // The right role at another facility: nothing of this one.
    async fn a_role_at_one_facility_opens_nothing_of_another(db: TestStore) {
        // People and groups belong to the town, and so do its file and the news that something changed.
        const TOWNS: [&str; 13] = [
            "/counter/groups",
            "/counter/groups/new",
            "/counter/groups/{id}",
            "/counter/people",
            "/counter/people/new",
            "/counter/people/{id}",
            // A list of what waits at one's own facilities.
            "/counter/reviews",
            // Of one's own facilities alone: looked at below.
            "/manage/accounts",
            "/manage/accounts.csv",
            "/manage/changes",
            "/manage/closures",
            "/manage/study",
            "/manage/town/preview",
        ];
        let app = TestApp::open(&db).await;
        let real = real(&app).await;
        app.grant(TOWN, SATO, Role::Manager, Some("hall")).await;
        let mut staff = app.visitor(TOWN);
        staff.sign_in_staff(&app.idp, SATO, "/staff").await;
        let token = staff.token("/staff").await;
        let before = traces(&db).await;
        for (method, path) in staffs(&app) {
            if TOWNS.contains(&&*path) {
                continue;
            }
            for ask in asks((&method, &path), &real) {
                let answer = ask.by(&mut staff, &token).await;
                let told = format!("{ask}: {}", answer.status);
                assert!([403, 404].contains(&answer.status), "{told} {}", answer.text());
                tells_nothing(&told, &answer, &real);
            }
        }
        let closures = staff.get("/manage/closures").await;
        assert_eq!(closures.status, 200);
        tells_nothing("the list of closures", &closures, &real);
        for page in ["/manage/accounts?month=2026-11", "/manage/accounts.csv?month=2026-11"] {
            let accounts = staff.get(page).await;
            assert_eq!(accounts.status, 200);
            assert!(!accounts.text().contains("2,400円") && !accounts.text().contains("2400"), "{page}");
        }
        let reviews = staff.get("/counter/reviews").await;
        assert_eq!(reviews.status, 200);
        tells_nothing("the list of reviews", &reviews, &real);
        assert_eq!(traces(&db).await, before, "somebody did or saw something of the gym");
    }

    // Without this the walk could be refused for what its forms lack, and prove nothing.
    async fn with_the_role_nothing_that_the_walk_asks_is_refused_for_what_it_lacks(db: TestStore) {
        let app = TestApp::open(&db).await;
        let real = real(&app).await;
        let mut staff = app.colleague(TOWN, SATO, Role::Manager).await;
        app.grant(TOWN, SATO, Role::Accounting, None).await;
        let token = staff.token("/staff").await;
        for (method, path) in staffs(&app) {
            // It never ends by itself.
            if path == "/manage/changes" {
                continue;
            }
            for ask in asks((&method, &path), &real) {
                let answer = ask.by(&mut staff, &token).await;
                let text = answer.text();
                // What an earlier form has changed, or the clock forbids, is told by the rules.
                let lifted = text.contains("すでに解除されているかもしれません");
                let by_rule = answer.status == 409 || answer.status == 422 && lifted;
                let done = [200, 303].contains(&answer.status) || by_rule;
                assert!(done, "{ask}: {} {text}", answer.status);
                assert!(!leads_to_sign_in(&answer), "{ask}");
                // 花子 has given her number already: a form that asks for it is an old one.
                let stale = text.contains("ページを開いてから時間がたちました");
                assert!(!stale || path == "/counter/people/{id}", "{ask}");
            }
        }
    }

    async fn the_walk_knows_the_routes(db: TestStore) {
        let app = TestApp::open(&db).await;
        let routes = routes(&app);
        for path in PUBLIC {
            assert!(routes.iter().any(|(_, known)| known == path), "{path}");
        }
        assert!(routes.len() >= 70, "{}: {routes:?}", routes.len());
    }
}
