//! Requests that end before anybody is asked (受付前のお断り): unknown towns and addresses, foreign
//! sites, bodies that are none.
//!
//! A person gets a small page; under `/api` the same becomes `application/problem+json` on its way
//! out ([`super::problem::in_words`]).

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// Why a request ended before anybody was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// No town has this address.
    NoSuchTown,
    /// Another site's page tried to change something.
    CrossSite,
    /// Nothing is here.
    NoSuchRoute,
    /// Something is here, but not by this method.
    Method,
    /// The body is not JSON by its own account.
    MediaType,
    /// The body is longer than anything we expect.
    TooLarge,
    /// The body is not what it says it is.
    Malformed,
    /// It took too long.
    TooSlow,
    /// Something broke.
    Fault,
}

impl Stop {
    /// What a bare status means.
    pub(super) fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::FORBIDDEN => Self::CrossSite,
            StatusCode::NOT_FOUND => Self::NoSuchRoute,
            StatusCode::METHOD_NOT_ALLOWED => Self::Method,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::MediaType,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::GATEWAY_TIMEOUT => Self::TooSlow,
            _ if status.is_client_error() => Self::Malformed,
            _ => Self::Fault,
        }
    }

    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::NoSuchTown | Self::NoSuchRoute => StatusCode::NOT_FOUND,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooSlow => StatusCode::GATEWAY_TIMEOUT,
            Self::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable code.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::NoSuchTown => "town.not_found",
            Self::CrossSite => "request.cross_site",
            Self::NoSuchRoute => "not_found",
            Self::Method => "request.method",
            Self::MediaType => "body.media_type",
            Self::TooLarge => "body.too_large",
            Self::Malformed => "body.malformed",
            Self::TooSlow => "request.too_slow",
            Self::Fault => "fault",
        }
    }

    /// What is the matter, and what to do now.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NoSuchTown => (
                "このアドレスの自治体はありません。",
                "アドレスを確かめてください。",
            ),
            Self::CrossSite => (
                "別のサイトからの送信は受け付けていません。",
                "ページを開き直して、もう一度お試しください。",
            ),
            Self::NoSuchRoute => ("見つかりません。", "アドレスを確かめてください。"),
            Self::Method => (
                "この操作は受け付けていません。",
                "使い方（OpenAPI）を確かめてください。",
            ),
            Self::MediaType => (
                "本文の形式が違います。",
                "Content-Type を application/json にしてください。",
            ),
            Self::TooLarge => ("本文が長すぎます。", "64KBまでにしてください。"),
            Self::Malformed => (
                "本文を読めません。",
                "正しいJSONのオブジェクトにしてください。",
            ),
            Self::TooSlow => (
                "時間内に処理できませんでした。",
                "少し待ってから、もう一度お試しください。",
            ),
            Self::Fault => (
                "システムの都合で処理できませんでした。",
                "少し待ってから、もう一度お試しください。",
            ),
        }
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        let (what, next) = self.words();
        let mut response = page(self.status(), (what, next), RESIDENTS);
        response.extensions_mut().insert(self);
        response
    }
}

/// A page for an error that says nothing itself.
pub(super) fn wordless(status: StatusCode) -> Response {
    if status.is_server_error() {
        let (what, next) = Stop::Fault.words();
        return page(status, (what, next), RESIDENTS);
    }
    let (what, next) = match status {
        StatusCode::PAYLOAD_TOO_LARGE => (
            "送られた内容が長すぎます。",
            "前のページに戻り、短くしてください。",
        ),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (
            "送られた内容を読めません。",
            "前のページを開き直して、もう一度お試しください。",
        ),
        _ => ("このページは開けません。", "アドレスを確かめてください。"),
    };
    page(status, (what, next), RESIDENTS)
}

/// The residents' way on from a page that says no.
pub(super) const RESIDENTS: (&str, &str) = ("/", "施設をさがす");
/// The staff's.
pub(super) const STAFF: (&str, &str) = (app::links::STAFF, "職員のページに戻る");

/// A page without a town's frame: for when there is none, or when making it failed.
pub(super) fn page(
    status: StatusCode,
    (what, next): (&str, &str),
    (home, words): (&str, &str),
) -> Response {
    let (what, next) = (escaped(what), escaped(next));
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{what}</title>\n</head>\n<body>\n<main>\n<h1>{what}</h1>\n<p>{next}</p>\n\
         <p><a href=\"{home}\">{words}</a></p>\n</main>\n</body>\n</html>\n"
    );
    (status, Html(html)).into_response()
}

fn escaped(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut safe, c| {
            match c {
                '&' => safe.push_str("&amp;"),
                '<' => safe.push_str("&lt;"),
                '>' => safe.push_str("&gt;"),
                '"' => safe.push_str("&quot;"),
                '\'' => safe.push_str("&#39;"),
                c => safe.push(c),
            }
            safe
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_town_file_cannot_become_markup() {
        assert_eq!(escaped("<b>&\"'"), "&lt;b&gt;&amp;&quot;&#39;");
    }

    #[test]
    fn every_stop_has_the_status_it_is_told_apart_by() {
        for stop in [
            Stop::CrossSite,
            Stop::NoSuchRoute,
            Stop::Method,
            Stop::MediaType,
            Stop::TooLarge,
            Stop::TooSlow,
            Stop::Malformed,
            Stop::Fault,
        ] {
            assert_eq!(Stop::of(stop.status()), stop);
        }
    }
}
