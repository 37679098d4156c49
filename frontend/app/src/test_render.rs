//! Rendering a part in a test, as the server does.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::visit::Today;

/// The HTML of a view, on 21 November 2026.
pub fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| {
        provide_context(Today(
            NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default(),
        ));
        view().into_view().to_html()
    })
}
