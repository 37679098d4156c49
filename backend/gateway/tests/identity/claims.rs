//! ID tokens that are genuine but not for us, not now, or not of this attempt.

use gateway::identity::Assurance;
use serde_json::json;
use standin::idp::Fault;
use usecases::ports::identity::{IdentityProvider as _, Rejection, SignInAttempt, SignInFailure};

use crate::journey::{CLIENT_ID, Town};

fn claims(patch: serde_json::Value) -> Fault {
    Fault::Claims { patch }
}

/// Adversarial test 4.
#[tokio::test]
async fn a_nonce_that_is_wrong_absent_or_of_an_earlier_attempt_is_refused() {
    let town = Town::open().await;
    assert_eq!(town.rejection_of(Fault::WrongNonce).await, Rejection::Nonce);
    assert_eq!(town.rejection_of(Fault::NoNonce).await, Rejection::Nonce);
    assert_eq!(
        town.rejection_of(claims(json!({ "nonce": "" }))).await,
        Rejection::Nonce
    );

    let earlier = town.attempt();
    let callback = town.visit(&earlier, "hanako").await;
    let now = SignInAttempt {
        nonce: town.attempt().nonce,
        ..earlier
    };
    let outcome = town.redeem(&callback, &now).await;
    assert!(
        matches!(outcome, Err(SignInFailure::Rejected(Rejection::Nonce))),
        "{outcome:?}"
    );
}

/// Adversarial test 8.
#[tokio::test]
async fn a_token_for_somebody_else_or_for_somebody_else_too_is_refused() {
    let town = Town::open().await;
    assert_eq!(
        town.rejection_of(Fault::WrongAud).await,
        Rejection::Audience
    );
    assert_eq!(
        town.rejection_of(Fault::ExtraAud).await,
        Rejection::Audience
    );
    for aud in [
        json!([]),
        json!([CLIENT_ID, CLIENT_ID]),
        json!(""),
        json!("seika00001"),
    ] {
        assert_eq!(
            town.rejection_of(claims(json!({ "aud": aud }))).await,
            Rejection::Audience
        );
    }
    assert_eq!(
        town.rejection_of(claims(json!({ "azp": "RP9" }))).await,
        Rejection::Audience
    );
    assert_eq!(
        town.rejection_of(claims(json!({ "aud": null }))).await,
        Rejection::Malformed
    );
    assert!(
        town.sign_in_despite(claims(json!({ "aud": [CLIENT_ID] })))
            .await
            .is_ok()
    );
}

/// Adversarial test 9.
#[tokio::test]
async fn an_issuer_that_differs_by_one_letter_is_refused() {
    let town = Town::open().await;
    for fault in [Fault::WrongIss, Fault::SlashIss, Fault::SchemeIss] {
        assert_eq!(town.rejection_of(fault).await, Rejection::Issuer);
    }
    let upper = town.idp.issuer().to_uppercase();
    assert_eq!(
        town.rejection_of(claims(json!({ "iss": upper }))).await,
        Rejection::Issuer
    );
}

/// Adversarial test 11.
#[tokio::test]
async fn a_token_is_good_until_one_second_before_the_leeway_ends() {
    let town = Town::open().await;
    let now = town.now().timestamp();
    assert_eq!(town.rejection_of(Fault::Expired).await, Rejection::Expired);
    assert_eq!(
        town.rejection_of(claims(json!({ "exp": now - 60 }))).await,
        Rejection::Expired
    );
    assert!(
        town.sign_in_despite(claims(json!({ "exp": now - 59 })))
            .await
            .is_ok()
    );
    assert_eq!(
        town.rejection_of(claims(json!({ "exp": null }))).await,
        Rejection::Malformed
    );
    assert_eq!(
        town.rejection_of(claims(json!({ "exp": i64::MIN }))).await,
        Rejection::Expired
    );
    assert!(
        town.sign_in_despite(claims(json!({ "exp": i64::MAX })))
            .await
            .is_ok()
    );
}

/// Adversarial test 12.
#[tokio::test]
async fn a_token_from_the_future_is_refused_and_an_honest_skew_is_not() {
    let town = Town::open().await;
    let now = town.now().timestamp();
    assert_eq!(
        town.rejection_of(Fault::FutureIat).await,
        Rejection::NotYetValid
    );
    assert_eq!(
        town.rejection_of(claims(json!({ "iat": now + 61 }))).await,
        Rejection::NotYetValid
    );
    assert_eq!(
        town.rejection_of(claims(json!({ "nbf": now + 61 }))).await,
        Rejection::NotYetValid
    );
    assert_eq!(
        town.rejection_of(claims(json!({ "iat": null }))).await,
        Rejection::Malformed
    );
    assert!(town.sign_in_despite(Fault::Skew30s).await.is_ok());
}

/// Adversarial test 13.
#[tokio::test]
async fn an_access_token_that_the_id_token_does_not_vouch_for_is_refused() {
    let town = Town::open().await;
    assert_eq!(
        town.rejection_of(Fault::WrongAtHash).await,
        Rejection::AccessTokenHash
    );
    assert_eq!(
        town.rejection_of(Fault::NoAtHash).await,
        Rejection::AccessTokenHash
    );
}

/// Adversarial test 13.
#[tokio::test]
async fn an_assurance_below_what_was_asked_is_refused() {
    let town = Town::open().await;
    assert_eq!(
        town.rejection_of(Fault::LowAcr).await,
        Rejection::AssuranceLevel
    );
    assert_eq!(
        town.rejection_of(claims(json!({ "acr": null }))).await,
        Rejection::AssuranceLevel
    );
    let indifferent = Town::open_with(|config| config.assurance.accept = None).await;
    assert!(indifferent.sign_in_despite(Fault::LowAcr).await.is_ok());
}

/// The service's table of levels is not public: a town sets what its contract says.
#[tokio::test]
async fn a_town_asks_for_the_levels_of_its_contract_and_takes_no_other() {
    let level = |ask: &str, accept: &[&str]| Assurance {
        ask: Some(ask.to_owned()),
        accept: Some(accept.iter().map(|one| (*one).to_owned()).collect()),
    };
    let own = level(
        "urn:example:high",
        &["urn:example:high", "urn:example:higher"],
    );
    let town = Town::open_with(|config| config.assurance = own).await;
    let asked = town.rp.authorize_url(&town.attempt());
    assert!(asked.contains("acr_values=urn%3Aexample%3Ahigh"), "{asked}");
    for acr in ["urn:example:high", "urn:example:higher"] {
        let good = town.sign_in_despite(claims(json!({ "acr": acr }))).await;
        assert!(good.is_ok(), "{good:?}");
    }
    assert_eq!(
        town.rejection_of(claims(json!({ "acr": "aal3" }))).await,
        Rejection::AssuranceLevel
    );

    let silent = Assurance {
        ask: None,
        ..Assurance::default()
    };
    let town = Town::open_with(|config| config.assurance = silent).await;
    assert!(
        !town
            .rp
            .authorize_url(&town.attempt())
            .contains("acr_values")
    );
}

/// Adversarial test 20.
#[tokio::test]
async fn userinfo_about_somebody_else_or_about_nobody_is_refused() {
    let town = Town::open().await;
    assert_eq!(town.rejection_of(Fault::OtherSub).await, Rejection::Subject);
    assert_eq!(town.rejection_of(Fault::NoSub).await, Rejection::Subject);
    for sub in [json!(null), json!(""), json!("x".repeat(256))] {
        assert_eq!(
            town.rejection_of(claims(json!({ "sub": sub }))).await,
            Rejection::Subject
        );
    }
}
