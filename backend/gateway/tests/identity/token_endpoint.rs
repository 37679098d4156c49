//! Redeeming the code: once, with proof of who we are and that we asked.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::TimeDelta;
use gateway::identity::{
    Endpoints, IdentityConfigFault, RelyingParty, RelyingPartyConfig, SignatureAlgorithm,
    public_key_set,
};
use jsonwebtoken::jwk::JwkSet;
use standin::idp::{Endpoint, Fault, KeyPair};
use url::Url;
use usecases::ports::identity::{
    IdentityProvider as _, Misconfiguration, SignInAttempt, SignInFailure,
};

use crate::journey::{CLIENT_ID, Dice, Town};

/// Adversarial test 17.
#[tokio::test]
async fn a_code_that_was_used_or_is_too_old_leads_to_begin_again() {
    let town = Town::open().await;
    let attempt = town.attempt();
    let callback = town.visit(&attempt, "hanako").await;
    town.redeem(&callback, &attempt).await.unwrap();
    let replayed = town.redeem(&callback, &attempt).await;
    assert!(
        matches!(replayed, Err(SignInFailure::StaleCode)),
        "{replayed:?}"
    );

    let slow = town.attempt();
    let callback = town.visit(&slow, "hanako").await;
    town.wait(TimeDelta::minutes(11));
    let expired = town.redeem(&callback, &slow).await;
    assert!(
        matches!(expired, Err(SignInFailure::StaleCode)),
        "{expired:?}"
    );
}

/// Adversarial test 18.
#[tokio::test]
async fn pkce_is_always_s256_and_the_verifier_leaves_only_with_the_code() {
    let town = Town::open().await;
    let attempt = town.attempt();
    let url = Url::parse(&town.rp.authorize_url(&attempt)).unwrap();
    let sent: HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(sent["code_challenge_method"], "S256");
    assert!(!url.as_str().contains(&attempt.verifier));
    assert!(!format!("{attempt:?}").contains(&attempt.verifier));
    assert_eq!(sent.len(), url.query_pairs().count(), "nothing twice");
    for absent in [
        "prompt",
        "max_age",
        "ui_locales",
        "login_hint",
        "claims",
        "response_mode",
    ] {
        assert!(
            !sent.contains_key(absent),
            "the service does not know {absent}"
        );
    }

    let callback = town.visit(&attempt, "hanako").await;
    let swapped = SignInAttempt {
        verifier: town.attempt().verifier,
        ..attempt
    };
    let outcome = town.redeem(&callback, &swapped).await;
    assert!(
        matches!(outcome, Err(SignInFailure::StaleCode)),
        "{outcome:?}"
    );
}

/// Adversarial test 19.
#[tokio::test]
async fn every_assertion_is_short_lived_addressed_and_used_once() {
    let town = Town::open().await;
    for _ in 0..3 {
        town.sign_in("hanako").await.unwrap();
    }
    let calls = town.idp.seen().token_calls;
    let mut jtis = HashSet::new();
    for call in &calls {
        let claims = &call.assertion_claims;
        assert_eq!(claims["iss"], CLIENT_ID);
        assert_eq!(claims["sub"], CLIENT_ID);
        assert_eq!(claims["aud"], town.idp.endpoint("token"));
        assert_eq!(
            claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
            60
        );
        assert_eq!(call.assertion_header["alg"], "ES256");
        assert_eq!(call.assertion_header["kid"].as_str().unwrap().len(), 43);
        assert!(jtis.insert(claims["jti"].as_str().unwrap()));
    }
    assert_eq!(jtis.len(), 3);
}

/// Adversarial test 19.
#[tokio::test]
async fn a_clock_five_minutes_off_is_named_as_the_cause() {
    let town = Town::open().await;
    for (off, expected) in [(TimeDelta::minutes(5), 300), (TimeDelta::minutes(-5), -300)] {
        let attempt = town.attempt();
        let callback = town.visit(&attempt, "hanako").await;
        let outcome = town.rp.redeem(town.now() + off, &callback, &attempt).await;
        let Err(SignInFailure::Misconfigured(Misconfiguration::ClockSkew { error, ahead_s })) =
            outcome
        else {
            panic!("{outcome:?}")
        };
        assert_eq!((error.as_str(), ahead_s), ("invalid_client", expected));
    }
}

