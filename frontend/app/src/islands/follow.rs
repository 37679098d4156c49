//! Following along: a list or a board that renews itself when something changed.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, EventSource, HtmlElement};

use super::again::{page_by_itself, pause, show_again};

/// What is renewed, by its id. It says by `data-at` when it was true.
const LIVE: &str = "live";

/// What can have the focus in it.
const FOCUSED: &str = "a[href],button,input,select";

/// How often it is looked whether the connection is gone for good, milliseconds.
const LOOK: i32 = 5_000;

/// Listens at `changes` and takes the part of this page that is called `live` anew on news. Without
/// JavaScript there is the browser's own button.
#[island]
pub fn Follow(
    /// Where news come from.
    changes: String,
    /// When the page was made, in words.
    words: String,
    /// 「{}に更新」, with `{}` for the time.
    renewed: String,
    /// What to say while there are no news to be had.
    lost: String,
) -> impl IntoView {
    let said = RwSignal::new(words);
    Effect::new(move || {
        let (changes, lost) = (changes.clone(), lost.clone());
        let page = Rc::new(Live {
            said,
            renewed: renewed.clone(),
            running: Cell::new(false),
            again: Cell::new(false),
        });
        spawn_local(async move {
            let mut source = listen(&changes, &page);
            while pause(LOOK).await.is_ok() {
                let gone = source
                    .as_ref()
                    .is_none_or(|source| source.ready_state() == EventSource::CLOSED);
                if !gone {
                    continue;
                }
                match page.renew().await {
                    Ok(()) => source = listen(&changes, &page),
                    Err(status) if is_refusal(&status) => return show_again(),
                    Err(_unreachable) => page.said.set(lost.clone()),
                }
            }
        });
    });
    view! { <p class="small quiet" role="status">{move || said.get()}</p> }
}

struct Live {
    said: RwSignal<String>,
    renewed: String,
    running: Cell<bool>,
    again: Cell<bool>,
}

fn listen(changes: &str, page: &Rc<Live>) -> Option<EventSource> {
    let source = EventSource::new(changes).ok()?;
    let page = Rc::clone(page);
    let heard = Closure::<dyn Fn()>::new(move || {
        let page = Rc::clone(&page);
        // News that come while the page is fetched are looked after once it is there.
        page.again.set(true);
        if !page.running.replace(true) {
            spawn_local(async move {
                while page.again.replace(false) {
                    if let Err(status) = page.renew().await
                        && is_refusal(&status)
                    {
                        show_again();
                    }
                }
                page.running.set(false);
            });
        }
    });
    // It listens as long as the page lives.
    let heard = heard.into_js_value();
    source.set_onmessage(Some(heard.unchecked_ref()));
    Some(source)
}

/// Signed out, or no longer allowed: what is on the screen is not to stay there.
fn is_refusal(status: &JsValue) -> bool {
    matches!(status.as_f64(), Some(status) if status == 401.0 || status == 403.0)
}

impl Live {
    async fn renew(&self) -> Result<(), JsValue> {
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let address = window.location().href()?;
        let fresh = page_by_itself(&address).await?;
        let document = window.document().ok_or(JsValue::NULL)?;
        let (old, new) = (live(&document)?, live(&fresh)?);
        // Said is only what can be seen.
        if old.text_content() == new.text_content() {
            return Ok(());
        }
        let focus = Focus::in_(&old, &document);
        mark_changed(&old, &new)?;
        old.set_inner_html(&new.inner_html());
        focus.back(&old);
        let at = new.get_attribute("data-at").unwrap_or_default();
        self.said.set(self.renewed.replace("{}", &at));
        Ok(())
    }
}

fn live(document: &Document) -> Result<Element, JsValue> {
    document.get_element_by_id(LIVE).ok_or(JsValue::NULL)
}

/// Rows that were not there or say something else are marked, so that the eye finds them.
fn mark_changed(old: &Element, new: &Element) -> Result<(), JsValue> {
    let rows = new.query_selector_all("tr[id]")?;
    for place in 0..rows.length() {
        let Some(row) = rows
            .get(place)
            .and_then(|row| row.dyn_into::<Element>().ok())
        else {
            continue;
        };
        let before = old.query_selector(&format!("[id='{}']", row.id()))?;
        if before.and_then(|before| before.text_content()) != row.text_content() {
            row.set_attribute("data-fresh", "")?;
        }
    }
    Ok(())
}

/// Where the focus was: in which row, at which of the things that can have it.
struct Focus(Option<(String, u32)>);

impl Focus {
    fn in_(live: &Element, document: &Document) -> Self {
        Self(Self::find(live, document))
    }

    fn find(live: &Element, document: &Document) -> Option<(String, u32)> {
        let focused = document.active_element()?;
        if !live.contains(Some(&focused)) {
            return None;
        }
        let row = focused.closest("[id]").ok()??;
        let all = row.query_selector_all(FOCUSED).ok()?;
        let place = (0..all.length()).find(|place| {
            all.get(*place)
                .is_some_and(|node| focused.is_same_node(Some(&node)))
        });
        // The row itself, if it is nothing in it.
        Some((row.id(), place.unwrap_or(u32::MAX)))
    }

    fn back(&self, live: &Element) {
        let Some((row, place)) = &self.0 else { return };
        let Ok(Some(row)) = live.query_selector(&format!("[id='{row}']")) else {
            return;
        };
        let within = row.query_selector_all(FOCUSED).ok();
        let node = within.and_then(|all| all.get(*place));
        let target = node.and_then(|node| node.dyn_into::<HtmlElement>().ok());
        let target = target.or_else(|| row.dyn_into().ok());
        if let Some(target) = target {
            let _focused = target.focus();
        }
    }
}
