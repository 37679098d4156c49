//! The HTTP side: pages for people, JSON for tests.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;

use super::mail::Mail;
use super::shelf::{Shelf, Switch};

/// How long `GET /api/mails` waits for mails that are not there yet.
const PATIENCE: Duration = Duration::from_secs(10);

const STYLE: &str = "
* { box-sizing: border-box; }
body { margin: 0; color: #1a1a1a; background: #fff; overflow-wrap: anywhere;
  font: 1.0625rem/1.7 'Noto Sans JP', -apple-system, BlinkMacSystemFont, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 16px 16px 48px; }
h1 { font-size: 1.5rem; line-height: 1.4; }
.sample { background: #fbf5e0; border: 2px solid #927200; border-radius: 8px; padding: 8px 16px; }
ul.mails { list-style: none; margin: 0; padding: 0; }
ul.mails a { display: block; min-height: 48px; padding: 8px 0; border-top: 1px solid #767676; }
ul.mails span { display: block; color: #4d4d4d; }
a { color: #0017c1; }
a:focus-visible { outline: 4px solid #000; outline-offset: 2px; }
dt { color: #4d4d4d; } dd { margin: 0 0 8px; }
pre { white-space: pre-wrap; font: inherit; border-top: 1px solid #767676; padding-top: 16px; }
";

pub(super) fn router(shelf: Arc<Shelf>) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/mails/{id}", get(show))
        .route("/mails/{id}/attachments/{number}", get(attachment))
        .route("/api/mails", get(json).delete(empty))
        .route(
            "/_control/faults",
            get(faults).post(add_fault).delete(behave),
        )
        .route("/healthz", get(|| async { "ok" }))
        .with_state(shelf)
}

async fn list(State(shelf): State<Arc<Shelf>>) -> Html<String> {
    let mails = shelf.mails();
    document(
        "受信箱",
        &html! {
            h1 { "受信箱" }
            @if mails.is_empty() {
                p { "まだメールはありません。予約をすると、ここに届きます。" }
            }
            ul.mails {
                @for mail in mails.iter().rev() {
                    li {
                        a href={ "/mails/" (mail.id) } {
                            strong { (mail.subject) }
                            span { (mail.recipients.join("、")) " ・ " (mail.date.as_deref().unwrap_or("")) }
                        }
                    }
                }
            }
        },
    )
}

async fn show(State(shelf): State<Arc<Shelf>>, Path(id): Path<u64>) -> Response {
    let Some(mail) = shelf.mail(id) else {
        return missing();
    };
    document(
        &mail.subject,
        &html! {
            p { a href="/" { "‹ 受信箱" } }
            h1 { (mail.subject) }
            dl {
                dt { "差出人" } dd { (mail.from) }
                dt { "宛先" } dd { (mail.recipients.join("、")) }
                dt { "日時" } dd { (mail.date.as_deref().unwrap_or("")) }
                @if !mail.attachments.is_empty() {
                    dt { "添付" }
                    @for (number, file) in mail.attachments.iter().enumerate() {
                        dd {
                            a href={ "/mails/" (id) "/attachments/" (number) } { (file.file_name) }
                            " (" (file.media_type) ", " (file.size) " バイト)"
                        }
                    }
                }
            }
            pre { (mail.text) }
            details { summary { "ソース" } pre { (mail.raw) } }
        },
    )
    .into_response()
}

async fn attachment(
    State(shelf): State<Arc<Shelf>>,
    Path((id, number)): Path<(u64, usize)>,
) -> Response {
    let file = shelf
        .mail(id)
        .and_then(|mail| mail.attachments.into_iter().nth(number));
    let Some(file) = file else {
        return missing();
    };
    // Whatever a mail claims to hold, only PDFs are shown in place.
    let media_type = match file.media_type.as_str() {
        "application/pdf" => "application/pdf",
        _ => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, file.content).into_response()
}

#[derive(Deserialize)]
struct Wanted {
    to: Option<String>,
    #[serde(default)]
    at_least: usize,
}

async fn json(State(shelf): State<Arc<Shelf>>, Query(wanted): Query<Wanted>) -> Json<Vec<Mail>> {
    let to = wanted.to.as_deref();
    let waiting = tokio::time::timeout(PATIENCE, shelf.at_least(to, wanted.at_least));
    match waiting.await {
        Ok(mails) => Json(mails),
        // Fewer than asked for: the caller sees which.
        Err(_elapsed) => Json(shelf.at_least(to, 0).await),
    }
}

async fn empty(State(shelf): State<Arc<Shelf>>) -> StatusCode {
    shelf.empty();
    StatusCode::NO_CONTENT
}

async fn faults(State(shelf): State<Arc<Shelf>>) -> Json<Vec<Switch>> {
    Json(shelf.switches())
}

async fn add_fault(State(shelf): State<Arc<Shelf>>, Json(switch): Json<Switch>) -> StatusCode {
    shelf.add(switch);
    StatusCode::NO_CONTENT
}

async fn behave(State(shelf): State<Arc<Shelf>>) -> StatusCode {
    shelf.behave();
    StatusCode::NO_CONTENT
}

fn missing() -> Response {
    let body = html! { h1 { "そのメールはありません" } p { a href="/" { "‹ 受信箱" } } };
    (StatusCode::NOT_FOUND, document("ありません", &body)).into_response()
}

fn document(title: &str, body: &Markup) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="ja" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " - メール（見本）" }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                main {
                    p.sample { "これは見本です。送られたメールはここで止まり、だれにも届きません。" }
                    (body)
                }
            }
        }
    };
    Html(page.into_string())
}
