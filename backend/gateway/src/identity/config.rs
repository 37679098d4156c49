//! How a relying party is set up.

use std::fmt;
use std::time::Duration;

use jsonwebtoken::Algorithm;
use url::{Host, Url};

/// How a municipality is registered with its identity provider.
#[derive(Clone)]
pub struct RelyingPartyConfig {
    /// The issuer, to the letter: `https://auth-and-sign.go.jp/api/realms/main`, no trailing slash.
    pub issuer: String,
    /// Where its endpoints are.
    pub endpoints: Endpoints,
    /// Our client id there.
    pub client_id: String,
    /// Our callback as registered, to the letter.
    pub redirect_uri: String,
    /// Our private key, PKCS#8 PEM: P-256 for ES256, RSA for RS256.
    pub client_key_pem: String,
    /// The `kid` under which its public half is registered; `None` for its RFC 7638 thumbprint.
    pub client_key_id: Option<String>,
    /// What we sign client assertions with.
    pub assertion_algorithm: SignatureAlgorithm,
    /// What the provider signs ID tokens with. Any other is refused.
    pub id_token_algorithm: SignatureAlgorithm,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// How sure the provider has to be.
    pub assurance: Assurance,
    /// Where attributes are.
    pub attributes: Attributes,
    /// For each call, from connecting to the last byte. 5 s unless a test is in a hurry.
    pub timeout: Duration,
}

impl RelyingPartyConfig {
    /// The settings that fit デジタル認証サービス: ES256 both ways, the basic four (基本4情報),
    /// `aal3`, 5 seconds.
    pub fn for_card_service(
        issuer: String,
        endpoints: Endpoints,
        client_id: String,
        redirect_uri: String,
        client_key_pem: String,
    ) -> Self {
        Self {
            issuer,
            endpoints,
            client_id,
            redirect_uri,
            client_key_pem,
            client_key_id: None,
            assertion_algorithm: SignatureAlgorithm::Es256,
            id_token_algorithm: SignatureAlgorithm::Es256,
            scopes: ["name", "address", "birthdate", "gender"]
                .map(str::to_owned)
                .into(),
            assurance: Assurance::default(),
            attributes: Attributes::Userinfo,
            timeout: Duration::from_secs(5),
        }
    }

    /// The settings that fit an issuer of a town's own staff (Entra ID, Keycloak): the name in the
    /// ID token and nothing else, whatever level of assurance its administrators ask for.
    pub fn for_staff(
        issuer: String,
        endpoints: Endpoints,
        client_id: String,
        redirect_uri: String,
        client_key_pem: String,
    ) -> Self {
        Self {
            scopes: vec!["profile".to_owned()],
            assurance: Assurance {
                ask: None,
                accept: None,
            },
            attributes: Attributes::IdToken,
            ..Self::for_card_service(issuer, endpoints, client_id, redirect_uri, client_key_pem)
        }
    }
}

impl fmt::Debug for RelyingPartyConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RelyingPartyConfig")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}

/// Where a provider says more than who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attributes {
    /// At userinfo: the four of the card (基本4情報). The access token is used, so `at_hash` must tie
    /// it to the ID token.
    Userinfo,
    /// In the ID token: the name. Nothing is asked with the access token, so a provider may leave
    /// `at_hash` out (OpenID Connect Core §3.1.3.6); a wrong one is refused all the same.
    IdToken,
}

/// The endpoints of an identity provider.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// Where browsers begin.
    pub authorize: Url,
    /// Where we redeem codes; also the `aud` of our assertions.
    pub token: Url,
    /// Where the four attributes are; not asked where they stand in the ID token.
    pub userinfo: Option<Url>,
    /// Where the provider's public keys are.
    pub jwks: Url,
}

/// The only signature algorithms we speak. Which one is configured, never read from a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// ECDSA on P-256 with SHA-256.
    #[default]
    Es256,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
}

impl SignatureAlgorithm {
    pub(super) const fn jwa(self) -> Algorithm {
        match self {
            Self::Es256 => Algorithm::ES256,
            Self::Rs256 => Algorithm::RS256,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
        }
    }
}

/// How sure the provider has to be (認証保証レベル). The service's own table of values is not public,
/// so a town sets what its contract says (identity.md §1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assurance {
    /// Sent as `acr_values`; nothing is sent for `None`.
    pub ask: Option<String>,
    /// The values of the ID token's `acr` that satisfy us; for `None` it is not looked at.
    pub accept: Option<Vec<String>>,
}

impl Default for Assurance {
    /// Level 3, with a look at the revocation list.
    fn default() -> Self {
        Self {
            ask: Some("aal3 crl".to_owned()),
            accept: Some(vec!["aal3".to_owned()]),
        }
    }
}

impl Assurance {
    /// Whether an ID token's `acr` satisfies us.
    pub(super) fn is_satisfied_by(&self, acr: Option<&str>) -> bool {
        match (&self.accept, acr) {
            (None, _) => true,
            (Some(accepted), Some(acr)) => accepted.iter().any(|one| one == acr),
            (Some(_), None) => false,
        }
    }
}

/// Whether an endpoint may be called: over TLS, or in the clear where nothing leaves the machine.
/// There is no setting for more, so that none can be left on by mistake; a stand-in on a container
/// network is given a name under `.localhost` there (docker-compose.yml).
pub(super) fn may_be_called(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return false,
    };
    match url.scheme() {
        "https" => true,
        "http" => loopback,
        _ => false,
    }
}

/// Why a relying party cannot be set up. Says what an operator has to correct.
#[derive(Debug, thiserror::Error)]
pub enum IdentityConfigFault {
    /// An endpoint would be called in the clear.
    #[error("{0} は https:// にしてください")]
    PlainHttp(Url),
    /// The client key is not of the assertion algorithm.
    #[error("秘密鍵が {0} の鍵（PKCS#8 の PEM）ではありません")]
    ClientKey(&'static str, #[source] jsonwebtoken::errors::Error),
    /// The HTTP client cannot be built.
    #[error("通信の準備ができません")]
    Http(#[from] reqwest::Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_accepted_level_satisfies_and_no_level_never_does() {
        let usual = Assurance::default();
        for (acr, good) in [
            (Some("aal3"), true),
            (Some("aal2"), false),
            (Some("AAL3"), false),
            (Some("aal3 crl"), false),
            (Some(""), false),
            (None, false),
        ] {
            assert_eq!(usual.is_satisfied_by(acr), good, "{acr:?}");
        }
        let none_left = Assurance {
            accept: Some(Vec::new()),
            ..Assurance::default()
        };
        assert!(!none_left.is_satisfied_by(Some("aal3")));
    }
}
