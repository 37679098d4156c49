//! What every handler may use.

use std::sync::Arc;

use app::Bundle;
use leptos::config::LeptosOptions;
use usecases::Desk;
use usecases::ports::chance::{Chance, Clock};
use usecases::ports::store::Store;
use usecases::ports::tenancy::Gateways;
use usecases::sign_in::Doorkeeper;

use super::tenant::Tenants;

/// What every handler may use. Cheap to clone, one per process.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) desk: Arc<Desk>,
    pub(crate) doorkeeper: Arc<Doorkeeper>,
    pub(crate) gateways: Arc<dyn Gateways>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) tenants: Arc<Tenants>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) bundle: Bundle,
    /// Origins that a form may lead to: the card service and the checkout.
    pub(crate) form_targets: Arc<[String]>,
    pub(crate) leptos: LeptosOptions,
    pub(crate) metrics: metrics_exporter_prometheus::PrometheusHandle,
}

impl axum::extract::FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
