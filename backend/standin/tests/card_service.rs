//! The pretend identity provider is as strict as the real one is said to be.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;

use jsonwebtoken::jwk::JwkSet;
use reqwest::{Client, Response, redirect};
use standin::idp::{self, KeyPair, RunningIdp};
use url::Url;

const CALLBACK: &str = "http://seika.localhost/auth/callback";

async fn started() -> (RunningIdp, Client) {
    let client = idp::Client {
        realm: idp::Realm::Residents,
        client_id: "SEIKA00001".to_owned(),
        name: "精華町".to_owned(),
        town: "seika".to_owned(),
        redirect_uris: vec![CALLBACK.to_owned()],
        jwks: JwkSet {
            keys: vec![KeyPair::generate().unwrap().public],
        },
    };
    let idp = idp::start(idp::Config::new(vec![client])).await.unwrap();
    // Needed even for plain HTTP; whichever test comes first in a process installs it.
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
    let browser = Client::builder()
        .redirect(redirect::Policy::none())
        .build()
        .unwrap();
    (idp, browser)
}

fn proper() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("response_type", "code"),
        ("scope", "openid name address birthdate gender"),
        ("client_id", "SEIKA00001"),
        ("redirect_uri", CALLBACK),
        ("state", "s"),
        ("nonce", "n"),
        (
            "code_challenge",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        ),
        ("code_challenge_method", "S256"),
    ])
}

async fn ask(idp: &RunningIdp, browser: &Client, query: &BTreeMap<&str, &str>) -> Response {
    browser
        .get(idp.endpoint("auth"))
        .query(query)
        .send()
        .await
        .unwrap()
}

/// The OAuth error that the callback would get; `None` if the cards are shown.
async fn error(idp: &RunningIdp, browser: &Client, query: &BTreeMap<&str, &str>) -> Option<String> {
    let answer = ask(idp, browser, query).await;
    let location = answer.headers().get("location")?.to_str().unwrap();
    let url = Url::parse(location).unwrap();
    let mut pairs = url.query_pairs();
    pairs
        .find(|(name, _)| name == "error")
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn each_rule_of_the_parameter_table_is_kept() {
    let (idp, browser) = started().await;
    assert_eq!(error(&idp, &browser, &proper()).await, None);
    for required in [
        "response_type",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
    ] {
        let mut query = proper();
        query.remove(required);
        let said = error(&idp, &browser, &query).await;
        assert_eq!(
            said.as_deref(),
            Some("invalid_request"),
            "without {required}"
        );
    }
    for (name, value, expected) in [
        ("prompt", "login", "invalid_request"),
        ("max_age", "0", "invalid_request"),
        ("response_type", "id_token", "unsupported_response_type"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge", "a b", "invalid_request"),
        ("state", "日本", "invalid_request"),
        ("scope", "name", "invalid_scope"),
        ("scope", "openid email", "invalid_scope"),
    ] {
        let mut query = proper();
        query.insert(name, value);
        let said = error(&idp, &browser, &query).await;
        assert_eq!(said.as_deref(), Some(expected), "{name}={value}");
    }
}

#[tokio::test]
async fn a_stranger_or_an_unregistered_address_is_never_redirected_to() {
    let (idp, browser) = started().await;
    for (name, value) in [
        ("client_id", "SEIKA00002"),
        ("redirect_uri", "http://seika.localhost/auth/callback/"),
        ("redirect_uri", "https://evil.example/"),
    ] {
        let mut query = proper();
        query.insert(name, value);
        let answer = ask(&idp, &browser, &query).await;
        assert_eq!(answer.status(), 400);
        assert!(answer.headers().get("location").is_none());
    }
}

#[tokio::test]
async fn the_card_page_shows_the_towns_own_people_first_and_works_as_a_plain_form() {
    let (idp, browser) = started().await;
    let page = ask(&idp, &browser, &proper()).await.text().await.unwrap();
    let own = page.find("山田　花子").unwrap();
    let fold = page.find("ほかの町の人のカード").unwrap();
    let other = page.find("伊藤　美咲").unwrap();
    assert!(own < fold && fold < other);
    assert!(page.contains("中止") && !page.contains("<script"));
}
