//! Each town's own identity provider and Stripe account.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::ids::MunicipalityId;
use gateway::identity::{Endpoints, RelyingParty, RelyingPartyConfig};
use gateway::stripe::{Secret, StripeConfig, StripeGateway};
use url::Url;
use usecases::ports::chance::Chance;
use usecases::ports::identity::IdentityProvider;
use usecases::ports::payments::PaymentGateway;
use usecases::ports::store::Municipality;
use usecases::ports::tenancy::{Addresses as _, Gateways};
use usecases::sign_in::Providers;

use super::WiringFault;
use crate::config::{IdentitySettings, StripeSettings, TownSettings};
use crate::http::Tenants;

/// Where live checkouts are hosted; the stand-in hosts its own under its API's address.
const STRIPE_CHECKOUT: &str = "https://checkout.stripe.com";

type WithSettings<'a> = [(&'a Municipality, TownSettings)];

/// The Stripe accounts, by municipality.
pub(crate) struct StripeAccounts {
    accounts: BTreeMap<MunicipalityId, Arc<StripeGateway>>,
    checkout_origins: BTreeSet<String>,
}

impl StripeAccounts {
    pub(super) fn build(towns: &WithSettings<'_>) -> Result<Self, WiringFault> {
        let mut built = Self {
            accounts: BTreeMap::new(),
            checkout_origins: BTreeSet::new(),
        };
        for (town, settings) in towns {
            let Some(stripe) = settings.stripe() else {
                continue;
            };
            let (gateway, base) = stripe_account(town, stripe)?;
            let real = base
                .host_str()
                .is_some_and(|host| host.ends_with("stripe.com"));
            built.checkout_origins.insert(if real {
                STRIPE_CHECKOUT.to_owned()
            } else {
                base.origin().ascii_serialization()
            });
            built.accounts.insert(town.id, Arc::new(gateway));
        }
        Ok(built)
    }

    pub(super) fn checkout_origins(&self) -> impl Iterator<Item = String> {
        self.checkout_origins.iter().cloned()
    }
}

impl Gateways for StripeAccounts {
    fn of(&self, municipality: MunicipalityId) -> Option<Arc<dyn PaymentGateway>> {
        let gateway: Arc<dyn PaymentGateway> = self.accounts.get(&municipality)?.clone();
        Some(gateway)
    }
}

/// One town's Stripe account, and its address.
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
        .map_err(|fault| WiringFault::Stripe {
            town: town.name.clone(),
            fault,
        })
}

/// The identity providers, by municipality.
pub(crate) struct IdentityProviders {
    providers: BTreeMap<MunicipalityId, Arc<RelyingParty>>,
    origins: BTreeSet<String>,
}

impl IdentityProviders {
    pub(super) fn build(
        towns: &WithSettings<'_>,
        tenants: &Tenants,
        chance: &Arc<dyn Chance>,
    ) -> Result<Self, WiringFault> {
        let mut built = Self {
            providers: BTreeMap::new(),
            origins: BTreeSet::new(),
        };
        for (town, settings) in towns {
            let (Some(identity), Some(base)) = (settings.identity(), tenants.base_url(town.id))
            else {
                continue;
            };
            let (party, authorize) = identity_provider(town, identity, &base, chance)?;
            built
                .origins
                .insert(authorize.origin().ascii_serialization());
            built.providers.insert(town.id, Arc::new(party));
        }
        Ok(built)
    }

    pub(super) fn origins(&self) -> impl Iterator<Item = String> {
        self.origins.iter().cloned()
    }
}

impl Providers for IdentityProviders {
    fn of(&self, municipality: MunicipalityId) -> Option<Arc<dyn IdentityProvider>> {
        let provider: Arc<dyn IdentityProvider> = self.providers.get(&municipality)?.clone();
        Some(provider)
    }
}

/// One town's relying party, and the provider's page.
pub(crate) fn identity_provider(
    town: &Municipality,
    settings: IdentitySettings,
    base_url: &str,
    chance: &Arc<dyn Chance>,
) -> Result<(RelyingParty, Url), WiringFault> {
    let authorize = address(town, "IDP_AUTHORIZE_URL", &settings.authorize_url)?;
    let endpoints = Endpoints {
        authorize: authorize.clone(),
        token: address(town, "IDP_TOKEN_URL", &settings.token_url)?,
        userinfo: address(town, "IDP_USERINFO_URL", &settings.userinfo_url)?,
        jwks: address(town, "IDP_JWKS_URL", &settings.jwks_url)?,
    };
    let key_file = &settings.client_key_file;
    let client_key_pem = std::fs::read_to_string(key_file)
        .map_err(|error| WiringFault::Unreadable(key_file.clone(), error))?;
    let config = RelyingPartyConfig::for_card_service(
        settings.issuer,
        endpoints,
        settings.client_id,
        format!("{base_url}/auth/callback"),
        client_key_pem,
    );
    RelyingParty::new(config, Arc::clone(chance))
        .map(|party| (party, authorize))
        .map_err(|fault| WiringFault::Identity {
            town: town.name.clone(),
            fault,
        })
}

fn address(town: &Municipality, what: &'static str, text: &str) -> Result<Url, WiringFault> {
    Url::parse(text).map_err(|_not_a_url| WiringFault::Address {
        town: town.name.clone(),
        what,
    })
}
