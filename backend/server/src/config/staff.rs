//! The identity provider of a town's staff: `STAFF_IDP_…`.

use std::path::PathBuf;

use serde::Deserialize;

use super::towns::{IdentitySettings, lacking};

/// The variables without their `STAFF_`. `STAFF_IDP_USERINFO_URL` may be set like the residents' and
/// is not asked: the name stands in the ID token.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct StaffSettings {
    idp_issuer: Option<String>,
    idp_authorize_url: Option<String>,
    idp_token_url: Option<String>,
    idp_jwks_url: Option<String>,
    idp_client_id: Option<String>,
    idp_client_key_file: Option<PathBuf>,
    idp_acr_values: Option<String>,
    idp_acr_accepted: Option<String>,
    idp_algorithm: Option<IdTokenAlgorithm>,
}

/// What the issuer signs ID tokens with; any other is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum IdTokenAlgorithm {
    /// As the card service does.
    #[default]
    #[serde(rename = "ES256")]
    Es256,
    /// As Entra ID does.
    #[serde(rename = "RS256")]
    Rs256,
}

impl StaffSettings {
    /// These settings, with `common` where they say nothing.
    pub(super) fn or(self, common: &Self) -> Self {
        let common = common.clone();
        Self {
            idp_issuer: self.idp_issuer.or(common.idp_issuer),
            idp_authorize_url: self.idp_authorize_url.or(common.idp_authorize_url),
            idp_token_url: self.idp_token_url.or(common.idp_token_url),
            idp_jwks_url: self.idp_jwks_url.or(common.idp_jwks_url),
            idp_client_id: self.idp_client_id.or(common.idp_client_id),
            idp_client_key_file: self.idp_client_key_file.or(common.idp_client_key_file),
            idp_acr_values: self.idp_acr_values.or(common.idp_acr_values),
            idp_acr_accepted: self.idp_acr_accepted.or(common.idp_acr_accepted),
            idp_algorithm: self.idp_algorithm.or(common.idp_algorithm),
        }
    }

    /// The identity provider, when every part of it is set.
    pub(crate) fn identity(&self) -> Option<IdentitySettings> {
        Some(IdentitySettings {
            issuer: self.idp_issuer.clone()?,
            authorize_url: self.idp_authorize_url.clone()?,
            token_url: self.idp_token_url.clone()?,
            userinfo_url: None,
            jwks_url: self.idp_jwks_url.clone()?,
            client_id: self.idp_client_id.clone()?,
            client_key_file: self.idp_client_key_file.clone()?,
            acr_values: self.idp_acr_values.clone(),
            acr_accepted: self.idp_acr_accepted.clone(),
        })
    }

    /// What the issuer signs with.
    pub(crate) fn algorithm(&self) -> IdTokenAlgorithm {
        self.idp_algorithm.unwrap_or_default()
    }

    /// Issuer and client id: what a member of staff is known by.
    pub(crate) fn registration(&self) -> Option<(String, String)> {
        Some((self.idp_issuer.clone()?, self.idp_client_id.clone()?))
    }

    /// What is missing, where something is set; nothing where nothing is.
    pub(crate) fn lacks(&self) -> Vec<&'static str> {
        let parts = [
            ("STAFF_IDP_ISSUER", self.idp_issuer.is_none()),
            ("STAFF_IDP_AUTHORIZE_URL", self.idp_authorize_url.is_none()),
            ("STAFF_IDP_TOKEN_URL", self.idp_token_url.is_none()),
            ("STAFF_IDP_JWKS_URL", self.idp_jwks_url.is_none()),
            ("STAFF_IDP_CLIENT_ID", self.idp_client_id.is_none()),
            (
                "STAFF_IDP_CLIENT_KEY_FILE",
                self.idp_client_key_file.is_none(),
            ),
        ];
        let lacking = lacking(&parts);
        if lacking.len() == parts.len() {
            return Vec::new();
        }
        lacking
    }
}
