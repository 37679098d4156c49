//! What one town may have of its own.

use std::path::PathBuf;

use serde::Deserialize;

use super::Secret;

/// Settings that every town may override.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct TownSettings {
    /// The town's own address, if it is not `<host>.<PUBLIC_URL>`.
    pub own_url: Option<url::Url>,
    idp_issuer: Option<String>,
    idp_authorize_url: Option<String>,
    idp_token_url: Option<String>,
    idp_userinfo_url: Option<String>,
    idp_jwks_url: Option<String>,
    idp_client_id: Option<String>,
    idp_client_key_file: Option<PathBuf>,
    idp_acr_values: Option<String>,
    idp_acr_accepted: Option<String>,
    stripe_api_base: Option<String>,
    stripe_secret_key: Option<Secret>,
    stripe_webhook_secrets: Option<Secret>,
}

/// The identity provider of a town.
#[derive(Clone, Debug)]
pub(crate) struct IdentitySettings {
    /// Its name in tokens.
    pub issuer: String,
    /// Where people are sent.
    pub authorize_url: String,
    /// Where codes are redeemed.
    pub token_url: String,
    /// Where attributes are read, if not in the ID token.
    pub userinfo_url: Option<String>,
    /// Where its keys are.
    pub jwks_url: String,
    /// Our client id.
    pub client_id: String,
    /// Our private key, PEM.
    pub client_key_file: PathBuf,
    /// What is asked for as `acr_values`.
    pub acr_values: Option<String>,
    /// Which `acr` of an ID token are taken, with blanks between them.
    pub acr_accepted: Option<String>,
}

/// The Stripe account of a town.
#[derive(Clone, Debug)]
pub(crate) struct StripeSettings {
    /// The API's base address.
    pub api_base: String,
    /// `sk_…`.
    pub secret_key: Secret,
    /// `whsec_…`, several during a rotation.
    pub webhook_secrets: Vec<Secret>,
}

impl TownSettings {
    /// These settings, with `common` where they say nothing.
    pub(super) fn or(self, common: &Self) -> Self {
        let common = common.clone();
        Self {
            own_url: self.own_url,
            idp_issuer: self.idp_issuer.or(common.idp_issuer),
            idp_authorize_url: self.idp_authorize_url.or(common.idp_authorize_url),
            idp_token_url: self.idp_token_url.or(common.idp_token_url),
            idp_userinfo_url: self.idp_userinfo_url.or(common.idp_userinfo_url),
            idp_jwks_url: self.idp_jwks_url.or(common.idp_jwks_url),
            idp_client_id: self.idp_client_id.or(common.idp_client_id),
            idp_client_key_file: self.idp_client_key_file.or(common.idp_client_key_file),
            idp_acr_values: self.idp_acr_values.or(common.idp_acr_values),
            idp_acr_accepted: self.idp_acr_accepted.or(common.idp_acr_accepted),
            stripe_api_base: self.stripe_api_base.or(common.stripe_api_base),
            stripe_secret_key: self.stripe_secret_key.or(common.stripe_secret_key),
            stripe_webhook_secrets: self
                .stripe_webhook_secrets
                .or(common.stripe_webhook_secrets),
        }
    }

    /// The identity provider, when every part of it is set.
    pub(crate) fn identity(&self) -> Option<IdentitySettings> {
        Some(IdentitySettings {
            issuer: self.idp_issuer.clone()?,
            authorize_url: self.idp_authorize_url.clone()?,
            token_url: self.idp_token_url.clone()?,
            userinfo_url: Some(self.idp_userinfo_url.clone()?),
            jwks_url: self.idp_jwks_url.clone()?,
            client_id: self.idp_client_id.clone()?,
            client_key_file: self.idp_client_key_file.clone()?,
            acr_values: self.idp_acr_values.clone(),
            acr_accepted: self.idp_acr_accepted.clone(),
        })
    }

    /// What is missing of the identity provider.
    pub(crate) fn identity_lacks(&self) -> Vec<&'static str> {
        let parts = [
            ("IDP_ISSUER", self.idp_issuer.is_none()),
            ("IDP_AUTHORIZE_URL", self.idp_authorize_url.is_none()),
            ("IDP_TOKEN_URL", self.idp_token_url.is_none()),
            ("IDP_USERINFO_URL", self.idp_userinfo_url.is_none()),
            ("IDP_JWKS_URL", self.idp_jwks_url.is_none()),
            ("IDP_CLIENT_ID", self.idp_client_id.is_none()),
            ("IDP_CLIENT_KEY_FILE", self.idp_client_key_file.is_none()),
        ];
        lacking(&parts)
    }

    /// What is missing of the Stripe account.
    pub(crate) fn stripe_lacks(&self) -> Vec<&'static str> {
        let parts = [
            ("STRIPE_API_BASE", self.stripe_api_base.is_none()),
            ("STRIPE_SECRET_KEY", self.stripe_secret_key.is_none()),
            (
                "STRIPE_WEBHOOK_SECRETS",
                self.stripe_webhook_secrets.is_none(),
            ),
        ];
        lacking(&parts)
    }

    /// The Stripe account, when every part of it is set.
    pub(crate) fn stripe(&self) -> Option<StripeSettings> {
        let secrets = self.stripe_webhook_secrets.as_ref()?;
        Some(StripeSettings {
            api_base: self.stripe_api_base.clone()?,
            secret_key: self.stripe_secret_key.clone()?,
            webhook_secrets: secrets.split(),
        })
    }
}

pub(super) fn lacking(parts: &[(&'static str, bool)]) -> Vec<&'static str> {
    let lacking = parts.iter().filter(|(_, lacks)| *lacks);
    lacking.map(|(name, _)| *name).collect()
}

impl Secret {
    /// Its comma-separated parts.
    fn split(&self) -> Vec<Self> {
        self.reveal()
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| Self(part.to_owned()))
            .collect()
    }
}
