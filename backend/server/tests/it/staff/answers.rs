//! What the staff's issuer must not get away with: the faults of identity.md §5 that concern an ID
//! token, on the staff's realm.

use contract::Role;
use standin::idp::Fault;

use super::{STAFF, assert_turned_away, is_on_duty};
use crate::app::{SATO, TOWN, TestApp};

testkit::on_both! {
    // Tests 4 to 13.
    async fn a_token_of_the_staffs_issuer_that_is_not_right_opens_nothing(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.grant(TOWN, SATO, Role::Admin, None).await;
        let mut sato = app.visitor(TOWN);
        for fault in [
            Fault::WrongNonce,
            Fault::NoNonce,
            Fault::AlgNone,
            Fault::AlgHs256,
            Fault::AlgRs256,
            Fault::ForeignKey,
            Fault::EmbeddedJwk,
            Fault::NoKid,
            Fault::Critical,
            Fault::WrongAud,
            Fault::ExtraAud,
            Fault::WrongIss,
            Fault::SlashIss,
            Fault::SchemeIss,
            Fault::MixupIss,
            Fault::Expired,
            Fault::FutureIat,
            Fault::WrongAtHash,
            Fault::HugeIdToken,
        ] {
            app.idp.staff().once(fault.clone());
            let answer = sato.sign_in_staff(&app.idp, SATO, "/staff").await;
            assert_turned_away(&answer, "rejected");
            assert!(!sato.cookies.contains_key(STAFF), "{fault:?}");
        }
        assert_eq!(app.idp.staff().seen().trap_calls, 0);
        assert!(!is_on_duty(&mut sato).await);
    }

    // Nothing is asked with the access token, so nothing need tie it to the ID token.
    async fn what_an_issuer_of_staff_may_leave_out_or_be_late_with_does_no_harm(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.grant(TOWN, SATO, Role::Admin, None).await;
        for fault in [Fault::NoAtHash, Fault::Skew30s, Fault::LowAcr, Fault::OwnIss] {
            app.idp.staff().once(fault.clone());
            let mut sato = app.visitor(TOWN);
            sato.sign_in_staff(&app.idp, SATO, "/staff").await;
            assert!(is_on_duty(&mut sato).await, "{fault:?}");
        }
        assert_eq!(app.idp.staff().seen().userinfo_calls, 0);
    }

    // Tests 17 and 25.
    async fn an_issuer_of_staff_that_refuses_or_is_away_is_told_kindly(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.grant(TOWN, SATO, Role::Admin, None).await;
        let mut sato = app.visitor(TOWN);
        let cancelled = sato.choose_colleague(&app.idp, "", "/counter").await;
        let answer = sato.get(&cancelled).await;
        assert_turned_away(&answer, "cancelled");
        assert!(answer.header("location").unwrap().ends_with("return_to=%2Fcounter"));
        let page = sato.get(answer.header("location").unwrap()).await.text();
        assert!(page.contains("/staff/sign-in?return_to=%2Fcounter"), "{page}");
        for (error, reason) in [
            ("invalid_grant", "expired"),
            ("invalid_client", "unavailable"),
            ("server_error", "unavailable"),
        ] {
            app.idp.staff().once(Fault::TokenError { error: error.to_owned() });
            let answer = sato.sign_in_staff(&app.idp, SATO, "/staff").await;
            assert_turned_away(&answer, reason);
        }
        let callback = sato.choose_colleague(&app.idp, SATO, "/staff").await;
        sato.get(&callback).await;
        assert_turned_away(&sato.get(&callback).await, "expired");
        assert!(is_on_duty(&mut sato).await, "once is enough, and twice does no harm");
    }

    // Faults of the one realm are not the other's.
    async fn the_realms_do_not_share_their_troubles(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.grant(TOWN, SATO, Role::Admin, None).await;
        app.idp.always(Fault::WrongNonce);
        app.idp.rotate_keys().unwrap();
        let mut sato = app.visitor(TOWN);
        sato.sign_in_staff(&app.idp, SATO, "/staff").await;
        assert!(is_on_duty(&mut sato).await);
    }
}
