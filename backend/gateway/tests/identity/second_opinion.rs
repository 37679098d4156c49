//! The `openidconnect` crate as a second opinion on every ID token that the stand-in can make.

use chrono::Utc;
use openidconnect::core::{
    CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJwsSigningAlgorithm,
};
use openidconnect::{ClientId, IssuerUrl, Nonce};
use standin::idp::Fault;

use crate::journey::{CLIENT_ID, Town};

/// What the other library says of the token that was last issued.
fn accepts(town: &Town, nonce: &str) -> bool {
    let token = town.idp.seen().last_id_token.unwrap();
    let Ok(token) = token.parse::<CoreIdToken>() else {
        return false;
    };
    let issuer = IssuerUrl::new(town.idp.issuer().to_owned()).unwrap();
    let keys = serde_json::to_string(&town.idp.published_keys()).unwrap();
    let keys: CoreJsonWebKeySet = serde_json::from_str(&keys).unwrap();
    let now = town.now();
    let verifier =
        CoreIdTokenVerifier::new_public_client(ClientId::new(CLIENT_ID.to_owned()), issuer, keys)
            .set_allowed_algs([CoreJwsSigningAlgorithm::EcdsaP256Sha256])
            .set_time_fn(move || now.with_timezone(&Utc));
    token
        .claims(&verifier, &Nonce::new(nonce.to_owned()))
        .is_ok()
}

#[tokio::test]
async fn whatever_another_library_refuses_we_refuse_too() {
    let town = Town::open().await;
    let mut refused_by_both = 0;
    for fault in [
        Fault::AlgNone,
        Fault::AlgHs256,
        Fault::AlgRs256,
        Fault::ForeignKey,
        Fault::EmbeddedJwk,
        Fault::UnknownKid,
        Fault::NoKid,
        Fault::Critical,
        Fault::WrongNonce,
        Fault::NoNonce,
        Fault::WrongAud,
        Fault::ExtraAud,
        Fault::WrongIss,
        Fault::SlashIss,
        Fault::SchemeIss,
        Fault::Expired,
        Fault::FutureIat,
        Fault::WrongAtHash,
        Fault::NoAtHash,
        Fault::LowAcr,
    ] {
        town.idp.once(fault.clone());
        let attempt = town.attempt();
        let callback = town.visit(&attempt, "hanako").await;
        let ours = town.redeem(&callback, &attempt).await;
        let theirs = accepts(&town, &attempt.nonce);
        assert!(ours.is_err(), "{fault:?}");
        refused_by_both += u32::from(!theirs);
    }
    assert!(
        refused_by_both >= 12,
        "the second opinion says almost nothing: {refused_by_both}"
    );
}

#[tokio::test]
async fn what_we_accept_another_library_accepts_too() {
    let town = Town::open().await;
    for fault in [None, Some(Fault::Skew30s)] {
        fault.into_iter().for_each(|fault| town.idp.once(fault));
        let attempt = town.attempt();
        let callback = town.visit(&attempt, "hanako").await;
        assert!(town.redeem(&callback, &attempt).await.is_ok());
        assert!(accepts(&town, &attempt.nonce));
    }
}
