//! Icons, each beside a word that says the same.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Done.
    Check,
    /// Wrong.
    Error,
    /// Good to know.
    Info,
    /// A paper.
    Paper,
    /// A calendar.
    Calendar,
}

impl Icon {
    /// The drawing, on a 24 × 24 grid.
    const fn path(self) -> &'static str {
        match self {
            Self::Check => {
                "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.6 14.6-4.2-4.2 1.5-1.5 2.7 2.7 6-6 1.5 \
                 1.5-7.5 7.5z"
            }
            Self::Error => "M8 2h8l6 6v8l-6 6H8l-6-6V8l6-6zm3 5v7h2V7h-2zm0 9v2h2v-2h-2z",
            Self::Info => "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1 5h2v2h-2V7zm0 4h2v6h-2v-6z",
            Self::Paper => "M5 2h9l5 5v15H5V2zm2 2v16h10V9h-5V4H7zm2 8h6v2H9v-2zm0 4h6v2H9v-2z",
            Self::Calendar => {
                "M7 2h2v2h6V2h2v2h4v18H3V4h4V2zM5 10v10h14V10H5zm0-4v2h14V6H5zm2 6h4v4H7v-4z"
            }
        }
    }
}

/// An icon; readers skip it, the word beside it is enough.
#[component]
pub fn IconMark(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=icon.path() fill-rule="evenodd"></path>
        </svg>
    }
}
