//! Several lines of text.

use leptos::prelude::*;

use super::{Field, FormState, Need, Values, Wiring};

/// A field of several lines. The only place a `<textarea>` is written: Leptos 0.8 does not escape
/// its content, so the text goes in as escaped `inner_html` (style.md §4).
#[component]
pub fn TextArea(
    form: FormState,
    values: Values,
    name: &'static str,
    label: &'static str,
    need: Need,
    #[prop(optional_no_strip)] support: Option<String>,
    maxlength: u32,
    /// How many lines are seen at once, where it is not a few.
    #[prop(optional)]
    lines: Option<u32>,
) -> impl IntoView {
    let wiring = Wiring::new(&form, name, support.as_deref());
    // A browser drops the first newline of a textarea.
    let content = format!("\n{}", escaped(&values.text(name)));
    let control = view! {
        <textarea
            class="control"
            id=name
            name=name
            maxlength=maxlength
            rows=lines
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described_by()
            inner_html=content
        ></textarea>
    };
    view! { <Field wiring=wiring label=label need=need support=support>{control}</Field> }
}

/// As text between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_render::html;

    #[test]
    fn what_was_typed_cannot_leave_the_field() {
        let typed = "</textarea><script>alert(1)</script>\"&髙𠮷";
        let page = html(|| {
            let values = Values::new([("note".to_owned(), typed.to_owned())]);
            view! {
                <TextArea
                    form=FormState::default() values=values name="note" label="連絡事項"
                    need=Need::Optional maxlength=200
                />
            }
        });
        assert!(!page.contains("<script>"), "{page}");
        assert_eq!(page.matches("</textarea>").count(), 1, "{page}");
        assert!(page.contains("髙𠮷"), "{page}");
    }
}
