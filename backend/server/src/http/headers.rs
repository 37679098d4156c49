//! Response headers: what a page may load, who may frame it, what is kept.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

const FIXED: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// Sets the headers that every answer carries. Pages bring their own `content-security-policy`,
/// because only they know their nonce; everything else gets the one that allows nothing.
pub(super) async fn set(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(
            "default-src 'none'; frame-ancestors 'none'",
        ));
    // What is about a person is nobody's to keep; assets say otherwise themselves.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The policy of a page: our own style and images, our own module with this page's nonce, forms to
/// ourselves and to where payment and sign-in lead.
pub(super) fn page_policy(nonce: Option<&str>, form_targets: &[String]) -> String {
    let script = nonce.map_or_else(
        || "'none'".to_owned(),
        |nonce| format!("'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"),
    );
    let targets = form_targets.iter().fold(String::new(), |mut list, target| {
        list.push(' ');
        list.push_str(target);
        list
    });
    format!(
        "default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
         form-action 'self'{targets}; frame-ancestors 'none'"
    )
}
