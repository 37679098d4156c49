//! Asking the server for a page again, without leaving this one.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Document, DomParser, RequestInit, Response, SupportedType};

/// Fetches a page of our own site and parses it.
///
/// # Errors
/// What the browser throws: no network, an aborted request, or an answer that is not a page.
pub async fn page(address: &str, signal: Option<&AbortSignal>) -> Result<Document, JsValue> {
    let options = RequestInit::new();
    options.set_signal(signal);
    parsed(&fetched(address, &options).await?)
}

/// Says of a request that nobody pressed anything: it does not keep a session awake.
pub const BY_ITSELF: &str = "x-by-itself";

/// The same for a page that asks for itself because it heard of a change.
///
/// # Errors
/// As [`page`]; the number of an HTTP status where that was the answer.
pub async fn page_by_itself(address: &str) -> Result<Document, JsValue> {
    parsed(&text_by_itself(address).await?)
}

/// The same for a text.
///
/// # Errors
/// As [`page_by_itself`].
pub async fn text_by_itself(address: &str) -> Result<String, JsValue> {
    let options = RequestInit::new();
    let header = Array::of2(&BY_ITSELF.into(), &"1".into());
    options.set_headers(&Array::of1(&header));
    fetched(address, &options).await
}

fn parsed(text: &str) -> Result<Document, JsValue> {
    DomParser::new()?.parse_from_string(text, SupportedType::TextHtml)
}

async fn fetched(address: &str, options: &RequestInit) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response = settled(window.fetch_with_str_and_init(address, options)).await?;
    let response: Response = response.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::from(response.status()));
    }
    let text = settled(response.text()?).await?;
    text.as_string().ok_or(JsValue::NULL)
}

async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

/// Shows this page anew. Not `reload`: where the page is the answer to a form, that sends the form
/// again.
pub fn show_again() {
    let Some(location) = web_sys::window().map(|window| window.location()) else {
        return;
    };
    if let (Ok(path), Ok(query)) = (location.pathname(), location.search()) {
        let _left = location.replace(&(path + &query));
    }
}

/// Waits for so many milliseconds.
pub async fn pause(milliseconds: i32) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let promise = Promise::new(&mut |resolve, _reject| {
        // A timer that cannot be set never resolves; the page then stays as the server made it.
        let _timer =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    settled(promise).await.map(|_done| ())
}
