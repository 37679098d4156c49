//! Figures for operators (計測): `/metrics`, beside the towns' pages or, with `METRICS_LISTEN`, on a
//! listener of its own and nowhere else.
//!
//! Behind a proxy every request comes from the proxy and may name any host, so neither tells an
//! operator from the rest of the world: where the world can reach the towns' listener, the figures
//! want their own. They hold nothing personal.

use axum::Router;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

/// Where the time of a request is told apart, seconds: from a cached asset to the time limit.
const SECONDS: [f64; 10] = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// A recorder for the figures of this process.
pub(crate) fn recorder() -> PrometheusRecorder {
    let builder = PrometheusBuilder::new();
    // Only an empty list of buckets is refused; were it so, quantiles would do.
    builder
        .set_buckets(&SECONDS)
        .unwrap_or_else(|_empty| PrometheusBuilder::new())
        .build_recorder()
}

/// `/metrics` in Prometheus' text format, and nothing else.
pub(crate) fn figures(handle: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(async move || handle.render()))
}