/// What a town hands in with its application form is what its assertions are verified with.
#[tokio::test]
async fn the_public_half_that_is_printed_is_the_one_that_signs_and_holds_no_secret() {
    let key = KeyPair::generate().unwrap();
    let printed = public_key_set(&key.private_pem, SignatureAlgorithm::Es256).unwrap();
    let set: JwkSet = serde_json::from_value(printed.clone()).unwrap();
    assert_eq!(set.keys.len(), 1);
    assert_eq!(set.keys[0].algorithm, key.public.algorithm);
    let fields: HashSet<_> = printed["keys"][0]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let public = ["kty", "crv", "x", "y", "use", "alg", "kid"].map(str::to_owned);
    assert_eq!(fields, public.into());

    let town = Town::open_with(|config| config.client_key_pem = key.private_pem).await;
    let _unregistered = town.sign_in("hanako").await;
    let call = town.idp.seen().token_calls.pop().unwrap();
    assert_eq!(call.assertion_header["kid"], printed["keys"][0]["kid"]);
    assert!(public_key_set("-----BEGIN PRIVATE KEY-----", SignatureAlgorithm::Es256).is_err());
}

#[tokio::test]
async fn a_provider_that_refuses_us_is_the_operators_business() {
    let town = Town::open().await;
    for error in [
        "invalid_client",
        "unauthorized_client",
        "unsupported_grant_type",
    ] {
        let outcome = town
            .sign_in_despite(Fault::TokenError {
                error: error.to_owned(),
            })
            .await;
        let Err(SignInFailure::Misconfigured(why)) = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(why, Misconfiguration::Refused(error.to_owned()));
    }
    let text = "<b>山田</b>".to_owned();
    let outcome = town
        .sign_in_despite(Fault::TokenError { error: text })
        .await;
    assert!(!format!("{outcome:?}").contains("山田"), "{outcome:?}");
}

/// The code is the browser's to write, so what it can bring about must not wake an operator.
#[tokio::test]
async fn what_an_odd_code_may_earn_is_an_outage_and_no_alarm() {
    let town = Town::open().await;
    let faults = ["invalid_request", "invalid_scope", "never_heard_of"]
        .map(|error| Fault::TokenError {
            error: error.to_owned(),
        })
        .into_iter()
        .chain([403, 404, 413, 429, 500].map(|status| Fault::Fail {
            at: Endpoint::Token,
            status,
        }));
    for fault in faults {
        let shown = format!("{fault:?}");
        let outcome = town.sign_in_despite(fault).await;
        assert!(
            matches!(outcome, Err(SignInFailure::Unavailable(_))),
            "{shown}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn endpoints_in_the_clear_are_refused_unless_they_are_on_this_machine() {
    let key = KeyPair::generate().unwrap();
    let set_up = |token: &str| {
        let https = |path: &str| Url::parse(&format!("https://idp.example/{path}")).unwrap();
        let endpoints = Endpoints {
            authorize: https("auth"),
            token: Url::parse(token).unwrap(),
            userinfo: Some(https("userinfo")),
            jwks: https("certs"),
        };
        let config = RelyingPartyConfig::for_card_service(
            "https://idp.example".to_owned(),
            endpoints,
            CLIENT_ID.to_owned(),
            "https://seika.example/auth/callback".to_owned(),
            key.private_pem.clone(),
        );
        RelyingParty::new(config, Arc::new(Dice)).map(|_rp| ())
    };
    for bad in [
        "http://idp.example/token",
        "http://10.0.0.1/token",
        "ftp://localhost/token",
    ] {
        assert!(
            matches!(set_up(bad), Err(IdentityConfigFault::PlainHttp(_))),
            "{bad}"
        );
    }
    for good in [
        "https://idp.example/token",
        "http://127.0.0.1/token",
        "http://idp.localhost/",
    ] {
        assert!(set_up(good).is_ok(), "{good}");
    }
}
