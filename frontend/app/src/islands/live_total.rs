//! The booking form's total, reckoned again at every change.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, Element, FormData, HtmlFormElement, UrlSearchParams};

use super::again::{page, pause};

/// What the price depends on; nothing else leaves the form, so that no note gets into an address.
const PRICED: [&str; 15] = [
    "person",
    "room",
    "date",
    "start",
    "end",
    "people",
    "purpose",
    "residence",
    "reduction",
    "group",
    "option.",
    "minutes.",
    "attribute.",
    "amount.",
    "choice.",
];

/// Watches the form it stands in. On a change it asks the server for the same page with the new
/// answers and takes its `#quote`: one reckoning, one rendering, with JavaScript and without.
#[island]
pub fn LiveTotal() -> impl IntoView {
    let place = NodeRef::<leptos::html::Span>::new();
    Effect::new(move || {
        if let Some(place) = place.get()
            && let Ok(Some(form)) = place.closest("form")
            && let Ok(form) = form.dyn_into::<HtmlFormElement>()
        {
            watch(&form);
        }
    });
    view! { <span node_ref=place hidden></span> }
}

fn watch(form: &HtmlFormElement) {
    let running = StoredValue::new_local(None::<AbortController>);
    let watched = form.clone();
    let changed = Closure::<dyn Fn()>::new(move || {
        let Ok(controller) = AbortController::new() else {
            return;
        };
        if let Some(earlier) = running.try_get_value().flatten() {
            earlier.abort();
        }
        running.set_value(Some(controller.clone()));
        let form = watched.clone();
        spawn_local(async move {
            // A failed attempt leaves the total that was there; the server checks it on posting.
            let _outcome = refresh(&form, &controller).await;
        });
    });
    // The form lives as long as the page, and so does the listener.
    let listener = changed.into_js_value();
    let listener = listener.unchecked_ref();
    let _added = form.add_event_listener_with_callback("input", listener);
}

async fn refresh(form: &HtmlFormElement, controller: &AbortController) -> Result<(), JsValue> {
    let signal = controller.signal();
    pause(250).await?;
    if signal.aborted() {
        return Ok(());
    }
    let document = form.owner_document().ok_or(JsValue::NULL)?;
    let old = document.get_element_by_id("quote").ok_or(JsValue::NULL)?;
    old.set_attribute("aria-busy", "true")?;
    // The attribute, not `form.action`: a field of that name would stand in its place.
    let path = form.get_attribute("action").ok_or(JsValue::NULL)?;
    let address = format!("{}?{}", path, priced(form)?.to_string());
    let answer = page(&address, Some(&signal)).await;
    old.remove_attribute("aria-busy")?;
    if let Some(new) = answer?.get_element_by_id("quote") {
        adopt(&old, &new);
    }
    Ok(())
}

fn priced(form: &HtmlFormElement) -> Result<UrlSearchParams, JsValue> {
    let all = FormData::new_with_form(form)?;
    let query = UrlSearchParams::new()?;
    for entry in js_sys::try_iter(&all)?.into_iter().flatten() {
        let pair: js_sys::Array = entry?.dyn_into()?;
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string())
            && PRICED.iter().any(|priced| name.starts_with(priced))
        {
            query.append(&name, &value);
        }
    }
    Ok(query)
}

/// Takes the new content, keeps the lines open if they were, and the live region itself, so that
/// the new total is said aloud.
fn adopt(old: &Element, new: &Element) {
    let open = matches!(old.query_selector("details[open]"), Ok(Some(_)));
    let said = (old.query_selector("output"), new.query_selector("output"));
    if let (Ok(Some(old_sum)), Ok(Some(new_sum))) = said {
        old_sum.set_text_content(new_sum.text_content().as_deref());
        // The rest is replaced around it.
        replace(old, new, "details");
        replace(old, new, "input[name=seen_total_yen]");
    } else {
        old.set_inner_html(&new.inner_html());
    }
    if open && let Ok(Some(lines)) = old.query_selector("details") {
        let _opened = lines.set_attribute("open", "");
    }
}

fn replace(old: &Element, new: &Element, what: &str) {
    if let (Ok(Some(from)), Ok(Some(to))) = (old.query_selector(what), new.query_selector(what)) {
        let _replaced = from.replace_with_with_node_1(&to);
    }
}
