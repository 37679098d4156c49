//! The towns of this installation (自治体の一覧): where each has its pages, and whom it works with.
//!
//! Which towns there are stands in the database, what each needs in the configuration. A town that
//! is applied while we run is let in at the next look; the configuration is read at the start only.

mod address;
mod parties;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use domain::ids::MunicipalityId;
use gateway::identity::RelyingParty;
use gateway::stripe::StripeGateway;
use usecases::ports::chance::Chance;
use usecases::ports::identity::IdentityProvider;
use usecases::ports::payments::PaymentGateway;
use usecases::ports::store::{Municipality, Store};
use usecases::ports::tenancy::{Addresses, Gateways};
use usecases::sign_in::Providers;
use usecases::staff_sign_in::StaffProviders;

use crate::config::Config;
use crate::system::chain;
use crate::wiring::WiringFault;

pub(crate) use address::Address;
pub(crate) use parties::{identity_provider, staff_provider, stripe_account};

/// One town of this installation.
pub(crate) struct Tenant {
    pub(crate) id: MunicipalityId,
    /// Scheme, host and port, no slash: what `Origin` must say.
    pub(crate) origin: String,
    /// Origins that its forms may lead to: the card service, the staff's issuer and the checkout.
    pub(crate) form_targets: Vec<String>,
    gateway: Option<Arc<StripeGateway>>,
    provider: Option<Arc<RelyingParty>>,
    staff_provider: Option<Arc<RelyingParty>>,
}

impl Tenant {
    /// Whether staff can sign in here.
    pub(crate) const fn lets_staff_in(&self) -> bool {
        self.staff_provider.is_some()
    }
}

/// Every town that has come so far.
pub(crate) struct Towns {
    config: Config,
    chance: Arc<dyn Chance>,
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    by_authority: BTreeMap<String, Arc<Tenant>>,
    by_id: BTreeMap<MunicipalityId, Arc<Tenant>>,
    /// Those whose settings cannot be used. The configuration will not change until the next start,
    /// so they are told of once.
    left_out: BTreeSet<MunicipalityId>,
}

impl Towns {
    /// The towns there are at the start, when an operator is there to mend what is wrong.
    ///
    /// # Errors
    /// [`WiringFault`] for the first town whose settings cannot be used.
    pub(crate) fn new(
        config: &Config,
        chance: Arc<dyn Chance>,
        municipalities: &[Municipality],
    ) -> Result<Self, WiringFault> {
        let towns = Self {
            config: config.clone(),
            chance,
            known: RwLock::default(),
        };
        for municipality in municipalities {
            towns.let_in(municipality)?;
        }
        Ok(towns)
    }

    /// Lets in the towns that have come since. One whose settings cannot be used, or a database that
    /// does not answer, keeps nobody else out.
    pub(crate) async fn look_again(&self, store: &dyn Store) {
        let municipalities = match store.municipalities().await {
            Ok(municipalities) => municipalities,
            Err(failure) => {
                tracing::warn!(error = %failure, "towns.not_read");
                return;
            }
        };
        for municipality in municipalities {
            if self.has_seen(municipality.id) {
                continue;
            }
            let code = &municipality.code;
            match self.let_in(&municipality) {
                Ok(()) => tracing::info!(code, "town.let_in"),
                Err(fault) => {
                    tracing::error!(code, fault = chain(&fault), "town.left_out");
                    self.change(|known| known.left_out.insert(municipality.id));
                }
            }
        }
    }

    /// The town whose pages are at this authority (`seika.localhost:8080`), whatever its case.
    pub(crate) fn at(&self, authority: &str) -> Option<Arc<Tenant>> {
        let authority = authority.to_ascii_lowercase();
        self.look(|known| known.by_authority.get(&authority).map(Arc::clone))
    }

    /// Every town.
    pub(crate) fn ids(&self) -> Vec<MunicipalityId> {
        self.look(|known| known.by_id.keys().copied().collect())
    }

    fn let_in(&self, municipality: &Municipality) -> Result<(), WiringFault> {
        let settings = self.config.of_town(municipality.host.as_str())?;
        let address = Address::of(&self.config, municipality, settings.own_url.as_ref())?;
        let mut tenant = Tenant {
            id: municipality.id,
            origin: address.origin,
            form_targets: Vec::new(),
            gateway: None,
            provider: None,
            staff_provider: None,
        };
        match settings.identity() {
            Some(identity) => {
                let (provider, page) =
                    identity_provider(municipality, identity, &tenant.origin, &self.chance)?;
                tenant.provider = Some(Arc::new(provider));
                tenant
                    .form_targets
                    .push(page.origin().ascii_serialization());
            }
            None => tracing::warn!(code = municipality.code, "town.without_sign_in"),
        }
        let staff = self.config.staff_of_town(municipality.host.as_str())?;
        if let Some(identity) = staff.identity() {
            let how = (identity, staff.algorithm());
            let (provider, page) = staff_provider(municipality, how, &tenant.origin, &self.chance)?;
            tenant.staff_provider = Some(Arc::new(provider));
            // An ended session leads from a form to the issuer.
            let issuer = page.origin().ascii_serialization();
            if !tenant.form_targets.contains(&issuer) {
                tenant.form_targets.push(issuer);
            }
        }
        if let Some(stripe) = settings.stripe() {
            let (gateway, base) = stripe_account(municipality, stripe)?;
            tenant.gateway = Some(Arc::new(gateway));
            tenant.form_targets.push(parties::checkout_origin(&base));
        }
        self.change(|known| {
            if known.by_authority.contains_key(&address.authority) {
                return Err(WiringFault::SameAddress {
                    town: municipality.name.clone(),
                    address: address.authority,
                });
            }
            let tenant = Arc::new(tenant);
            known.by_id.insert(tenant.id, Arc::clone(&tenant));
            known.by_authority.insert(address.authority, tenant);
            Ok(())
        })
    }

    fn has_seen(&self, id: MunicipalityId) -> bool {
        self.look(|known| known.by_id.contains_key(&id) || known.left_out.contains(&id))
    }

    fn ask<T>(&self, id: MunicipalityId, what: impl FnOnce(&Tenant) -> Option<T>) -> Option<T> {
        self.look(|known| known.by_id.get(&id).and_then(|tenant| what(tenant)))
    }

    fn look<T>(&self, what: impl FnOnce(&Known) -> T) -> T {
        what(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn change<T>(&self, what: impl FnOnce(&mut Known) -> T) -> T {
        what(&mut self.known.write().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Addresses for Towns {
    fn base_url(&self, municipality: MunicipalityId) -> Option<String> {
        self.ask(municipality, |tenant| Some(tenant.origin.clone()))
    }
}

impl Gateways for Towns {
    fn of(&self, municipality: MunicipalityId) -> Option<Arc<dyn PaymentGateway>> {
        let gateway: Arc<dyn PaymentGateway> =
            self.ask(municipality, |tenant| tenant.gateway.clone())?;
        Some(gateway)
    }
}

impl Providers for Towns {
    fn of(&self, municipality: MunicipalityId) -> Option<Arc<dyn IdentityProvider>> {
        let provider: Arc<dyn IdentityProvider> =
            self.ask(municipality, |tenant| tenant.provider.clone())?;
        Some(provider)
    }
}

impl StaffProviders for Towns {
    fn of_staff(&self, municipality: MunicipalityId) -> Option<Arc<dyn IdentityProvider>> {
        let provider: Arc<dyn IdentityProvider> =
            self.ask(municipality, |tenant| tenant.staff_provider.clone())?;
        Some(provider)
    }
}
