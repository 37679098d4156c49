//! The house as something that answers requests and works off the outbox.

use std::sync::Arc;

use axum::Router;
use contract::Fault;
use leptos::config::LeptosOptions;
use usecases::Worker;

use super::House;
use crate::http::{AppState, Assets, AssetsFault, router};

impl House {
    /// Every route of the towns.
    ///
    /// # Errors
    /// [`AssetsFault`] for a bundle that is not whole.
    pub fn app(&self, assets: &Assets) -> Result<Router, AssetsFault> {
        let state = AppState {
            desk: Arc::clone(&self.desk),
            doorkeeper: Arc::clone(&self.doorkeeper),
            staff_door: Arc::clone(&self.staff_door),
            store: self.database.clone(),
            towns: Arc::clone(&self.towns),
            changes: self.database.clone(),
            streams: Arc::clone(&self.streams),
            clock: Arc::clone(&self.clock),
            chance: Arc::clone(&self.chance),
            bundle: assets.bundle()?,
            leptos: LeptosOptions::builder().output_name("browser").build(),
        };
        Ok(router(state, assets))
    }

    /// Ends the streams of open pages, which would not end by themselves.
    pub fn end_streams(&self) {
        self.streams.end();
    }

    /// Lets go of the database.
    ///
    /// # Errors
    /// When the database minds.
    pub async fn close(&self) -> Result<(), Fault> {
        self.database.close().await
    }

    /// Who works off the outbox.
    #[must_use]
    pub fn worker(&self) -> Arc<Worker> {
        Arc::new(Worker::new(
            Arc::clone(&self.desk),
            Arc::clone(&self.mailer),
            Arc::clone(&self.clock),
        ))
    }
}
