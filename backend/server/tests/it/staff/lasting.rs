//! Sessions of staff: for how long, and in which cookie.

use chrono::Duration;
use contract::Role;

use super::{STAFF, is_on_duty};
use crate::app::{SATO, TOWN, TestApp};

testkit::on_both! {
    async fn a_session_of_staff_has_a_cookie_of_its_own_for_a_working_day(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.grant(TOWN, SATO, Role::Window, None).await;
        let mut sato = app.visitor(TOWN);
        let arrived = sato.sign_in_staff(&app.idp, SATO, "/staff").await;
        let set = arrived.header("set-cookie").unwrap();
        assert!(set.starts_with("__Host-staff="), "{set}");
        for said in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=28800"] {
            assert!(set.contains(said), "{said} in {set}");
        }
        assert!(!set.contains("Domain"), "{set}");
    }

    async fn a_session_of_staff_ends_after_fifteen_idle_minutes(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut sato = app.colleague(TOWN, SATO, Role::Window).await;
        app.world.clock.advance(Duration::seconds(15 * 60 - 1));
        assert!(is_on_duty(&mut sato).await);
        app.world.clock.advance(Duration::seconds(15 * 60));
        assert!(!is_on_duty(&mut sato).await);
    }

    async fn a_session_of_staff_ends_after_eight_hours_however_busy(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut sato = app.colleague(TOWN, SATO, Role::Window).await;
        for _ in 0..34 {
            app.world.clock.advance(Duration::minutes(14));
            assert!(is_on_duty(&mut sato).await);
        }
        app.world.clock.advance(Duration::seconds(4 * 60 - 1));
        assert!(is_on_duty(&mut sato).await);
        app.world.clock.advance(Duration::seconds(1));
        assert!(!is_on_duty(&mut sato).await);
    }

    async fn signing_in_again_ends_this_browsers_session_and_no_other(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut counter = app.colleague(TOWN, SATO, Role::Window).await;
        let mut office = app.colleague(TOWN, SATO, Role::Window).await;
        let mut copy = counter.clone();
        counter.sign_in_staff(&app.idp, SATO, "/staff").await;
        assert_ne!(counter.cookies[STAFF], copy.cookies[STAFF]);
        assert!(is_on_duty(&mut counter).await && is_on_duty(&mut office).await);
        assert!(!is_on_duty(&mut copy).await);
    }

    async fn signing_out_needs_a_form_of_this_session_and_ends_every_copy(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut sato = app.colleague(TOWN, SATO, Role::Window).await;
        let mut copy = sato.clone();
        for forged in ["", "0", &"f".repeat(64)] {
            sato.post_form("/staff/sign-out", &[("token", forged)]).await;
            assert!(is_on_duty(&mut sato).await, "{forged}");
        }
        let token = sato.token("/staff").await;
        let out = sato.post_form("/staff/sign-out", &[("token", &token)]).await;
        assert_eq!(out.header("clear-site-data"), Some("\"cache\", \"storage\""));
        assert!(!sato.cookies.contains_key(STAFF));
        assert!(!is_on_duty(&mut copy).await);
    }
}
