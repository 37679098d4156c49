//! Notices (お知らせ).

use leptos::prelude::*;

use super::{Icon, IconMark};

/// What a notice is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Done.
    Success,
    /// Wrong.
    Error,
}

impl Tone {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Error => "error",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Success => Icon::Check,
            Self::Error => Icon::Error,
        }
    }
}

/// A notice with a heading. One that answers what was just done takes the focus: `announced`.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(into)] heading: String,
    #[prop(optional)] announced: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <section
            class="notice"
            data-tone=tone.name()
            role=announced.then_some("alert")
            tabindex=announced.then_some("-1")
            autofocus=announced
        >
            <IconMark icon=tone.icon()/>
            <div class="notice-body">
                <h2>{heading}</h2>
                {children.map(|children| children())}
            </div>
        </section>
    }
}
