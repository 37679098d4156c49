//! Rendering a part in a test, as the server does.

use leptos::prelude::*;

/// The HTML of a view.
pub fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}
