//! Whom a town works with: its identity provider and its Stripe account, from its settings.

use std::path::Path;
use std::sync::Arc;

use gateway::identity::{
    Assurance, Endpoints, RelyingParty, RelyingPartyConfig, SignatureAlgorithm,
};
use gateway::stripe::{Secret, StripeConfig, StripeGateway};
use url::Url;
use usecases::ports::chance::Chance;
use usecases::ports::store::Municipality;

use crate::config::{IdTokenAlgorithm, IdentitySettings, StripeSettings};
use crate::wiring::WiringFault;

/// Where live checkouts are hosted; the stand-in hosts its own under its API's address.
const STRIPE_CHECKOUT: &str = "https://checkout.stripe.com";

/// One town's Stripe account, and its API's address.
///
/// # Errors
/// [`WiringFault`] names the setting that cannot be used.
pub(crate) fn stripe_account(
    town: &Municipality,
    settings: StripeSettings,
) -> Result<(StripeGateway, Url), WiringFault> {
    let base = address(town, "STRIPE_API_BASE", &settings.api_base)?;
    let secret_key = settings.secret_key.reveal().to_owned();
    let config = StripeConfig {
        api_base: base.clone(),
        livemode: secret_key.starts_with("sk_live_") || secret_key.starts_with("rk_live_"),
        secret_key: Secret::new(secret_key),
        webhook_secrets: settings
            .webhook_secrets
            .iter()
            .map(|secret| Secret::new(secret.reveal()))
            .collect(),
    };
    StripeGateway::new(config)
        .map(|gateway| (gateway, base))
        .map_err(|source| WiringFault::Stripe {
            town: town.name.clone(),
            source,
        })
}

/// Where the pages are to which a checkout leads.
pub(super) fn checkout_origin(api_base: &Url) -> String {
    let real = api_base
        .host_str()
        .is_some_and(|host| host == "stripe.com" || host.ends_with(".stripe.com"));
    if real {
        STRIPE_CHECKOUT.to_owned()
    } else {
        api_base.origin().ascii_serialization()
    }
}

/// One town's relying party, and the provider's page.
///
/// # Errors
/// [`WiringFault`] names the setting that cannot be used.
pub(crate) fn identity_provider(
    town: &Municipality,
    settings: IdentitySettings,
    base_url: &str,
    chance: &Arc<dyn Chance>,
) -> Result<(RelyingParty, Url), WiringFault> {
    let endpoints = endpoints(town, &settings)?;
    let authorize = endpoints.authorize.clone();
    let mut config = RelyingPartyConfig::for_card_service(
        settings.issuer,
        endpoints,
        settings.client_id,
        format!("{base_url}/auth/callback"),
        key(&settings.client_key_file)?,
    );
    config.assurance = assurance(
        settings.acr_values,
        settings.acr_accepted.as_deref(),
        Assurance::default(),
    );
    party(town, config, chance).map(|party| (party, authorize))
}

/// One town's relying party for its staff, and the issuer's page.
///
/// # Errors
/// [`WiringFault`] names the setting that cannot be used.
pub(crate) fn staff_provider(
    town: &Municipality,
    (settings, algorithm): (IdentitySettings, IdTokenAlgorithm),
    base_url: &str,
    chance: &Arc<dyn Chance>,
) -> Result<(RelyingParty, Url), WiringFault> {
    let endpoints = endpoints(town, &settings)?;
    let authorize = endpoints.authorize.clone();
    let mut config = RelyingPartyConfig::for_staff(
        settings.issuer,
        endpoints,
        settings.client_id,
        format!("{base_url}/staff/callback"),
        key(&settings.client_key_file)?,
    );
    let usual = config.assurance.clone();
    config.assurance = assurance(settings.acr_values, settings.acr_accepted.as_deref(), usual);
    config.id_token_algorithm = match algorithm {
        IdTokenAlgorithm::Es256 => SignatureAlgorithm::Es256,
        IdTokenAlgorithm::Rs256 => SignatureAlgorithm::Rs256,
    };
    party(town, config, chance).map(|party| (party, authorize))
}

fn party(
    town: &Municipality,
    config: RelyingPartyConfig,
    chance: &Arc<dyn Chance>,
) -> Result<RelyingParty, WiringFault> {
    RelyingParty::new(config, Arc::clone(chance)).map_err(|source| WiringFault::Identity {
        town: town.name.clone(),
        source,
    })
}

fn endpoints(town: &Municipality, settings: &IdentitySettings) -> Result<Endpoints, WiringFault> {
    let userinfo = settings.userinfo_url.as_deref();
    Ok(Endpoints {
        authorize: address(town, "IDP_AUTHORIZE_URL", &settings.authorize_url)?,
        token: address(town, "IDP_TOKEN_URL", &settings.token_url)?,
        userinfo: userinfo
            .map(|url| address(town, "IDP_USERINFO_URL", url))
            .transpose()?,
        jwks: address(town, "IDP_JWKS_URL", &settings.jwks_url)?,
    })
}

fn key(file: &Path) -> Result<String, WiringFault> {
    std::fs::read_to_string(file).map_err(|error| WiringFault::Unreadable(file.to_owned(), error))
}

/// What `IDP_ACR_VALUES` and `IDP_ACR_ACCEPTED` mean: the usual ones of the issuer where they are not
/// set, nothing asked and nothing checked for `none`.
fn assurance(ask: Option<String>, accept: Option<&str>, usual: Assurance) -> Assurance {
    const NONE: &str = "none";
    Assurance {
        ask: match ask.as_deref() {
            None => usual.ask,
            Some(NONE) => None,
            Some(_) => ask,
        },
        accept: match accept {
            None => usual.accept,
            Some(NONE) => None,
            Some(values) => Some(values.split_whitespace().map(str::to_owned).collect()),
        },
    }
}

fn address(town: &Municipality, what: &'static str, text: &str) -> Result<Url, WiringFault> {
    Url::parse(text).map_err(|_not_a_url| WiringFault::Address {
        town: town.name.clone(),
        what,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assurance_that_is_not_set_is_the_services_usual_one() {
        let assurance = |ask, accept| assurance(ask, accept, Assurance::default());
        assert_eq!(assurance(None, None), Assurance::default());
        assert_eq!(
            assurance(Some("loa4 x".to_owned()), Some("loa4  loa5")),
            Assurance {
                ask: Some("loa4 x".to_owned()),
                accept: Some(vec!["loa4".to_owned(), "loa5".to_owned()]),
            }
        );
        let none = assurance(Some("none".to_owned()), Some("none"));
        assert_eq!((none.ask, none.accept), (None, None));
    }

    #[test]
    fn only_stripe_itself_has_its_checkout_elsewhere() {
        let of = |base: &str| checkout_origin(&base.parse().unwrap());
        assert_eq!(of("https://api.stripe.com"), STRIPE_CHECKOUT);
        assert_eq!(of("https://notstripe.com"), "https://notstripe.com");
        assert_eq!(of("http://127.0.0.1:8498/v1"), "http://127.0.0.1:8498");
    }
}
