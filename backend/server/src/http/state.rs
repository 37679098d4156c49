//! What every handler may use.

use std::sync::Arc;

use app::Bundle;
use leptos::config::LeptosOptions;
use usecases::Desk;
use usecases::ports::chance::{Chance, Clock};
use usecases::ports::changes::Changes;
use usecases::ports::store::Store;
use usecases::sign_in::Doorkeeper;
use usecases::staff_sign_in::StaffDoor;

use super::Streams;
use crate::towns::Towns;

/// What every handler may use. Cheap to clone, one per process.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) desk: Arc<Desk>,
    pub(crate) doorkeeper: Arc<Doorkeeper>,
    pub(crate) staff_door: Arc<StaffDoor>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) towns: Arc<Towns>,
    pub(crate) changes: Arc<dyn Changes>,
    pub(crate) streams: Arc<Streams>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) bundle: Bundle,
    pub(crate) leptos: LeptosOptions,
}

impl axum::extract::FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
