//! Figures for operators (計測): what `/metrics` shows.

use axum::extract::State;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};

use super::AppState;

/// Where the time of a request is told apart, seconds: from a cached asset to the time limit.
const SECONDS: [f64; 10] = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// A recorder for the figures of this process.
#[must_use]
pub fn recorder() -> PrometheusRecorder {
    let builder = PrometheusBuilder::new();
    // Only an empty list of buckets is refused; were it so, quantiles would do.
    builder
        .set_buckets(&SECONDS)
        .unwrap_or_else(|_empty| PrometheusBuilder::new())
        .build_recorder()
}

/// Prometheus' text format.
pub(super) async fn metrics(State(state): State<AppState>) -> String {
    state.metrics.render()
}
