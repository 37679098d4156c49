//! Cross-site requests that would change something are refused (CSRF対策).
//!
//! Two independent walls: the browser's own word (`Sec-Fetch-Site`, or `Origin` where that is
//! missing) here, and the form token of [`super::session::Caller`] where forms are read.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::stop::Stop;
use crate::towns::Tenant;

/// Lets safe methods pass, and others only from the town's own pages.
pub(super) async fn same_origin(request: Request, next: Next) -> Response {
    let tenant = request.extensions().get::<Arc<Tenant>>();
    let own = tenant.map(|tenant| tenant.origin.as_str());
    if changes(request.method()) && !is_same_origin(request.headers(), own) {
        return Stop::CrossSite.into_response();
    }
    next.run(request).await
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_same_origin(headers: &HeaderMap, own: Option<&str>) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) if site != "same-origin" => false,
        (_, Some(origin)) => own == Some(origin),
        (Some(_), None) => true,
        // Neither: not a browser of the last ten years, so nobody's cookies can be abused by a
        // page; the form token still has to fit.
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_towns_own_pages_may_post() {
        let own = Some("https://seika.example.jp");
        let with = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            is_same_origin(&headers, own)
        };
        assert!(with(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://seika.example.jp")
        ]));
        assert!(with(&[("origin", "https://seika.example.jp")]));
        assert!(!with(&[("sec-fetch-site", "cross-site")]));
        assert!(!with(&[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://kawagoe.example.jp")
        ]));
        assert!(!with(&[
            ("sec-fetch-site", "none"),
            ("origin", "https://seika.example.jp")
        ]));
        assert!(!with(&[("origin", "null")]));
        assert!(!with(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://evil.example")
        ]));
    }
}
