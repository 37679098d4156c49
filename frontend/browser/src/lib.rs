//! The wasm entry that links the islands (ブラウザ側の入口).
//!
//! A crate of its own, so that only islands and what they use are linked (style.md §4).

#[cfg(target_arch = "wasm32")]
use app as _; // else the linker drops the islands, which are called by name from the page

/// Called by the page's script before it hydrates the islands one by one.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
    app::islands::mark_hydrated();
}
