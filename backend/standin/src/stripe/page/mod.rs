//! The hosted payment page (決済画面), shaped like Stripe's Checkout in Japan. Plain HTML forms:
//! it works without JavaScript because it has none.

mod form;
mod text;
mod view;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::Markup;

use self::form::{Filled, Problem};
use self::text::Text;
use super::objects::session::{Payer, Session, Status};
use super::pay::{Outcome, Tender};
use super::shared::Shared;

/// The pages under `/c/pay`.
pub fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/c/pay/{session}", get(show).post(pay))
        .route("/c/pay/{session}/paypay", get(show_paypay).post(pay_paypay))
        .route("/c/style.css", get(style))
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("style.css"),
    )
}

async fn show(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some((session, text)) = visit(&shared, &id, &headers) else {
        return unknown(&headers);
    };
    match session.status {
        Status::Open => {
            let filled = Filled {
                email: session.customer_email.clone(),
                ..Filled::default()
            };
            html(StatusCode::OK, view::payment(&session, text, &filled, None))
        }
        closed => html(StatusCode::OK, view::closed(&session, text, closed)),
    }
}

async fn pay(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(filled): Form<Filled>,
) -> Response {
    let Some((session, text)) = visit(&shared, &id, &headers) else {
        return unknown(&headers);
    };
    let now = shared.with(|world| world.clock.now());
    let email = session
        .customer_email
        .clone()
        .or_else(|| filled.email.clone());
    let tender = match filled.tender(now, email.as_deref()) {
        Ok(tender) => tender,
        Err(problem) => return retry(&session, text, &filled, &problem),
    };
    let payer = Payer {
        email,
        name: filled.name.clone(),
    };
    let outcome = attempt(&shared, &id, &tender, payer);
    arrive(&session, text, &filled, outcome)
}

async fn show_paypay(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some((session, text)) = visit(&shared, &id, &headers) else {
        return unknown(&headers);
    };
    match session.status {
        Status::Open => html(StatusCode::OK, view::paypay(&session, text)),
        closed => html(StatusCode::OK, view::closed(&session, text, closed)),
    }
}

async fn pay_paypay(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some((session, text)) = visit(&shared, &id, &headers) else {
        return unknown(&headers);
    };
    let payer = Payer {
        email: session.customer_email.clone(),
        name: None,
    };
    let outcome = attempt(&shared, &id, &Tender::Paypay, payer);
    arrive(&session, text, &Filled::default(), outcome)
}

fn attempt(shared: &Shared, id: &str, tender: &Tender, payer: Payer) -> Outcome {
    shared.with(|world| {
        world.revision += 1;
        world.pay(id, tender, payer)
    })
}

/// Where an attempt leads: to the merchant, or back to the form.
fn arrive(session: &Session, text: &Text, filled: &Filled, outcome: Outcome) -> Response {
    match outcome {
        Outcome::Paid | Outcome::VoucherIssued => {
            // The placeholder is replaced as it was spelt; an encoded one is left alone.
            let target = session
                .success_url
                .replace("{CHECKOUT_SESSION_ID}", &session.id);
            Redirect::to(&target).into_response()
        }
        Outcome::Declined(failure) => retry(session, text, filled, &Problem::Declined(failure)),
        Outcome::NotACard => retry(session, text, filled, &Problem::CardNumber),
        Outcome::NotOffered => retry(session, text, filled, &Problem::NotOffered),
        Outcome::Closed(status) => html(StatusCode::CONFLICT, view::closed(session, text, status)),
        Outcome::Unknown => html(StatusCode::NOT_FOUND, view::unknown(text)),
    }
}

fn retry(session: &Session, text: &Text, filled: &Filled, problem: &Problem) -> Response {
    let page = view::payment(session, text, filled, Some(problem));
    html(StatusCode::UNPROCESSABLE_ENTITY, page)
}

fn visit(shared: &Shared, id: &str, headers: &HeaderMap) -> Option<(Session, &'static Text)> {
    let session = shared.with(|world| world.sessions.get(id).cloned())?;
    let text = text::choose(session.locale.as_deref(), accept_language(headers));
    Some((session, text))
}

fn unknown(headers: &HeaderMap) -> Response {
    html(
        StatusCode::NOT_FOUND,
        view::unknown(text::choose(None, accept_language(headers))),
    )
}

fn accept_language(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
}

fn html(status: StatusCode, page: Markup) -> Response {
    let mut response = (status, Html(page.into_string())).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'self'; frame-ancestors 'none'"),
    );
    response
}
