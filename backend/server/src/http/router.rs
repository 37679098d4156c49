//! Every route, and the walls it stands behind.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use super::assets::Assets;
use super::stop::Stop;
use super::{
    AppState, access_log, api, changes, counter_papers, forms, guard, headers, health, papers,
    problem, screens, session, sign_in, staff_sign_in, tenant, webhooks,
};

/// Nothing anybody posts is larger: forms and API bodies are a few hundred bytes.
const BODY_LIMIT: usize = 64 * 1024;
/// Stripe's events carry whole objects.
const WEBHOOK_LIMIT: usize = 512 * 1024;
/// No request may keep a connection longer.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The whole application.
pub(crate) fn router(state: AppState, assets: &Assets) -> Router {
    let towns = Router::new()
        .route("/auth/start", get(sign_in::start))
        .route("/auth/callback", get(sign_in::callback))
        .route("/staff/sign-in", get(staff_sign_in::start))
        .route("/staff/callback", get(staff_sign_in::callback))
        .route("/manage/changes", get(changes::follow))
        .merge(papers::routes())
        .merge(counter_papers::routes())
        .merge(forms::routes())
        .merge(screens::routes(&state))
        .nest("/api/v1", api::routes())
        .fallback(screens::not_found)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(state.clone(), tenant::find_tenant))
                .layer(from_fn(guard::same_origin))
                .layer(from_fn_with_state(state.clone(), session::find_caller)),
        );
    let hooks = Router::new()
        .route("/webhooks/stripe", post(webhooks::stripe))
        .layer(DefaultBodyLimit::max(WEBHOOK_LIMIT));
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .merge(hooks)
        .merge(towns)
        .with_state(state.clone())
        .layer(CompressionLayer::new())
        .merge(assets.routes())
        .layer(
            ServiceBuilder::new()
                .layer(from_fn(access_log::observe))
                .layer(from_fn(headers::set))
                .layer(from_fn(problem::in_words))
                .layer(CatchPanicLayer::custom(|_panic| {
                    Stop::Fault.into_response()
                }))
                .layer(TimeoutLayer::with_status_code(
                    StatusCode::GATEWAY_TIMEOUT,
                    TIME_LIMIT,
                )),
        )
}
