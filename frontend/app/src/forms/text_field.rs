//! One line of text: words, mail, telephone, a number, a date.

use leptos::prelude::*;

use super::{Field, FormState, Need, Values, Wiring};

/// A one-line field that shows again what was typed.
#[component]
pub fn TextField(
    form: FormState,
    /// What the field shows.
    values: Values,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    need: Need,
    #[prop(optional_no_strip)] support: Option<String>,
    /// `text`, `email`, `tel`, `date`, `search`.
    #[prop(default = "text")]
    kind: &'static str,
    /// `numeric` brings the number pad.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    /// How wide the answer is: `number`, `date`, `phone`.
    #[prop(optional)]
    width: Option<&'static str>,
    #[prop(optional)] maxlength: Option<u32>,
    /// After the control: 「人」.
    #[prop(optional)]
    unit: Option<&'static str>,
    #[prop(optional_no_strip)] min: Option<String>,
    #[prop(optional_no_strip)] max: Option<String>,
) -> impl IntoView {
    let wiring = Wiring::new(&form, &name, support.as_deref());
    let control = view! {
        <input
            class="control"
            id=name.clone()
            name=name.clone()
            type=kind
            value=values.text(&name)
            inputmode=inputmode
            autocomplete=autocomplete
            data-width=width
            maxlength=maxlength
            min=min
            max=max
            aria-required=(need == Need::Required).then_some("true")
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described_by()
        />
    };
    view! {
        <Field wiring=wiring label=label need=need support=support>
            <span class="with-unit">{control}{unit}</span>
        </Field>
    }
}

#[cfg(test)]
mod tests {
    use contract::{FieldProblem, ProblemKind, Refusal};

    use super::*;
    use crate::test_render::html;

    fn field(form: FormState) -> String {
        html(|| {
            view! {
                <TextField
                    values=form.values.clone() form=form name="email" label="メールアドレス"
                    need=Need::Required support=Some("お知らせをお送りします。".to_owned())
                    kind="email"
                />
            }
        })
    }

    #[test]
    fn a_refused_value_comes_back_with_its_error_wired_to_the_field() {
        let problem = FieldProblem {
            field: "email".to_owned(),
            problem: ProblemKind::Malformed,
        };
        let typed = Values::new([("email".to_owned(), "\"><script>".to_owned())]);
        let problems = vec![problem];
        let page = field(FormState::refused(
            typed,
            Refusal::InvalidInput { problems },
        ));
        assert!(!page.contains("<script>"), "{page}");
        assert!(page.contains("value=\"&quot;"), "{page}");
        assert!(page.contains("aria-invalid=\"true\""), "{page}");
        assert!(
            page.contains("aria-describedby=\"email-error email-support\""),
            "{page}"
        );
        assert!(page.contains("id=\"email-error\""), "{page}");
    }

    #[test]
    fn a_fresh_field_says_nothing_is_wrong() {
        let page = field(FormState::default());
        assert!(!page.contains("aria-invalid"), "{page}");
        assert!(
            page.contains("aria-describedby=\"email-support\""),
            "{page}"
        );
    }
}
