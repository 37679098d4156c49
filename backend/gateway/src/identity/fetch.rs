//! One HTTP call to the identity provider, within bounds.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, DATE};
use reqwest::{Client, RequestBuilder, StatusCode, redirect};

/// The longest body that is read. Key sets and tokens are a few kilobytes.
const MAX_BODY: usize = 64 * 1024;

/// An HTTP client that follows nothing and waits no longer than `timeout`.
pub(super) fn client(timeout: Duration) -> Result<Client, reqwest::Error> {
    crate::tls::install_provider();
    Client::builder()
        .redirect(redirect::Policy::none())
        .timeout(timeout)
        .no_proxy()
        .user_agent("yoriai")
        .build()
}

/// An answer whose body has been read whole.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) is_json: bool,
    pub(super) date: Option<String>,
    pub(super) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchFault {
    #[error("no answer")]
    Transport(#[from] reqwest::Error),
    #[error("the answer is longer than {MAX_BODY} bytes")]
    TooLarge,
    #[error("HTTP status {0}")]
    Status(StatusCode),
    #[error("the answer is not JSON")]
    NotJson,
    #[error("the answer is not of the agreed shape")]
    Shape(#[from] serde_json::Error),
}

/// Sends `request` and reads the body up to [`MAX_BODY`], whatever its declared length.
pub(super) async fn fetch(request: RequestBuilder) -> Result<Answer, FetchFault> {
    let mut response = request.send().await?;
    let header = |name| {
        response
            .headers()
            .get(name)?
            .to_str()
            .ok()
            .map(str::to_owned)
    };
    let is_json = header(CONTENT_TYPE).is_some_and(|media| {
        let essence = media.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
            || essence.eq_ignore_ascii_case("application/jwk-set+json")
    });
    let date = header(DATE);
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > MAX_BODY {
            return Err(FetchFault::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status: response.status(),
        is_json,
        date,
        body,
    })
}

/// The same for calls to which only 200 with JSON is an answer.
pub(super) async fn fetch_json<T>(request: RequestBuilder) -> Result<T, FetchFault>
where
    T: serde::de::DeserializeOwned,
{
    let answer = fetch(request).await?;
    if answer.status != StatusCode::OK {
        return Err(FetchFault::Status(answer.status));
    }
    if !answer.is_json {
        return Err(FetchFault::NotJson);
    }
    Ok(serde_json::from_slice(&answer.body)?)
}
