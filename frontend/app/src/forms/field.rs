//! What every field has around its control: label, need, support text, error.

use leptos::prelude::*;

use super::FormState;
use crate::parts::{Icon, IconMark};
use crate::text::fields;

/// Whether a field has to be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// 必須.
    Required,
    /// 任意.
    Optional,
    /// Says nothing: a search narrows, it asks for nothing.
    Unsaid,
}

/// How a control, its support text and its error know each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wiring {
    /// The control's id, and its name.
    pub name: String,
    /// What is wrong, in words.
    pub error: Option<String>,
    has_support: bool,
}

impl Wiring {
    /// For the field of this name in a form that came back.
    #[must_use]
    pub fn new(form: &FormState, name: &str, support: Option<&str>) -> Self {
        Self {
            name: name.to_owned(),
            error: form.problem(name).map(|problem| problem.words),
            has_support: support.is_some(),
        }
    }

    /// The control's `aria-describedby`.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        let support = self.has_support.then(|| format!("{}-support", self.name));
        let error = self.error.is_some().then(|| format!("{}-error", self.name));
        let ids: Vec<String> = error.into_iter().chain(support).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The control's `aria-invalid`.
    #[must_use]
    pub const fn invalid(&self) -> Option<&'static str> {
        if self.error.is_some() {
            Some("true")
        } else {
            None
        }
    }
}

/// Label above, support text, error between label and control, then the control itself.
#[component]
pub fn Field(
    wiring: Wiring,
    #[prop(into)] label: String,
    need: Need,
    #[prop(optional_no_strip)] support: Option<String>,
    /// True for a group of controls: `fieldset` and `legend`, not `label`.
    #[prop(optional)]
    group: bool,
    children: Children,
) -> impl IntoView {
    let invalid = wiring.error.is_some().then_some("");
    let described = wiring.described_by();
    let name = wiring.name.clone();
    let need = match need {
        Need::Required => Some((fields::REQUIRED, Some(""))),
        Need::Optional => Some((fields::OPTIONAL, None)),
        Need::Unsaid => None,
    }
    .map(|(word, required)| {
        view! { <span class="field-need" data-required=required>{word}</span> }
    });
    let support = support.map(|text| {
        view! { <p class="field-support" id=format!("{name}-support")>{text}</p> }
    });
    let error = wiring.error.map(|text| {
        view! {
            <p class="field-error" id=format!("{name}-error")>
                <IconMark icon=Icon::Error/>
                <span>{text}</span>
            </p>
        }
    });
    if group {
        view! {
            <fieldset class="field" id=name data-invalid=invalid aria-describedby=described tabindex="-1">
                <legend class="field-label">{label}{need}</legend>
                {support}
                {error}
                {children()}
            </fieldset>
        }
        .into_any()
    } else {
        view! {
            <div class="field" data-invalid=invalid>
                <label class="field-label" for=name>{label}{need}</label>
                {support}
                {error}
                {children()}
            </div>
        }
        .into_any()
    }
}
