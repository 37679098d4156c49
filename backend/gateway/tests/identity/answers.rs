//! What comes back when all is well, and the callbacks and attributes that are odd.

use serde_json::json;
use standin::idp::Fault;
use usecases::ports::identity::{
    Birthdate, Callback, Gender, IdentityProvider as _, Rejection, SignInFailure, TurnedBack,
};

use crate::journey::{CLIENT_ID, Town};

#[tokio::test]
async fn choosing_a_card_brings_the_four_attributes_and_a_pairwise_subject() {
    let town = Town::open().await;
    let hanako = town.sign_in("hanako").await.unwrap();
    assert_eq!(hanako.issuer, town.rp.issuer());
    assert_eq!(hanako.client_id, CLIENT_ID);
    assert_eq!(hanako.name.unwrap().reveal(), "山田　花子");
    assert_eq!(
        hanako.address.unwrap().reveal(),
        "京都府相楽郡精華町光台九丁目９９番地１"
    );
    let born = Birthdate::Day("1985-03-15".parse().unwrap());
    assert!(hanako.birthdate.unwrap().into_revealed() == born);
    assert!(hanako.gender.unwrap().into_revealed() == Gender::Female);

    let again = town.sign_in("hanako").await.unwrap();
    assert_eq!(
        again.subject, hanako.subject,
        "the subject is the key of the identity"
    );
    let kenji = town.sign_in("kenji").await.unwrap();
    assert_ne!(kenji.subject, hanako.subject);
}

#[tokio::test]
async fn a_long_name_with_rare_characters_arrives_whole() {
    let town = Town::open().await;
    let name = town
        .sign_in("alexandra")
        .await
        .unwrap()
        .name
        .unwrap()
        .into_revealed();
    assert!(name.contains('𠮷') && name.contains("葛\u{E0100}") && name.contains("邉\u{E0102}"));
    assert!(name.chars().count() > 45, "{}", name.chars().count());
}

/// Adversarial test 1, as far as the relying party decides.
#[tokio::test]
async fn a_missing_altered_or_swapped_state_is_refused_before_any_code_is_sent() {
    let town = Town::open().await;
    let attempt = town.attempt();
    let honest = town.visit(&attempt, "hanako").await;
    let other_browsers = town.attempt().state;
    for state in [
        None,
        Some(String::new()),
        Some(format!("{}x", attempt.state)),
        Some(other_browsers),
    ] {
        let callback = Callback {
            state,
            ..honest.clone()
        };
        let outcome = town.redeem(&callback, &attempt).await;
        assert!(
            matches!(outcome, Err(SignInFailure::Rejected(Rejection::State))),
            "{outcome:?}"
        );
    }
    assert_eq!(town.rejection_of(Fault::StateSwap).await, Rejection::State);
    assert!(town.idp.seen().token_calls.is_empty());
}

/// Adversarial test 10, as far as the relying party decides.
#[tokio::test]
async fn a_callback_in_the_name_of_another_issuer_is_refused_before_any_code_is_sent() {
    let town = Town::open().await;
    assert_eq!(
        town.rejection_of(Fault::MixupIss).await,
        Rejection::CallbackIssuer
    );
    assert!(town.idp.seen().token_calls.is_empty());
    assert!(
        town.sign_in_despite(Fault::OwnIss).await.is_ok(),
        "our issuer may name itself"
    );
}

/// Adversarial test 25: 中止 and its relatives.
#[tokio::test]
async fn cancelling_is_told_apart_from_trouble_and_no_error_in_the_address_is_an_alarm() {
    let town = Town::open().await;
    assert!(matches!(
        town.sign_in("").await,
        Err(SignInFailure::Cancelled)
    ));
    let with_error = async |error: &str| {
        let description = "<script>alert(1)</script>".to_owned();
        let fault = Fault::AuthorizeError {
            error: error.to_owned(),
            description,
        };
        town.sign_in_despite(fault).await.unwrap_err()
    };
    assert!(matches!(
        with_error("access_denied").await,
        SignInFailure::Cancelled
    ));
    for known in [
        TurnedBack::InvalidRequest,
        TurnedBack::UnauthorizedClient,
        TurnedBack::InvalidScope,
        TurnedBack::UnsupportedResponseType,
        TurnedBack::ServerError,
        TurnedBack::TemporarilyUnavailable,
    ] {
        let failure = with_error(known.code()).await;
        assert!(
            matches!(failure, SignInFailure::TurnedBack(said) if said == known),
            "{failure:?}"
        );
    }
    let unknown = with_error("<b>never heard of</b>").await;
    assert!(matches!(
        unknown,
        SignInFailure::Rejected(Rejection::ProviderError)
    ));
    assert!(!format!("{unknown:?} {unknown}").contains("never heard of"));
    assert!(town.idp.seen().token_calls.is_empty());
}

#[tokio::test]
async fn a_callback_with_neither_code_nor_error_or_with_a_monstrous_code_is_refused() {
    let town = Town::open().await;
    let attempt = town.attempt();
    for code in [
        None,
        Some(String::new()),
        Some("x".repeat(10_000)),
        Some("a b\r\nc".to_owned()),
    ] {
        let callback = Callback {
            code,
            state: Some(attempt.state.clone()),
            ..Callback::default()
        };
        let outcome = town.redeem(&callback, &attempt).await;
        assert!(matches!(
            outcome,
            Err(SignInFailure::Rejected(Rejection::CallbackShape))
        ));
    }
    assert!(town.idp.seen().token_calls.is_empty());
}

/// Adversarial test 25: claims in odd shapes, over the wire.
#[tokio::test]
async fn attributes_in_odd_shapes_never_keep_a_person_out() {
    let town = Town::open().await;
    let with = async |patch: serde_json::Value| {
        town.sign_in_despite(Fault::Userinfo { patch })
            .await
            .unwrap()
    };
    let structured = with(json!({ "address": { "formatted": "三重県三重郡川越町" } })).await;
    assert_eq!(structured.address.unwrap().reveal(), "三重県三重郡川越町");
    let bare = with(json!({ "gender": null, "address": null, "name": 7, "birthdate": [] })).await;
    assert!(bare.gender.is_none() && bare.address.is_none() && bare.birthdate.is_none());
    let ancient = with(json!({ "birthdate": "19000101" })).await;
    assert!(
        ancient.birthdate.unwrap().into_revealed() == Birthdate::Day("1900-01-01".parse().unwrap())
    );
    let unclear = with(json!({ "birthdate": "19120000" })).await;
    assert!(
        unclear.birthdate.unwrap().into_revealed() == Birthdate::Unclear("19120000".to_owned())
    );
    let long = "葛\u{E0100}".repeat(150);
    let rare = with(json!({ "name": long })).await;
    assert_eq!(rare.name.unwrap().reveal(), &long);
}

#[tokio::test]
async fn an_attribute_whose_scope_was_not_granted_is_not_believed() {
    let town = Town::open().await;
    town.idp.once(Fault::Userinfo {
        patch: json!({ "address": "精華町と言い張る" }),
    });
    town.idp.once(Fault::Scope {
        granted: "openid name".to_owned(),
    });
    let person = town.sign_in("kenji").await.unwrap();
    assert!(person.name.is_some());
    assert!(
        person.address.is_none(),
        "the provider did not vouch for it"
    );
}
