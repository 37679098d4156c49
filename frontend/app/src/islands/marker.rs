//! The mark that tests wait for: islands are alive.

use leptos::task::spawn_local;

use super::again::pause;

/// Sets `<html data-hydrated>` once the islands of this page have been hydrated.
///
/// With dead wasm most pages still work and tests would not notice; so each JavaScript test asks
/// for this mark first.
pub fn mark_hydrated() {
    spawn_local(async {
        // Hydration of islands is a chain of micro-tasks; a timer comes after all of them.
        if pause(0).await.is_ok()
            && let Some(root) = web_sys::window()
                .and_then(|window| window.document())
                .and_then(|document| document.document_element())
        {
            // A document without attributes cannot be; there is nobody to tell either.
            let _set = root.set_attribute("data-hydrated", "");
        }
    });
}
