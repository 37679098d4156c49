//! `/api/v1` (DESIGN.md §8): what the screens can do, for programs.
//!
//! Bodies and answers are shapes of their own, so that a change inside never changes the API by
//! accident; the document they make is locked by a snapshot. Money is whole yen, dates are ISO 8601
//! in Japan, instants RFC 3339 in UTC, refusals `application/problem+json` with a stable code.
//! Whoever is signed in by the session cookie is the resident; there is no other key yet.

mod body;
mod facilities;
mod input;
mod quotes;
mod reservations;
mod rooms;
mod view;

use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use contract::{Call, Outcome};
use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::stop::Stop;
use super::{AppState, problem};

pub(super) use view::facts;

/// What the document says besides its routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "寄合 Yoriai API",
        description = "公共施設の空き状況・料金・予約。各自治体のアドレスで動きます。\
            金額は税込みの円、日付と時刻は日本時間、`…_at` はUTC（RFC 3339）です。",
        version = "1",
    ),
    servers((url = "/api/v1")),
    modifiers(&SessionCookie),
)]
struct Document;

struct SessionCookie;

impl utoipa::Modify for SessionCookie {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let cookie = ApiKeyValue::with_description(
            super::cookies::SESSION,
            "ログインした人のセッション。変更（POST）は自治体自身のページからだけ受け付けます。",
        );
        openapi
            .components
            .get_or_insert_default()
            .add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// A route and its description, together.
fn described() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(facilities::list))
        .routes(routes!(facilities::show))
        .routes(routes!(facilities::availability))
        .routes(routes!(rooms::availability))
        .routes(routes!(quotes::ask, quotes::ask_by_body))
        .routes(routes!(reservations::list, reservations::book))
        .routes(routes!(reservations::show))
        .routes(routes!(reservations::cancel))
        .routes(routes!(reservations::extend))
        .routes(routes!(reservations::pay))
}

/// The OpenAPI 3.1 document.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    described().into_openapi()
}

/// The routes below `/api/v1`.
pub(super) fn routes() -> Router<AppState> {
    let (router, document) = described().split_for_parts();
    router
        .route("/openapi.json", get(async move || Json(document)))
        .fallback(async || Stop::NoSuchRoute)
        .method_not_allowed_fallback(async || Stop::Method)
}

/// An answer, or its problem.
type Answer<T> = Result<T, Response>;

/// What the desk gave, as JSON in the API's shape `S`; or why it did not, as a problem.
fn answered<V, S>(call: &Call, outcome: Outcome<V>) -> Response
where
    S: From<V> + serde::Serialize,
{
    match outcome {
        Ok(view) => Json(S::from(view)).into_response(),
        Err(failure) => problem::answer(call, &failure),
    }
}
