//! The provider's keys over time. Time is the test's own.

use std::time::Duration;

use chrono::TimeDelta;
use standin::idp::{Endpoint, Fault};
use usecases::ports::identity::{Rejection, SignInFailure};

use crate::journey::Town;

/// Adversarial test 14.
#[tokio::test]
async fn a_key_rotated_during_a_sign_in_costs_one_fetch_and_no_sign_in() {
    let town = Town::open().await;
    town.sign_in("hanako").await.unwrap();
    town.wait(TimeDelta::minutes(2));
    let attempt = town.attempt();
    let callback = town.visit(&attempt, "hanako").await;
    town.idp.rotate_keys().unwrap();
    town.redeem(&callback, &attempt).await.unwrap();
    assert_eq!(town.idp.seen().certs_calls, 2);
    town.sign_in("kenji").await.unwrap();
    assert_eq!(town.idp.seen().certs_calls, 2, "keys are remembered");
}

/// Adversarial test 15.
#[tokio::test]
async fn a_flood_of_unknown_key_ids_makes_at_most_one_fetch_a_minute() {
    let town = Town::open().await;
    town.idp.always(Fault::UnknownKid);
    for minute in 1..=3 {
        for _ in 0..10 {
            let outcome = town.sign_in("hanako").await;
            assert!(matches!(
                outcome,
                Err(SignInFailure::Rejected(Rejection::UnknownKey))
            ));
        }
        assert_eq!(town.idp.seen().certs_calls, minute);
        town.wait(TimeDelta::seconds(60));
    }
    town.idp.behave();
    town.sign_in("hanako").await.unwrap();
}

/// Adversarial test 16.
#[tokio::test]
async fn while_the_key_endpoint_is_down_known_keys_work_and_without_any_it_is_try_later() {
    for fault in [
        Fault::Fail {
            at: Endpoint::Certs,
            status: 500,
        },
        Fault::Hang {
            at: Endpoint::Certs,
        },
        Fault::Huge {
            at: Endpoint::Certs,
        },
        Fault::Endless {
            at: Endpoint::Certs,
        },
    ] {
        let town = Town::open_with(|config| config.timeout = Duration::from_millis(500)).await;
        town.idp.always(fault.clone());
        let cold = town.sign_in("hanako").await;
        assert!(
            matches!(cold, Err(SignInFailure::Unavailable(_))),
            "{fault:?}: {cold:?}"
        );

        town.idp.behave();
        town.wait(TimeDelta::seconds(5));
        town.sign_in("hanako").await.unwrap();

        town.idp.always(fault.clone());
        town.wait(TimeDelta::hours(5));
        let stale = town.sign_in("hanako").await;
        assert!(stale.is_ok(), "{fault:?}: {stale:?}");
    }
}

#[tokio::test]
async fn a_withdrawn_key_is_forgotten_within_the_hour() {
    let town = Town::open().await;
    town.sign_in("hanako").await.unwrap();
    town.idp.rotate_keys().unwrap();
    town.idp.rotate_keys().unwrap();
    town.wait(TimeDelta::minutes(59));
    assert!(
        town.sign_in_despite(Fault::WithdrawnKey).await.is_ok(),
        "still remembered"
    );
    town.wait(TimeDelta::minutes(2));
    assert_eq!(
        town.rejection_of(Fault::WithdrawnKey).await,
        Rejection::UnknownKey
    );
}
