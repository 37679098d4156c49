//! ID tokens that are not signed as agreed.

use serde_json::json;
use standin::idp::Fault;
use usecases::ports::identity::Rejection;

use crate::journey::Town;

/// Adversarial test 5.
#[tokio::test]
async fn unsigned_tokens_and_hmac_with_the_public_key_are_refused() {
    let town = Town::open().await;
    assert_eq!(
        town.rejection_of(Fault::AlgNone).await,
        Rejection::Algorithm
    );
    assert_eq!(
        town.rejection_of(Fault::AlgHs256).await,
        Rejection::Algorithm
    );
}

/// Adversarial test 6. The RSA key is published and the signature is right.
#[tokio::test]
async fn another_algorithm_than_the_pinned_one_is_refused_though_its_key_is_published() {
    let town = Town::open().await;
    assert_eq!(
        town.rejection_of(Fault::AlgRs256).await,
        Rejection::Algorithm
    );
}

#[tokio::test]
async fn a_relying_party_pinned_to_rs256_takes_rs256_and_nothing_else() {
    let town = Town::open_with(|config| {
        config.id_token_algorithm = gateway::identity::SignatureAlgorithm::Rs256;
    })
    .await;
    assert!(town.sign_in_despite(Fault::AlgRs256).await.is_ok());
    let honest_es256 = Fault::Claims { patch: json!({}) };
    assert_eq!(town.rejection_of(honest_es256).await, Rejection::Algorithm);
}

/// Adversarial test 7.
#[tokio::test]
async fn a_strangers_key_is_refused_and_no_address_in_a_header_is_ever_called() {
    let town = Town::open().await;
    assert_eq!(
        town.rejection_of(Fault::ForeignKey).await,
        Rejection::Signature
    );
    assert_eq!(
        town.rejection_of(Fault::EmbeddedJwk).await,
        Rejection::UnknownKey
    );
    assert_eq!(town.idp.seen().trap_calls, 0);
}

#[tokio::test]
async fn headers_without_a_key_id_or_with_unknown_extensions_are_refused() {
    let town = Town::open().await;
    assert_eq!(town.rejection_of(Fault::NoKid).await, Rejection::UnknownKey);
    assert_eq!(
        town.rejection_of(Fault::Critical).await,
        Rejection::Malformed
    );
}
