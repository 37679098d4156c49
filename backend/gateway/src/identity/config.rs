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
    /// How sure the provider has to be, if it can say.
    pub assurance: Option<AssuranceLevel>,
    /// For each call, from connecting to the last byte. 5 s unless a test is in a hurry.
    pub timeout: Duration,
    /// Whether endpoints may be reached without TLS.
    pub plain_http: PlainHttp,
}

impl RelyingPartyConfig {
    /// The settings that fit デジタル認証サービス: ES256 both ways, the basic four (基本4情報),
    /// `aal3`, 5 seconds, TLS except on the loopback.
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
            assurance: Some(AssuranceLevel {
                ask: "aal3 crl".to_owned(),
                accept: vec!["aal3".to_owned()],
            }),
            timeout: Duration::from_secs(5),
            plain_http: PlainHttp::LoopbackOnly,
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

/// The endpoints of an identity provider.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// Where browsers begin.
    pub authorize: Url,
    /// Where we redeem codes; also the `aud` of our assertions.
    pub token: Url,
    /// Where the four attributes are.
    pub userinfo: Url,
    /// Where the provider's public keys are.
    pub jwks: Url,
}

/// The only signature algorithms we speak. Which one is configured, never read from a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// ECDSA on P-256 with SHA-256.
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

/// How sure the provider has to be (認証保証レベル).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssuranceLevel {
    /// Sent as `acr_values`.
    pub ask: String,
    /// The values of the ID token's `acr` that satisfy us; the service's own table is not public.
    pub accept: Vec<String>,
}

/// Whether endpoints may be reached without TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainHttp {
    /// On `localhost`, `*.localhost` and loopback addresses only.
    LoopbackOnly,
    /// Anywhere: for stand-ins on a container network.
    Anywhere,
}

impl PlainHttp {
    /// Whether `url` may be called.
    pub(super) fn permits(self, url: &Url) -> bool {
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        match url.scheme() {
            "https" => url.host().is_some(),
            "http" => loopback || (self == Self::Anywhere && url.host().is_some()),
            _ => false,
        }
    }
}

/// Why a relying party cannot be set up. Says what an operator has to correct.
#[derive(Debug, thiserror::Error)]
pub enum IdentityConfigFault {
    /// An endpoint would be called in the clear.
    #[error("{0} must be reached by https")]
    PlainHttp(Url),
    /// The client key is not of the assertion algorithm.
    #[error("the client key is no {0} key in PKCS#8 PEM")]
    ClientKey(&'static str, #[source] jsonwebtoken::errors::Error),
    /// The HTTP client cannot be built.
    #[error("the HTTP client cannot be built")]
    Http(#[from] reqwest::Error),
}
