//! Buttons, and links that look like one.

use leptos::prelude::*;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one primary button of a page.
    Primary,
    /// Any other.
    #[default]
    Outline,
    /// What cannot be undone.
    Danger,
    /// As quiet as a link.
    Text,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Outline => "outline",
            Self::Danger => "danger",
            Self::Text => "text",
        }
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(optional)] kind: Kind,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="button" data-kind=kind.name() href=href>
            {children()}
        </a>
    }
}

/// A button that sends its form; `name` and `value` say which button it was.
#[component]
pub fn Submit(
    #[prop(optional)] kind: Kind,
    #[prop(optional)] name: Option<&'static str>,
    #[prop(optional)] value: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <button class="button" type="submit" data-kind=kind.name() name=name value=value>
            {children()}
        </button>
    }
}
