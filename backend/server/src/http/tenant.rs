//! Which municipality a request is for (自治体の判定), by its host name.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::AppState;
use super::stop::Stop;

/// A year: longer than anybody's certificate, and what browsers take seriously. Only for the name
/// itself, since a town's other names are not ours to decide about.
const ONLY_TLS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Puts the town ([`crate::towns::Tenant`]) into the request, or answers 404: no page belongs to
/// nobody. A town that is reached over TLS is reached only over TLS from then on.
pub(super) async fn find_tenant(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let authority = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| {
            request
                .uri()
                .authority()
                .map(axum::http::uri::Authority::as_str)
        });
    let Some(tenant) = authority.and_then(|authority| state.towns.at(authority)) else {
        return Stop::NoSuchTown.into_response();
    };
    let over_tls = tenant.origin.starts_with("https:");
    request.extensions_mut().insert(tenant);
    let mut response = next.run(request).await;
    if over_tls {
        let headers = response.headers_mut();
        headers.insert(header::STRICT_TRANSPORT_SECURITY, ONLY_TLS);
    }
    response
}
