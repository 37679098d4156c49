//! Answers that fail, stall, never end or lead elsewhere.

use std::time::Duration;

use standin::idp::{Endpoint, Fault};
use usecases::ports::identity::{Rejection, SignInFailure};

use crate::journey::Town;

async fn hurried() -> Town {
    Town::open_with(|config| config.timeout = Duration::from_millis(500)).await
}

/// Adversarial test 21.
#[tokio::test]
async fn oversized_and_endless_answers_are_cut_off() {
    let town = Town::open().await;
    assert_eq!(
        town.rejection_of(Fault::HugeIdToken).await,
        Rejection::Malformed
    );
    for at in [Endpoint::Token, Endpoint::Userinfo] {
        assert_eq!(
            town.rejection_of(Fault::Huge { at }).await,
            Rejection::Malformed
        );
        // Would never return if it were read to its end.
        assert_eq!(
            town.rejection_of(Fault::Endless { at }).await,
            Rejection::Malformed
        );
    }
}

/// Adversarial test 21.
#[tokio::test]
async fn an_answer_that_drips_or_never_comes_ends_with_try_later() {
    let town = hurried().await;
    for at in [Endpoint::Token, Endpoint::Userinfo, Endpoint::Certs] {
        for fault in [Fault::Drip { at }, Fault::Hang { at }] {
            let town = if at == Endpoint::Certs {
                &hurried().await
            } else {
                &town
            };
            let outcome = town.sign_in_despite(fault.clone()).await;
            assert!(
                matches!(outcome, Err(SignInFailure::Unavailable(_))),
                "{fault:?}: {outcome:?}"
            );
        }
    }
}

/// Adversarial test 20.
#[tokio::test]
async fn a_failing_endpoint_ends_with_try_later() {
    let town = Town::open().await;
    for at in [Endpoint::Token, Endpoint::Userinfo] {
        for status in [500, 502, 503, 429] {
            let outcome = town.sign_in_despite(Fault::Fail { at, status }).await;
            assert!(
                matches!(outcome, Err(SignInFailure::Unavailable(_))),
                "{at:?}: {outcome:?}"
            );
        }
    }
}

#[tokio::test]
async fn no_redirect_is_followed_wherever_it_leads() {
    let town = Town::open().await;
    for at in [Endpoint::Token, Endpoint::Userinfo] {
        let fault = Fault::Redirect {
            at,
            to: town.idp.trap(),
        };
        assert!(town.sign_in_despite(fault).await.is_err());
    }
    let cold = Town::open().await;
    let fault = Fault::Redirect {
        at: Endpoint::Certs,
        to: cold.idp.trap(),
    };
    assert!(cold.sign_in_despite(fault).await.is_err());
    assert_eq!(town.idp.seen().trap_calls + cold.idp.seen().trap_calls, 0);
}

#[tokio::test]
async fn the_doctor_is_told_whether_the_provider_answers_with_a_usable_key() {
    let town = Town::open().await;
    town.rp.check().await.unwrap();
    town.idp.once(Fault::Fail {
        at: Endpoint::Certs,
        status: 503,
    });
    let outcome = town.rp.check().await;
    assert!(
        matches!(outcome, Err(SignInFailure::Unavailable(_))),
        "{outcome:?}"
    );
}
