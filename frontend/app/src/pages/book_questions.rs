//! What is asked about a use (使い方の問い): the purpose, how many people, the town's own questions,
//! and what is used with the room. The booking form and the fee simulation ask the same.

use std::sync::Arc;

use contract::TownView;
use domain::town::{AttributeKind, Choice, Facility, FeeOption, Room, Slug, UserAttribute};
use leptos::prelude::*;

use crate::FormState;
use crate::forms::{CheckField, ChoiceField, Field, Need, SelectField, TextField, Values, Wiring};
use crate::parts::SampleMark;
use crate::text::{booking, search};

/// More purposes or classes than this open as a list.
const AT_ONCE: usize = 6;
/// The longest list of quantities.
const QUANTITIES: u32 = 30;

/// Everything that is asked about a use of a room.
#[component]
pub fn Questions(
    form: FormState,
    values: Values,
    room: Arc<Room>,
    /// The town's questions that matter here.
    attributes: Vec<UserAttribute>,
    /// How long the room is used, minutes.
    minutes: u32,
    /// The options that are charged without being asked for.
    automatic: Vec<Slug>,
    /// Whether purpose and people have to be said.
    #[prop(default = Need::Required)]
    need: Need,
) -> impl IntoView {
    let (flags, others): (Vec<_>, Vec<_>) = attributes
        .into_iter()
        .partition(|attribute| attribute.kind.is_flag());
    let others = others
        .into_iter()
        .map(
            |question| view! { <Other form=form.clone() values=values.clone() question=question/> },
        )
        .collect_view();
    view! {
        <Purposes form=form.clone() values=values.clone() room=room.clone() need=need/>
        <TextField
            form=form.clone() values=values.clone() name="people" label=booking::PEOPLE
            need=need support=Some(booking::people_range(room.capacity))
            inputmode="numeric" width="number" unit=search::PEOPLE_UNIT maxlength=6
        />
        {others}
        <Options
            form=form.clone() values=values.clone() options=room.options.clone() minutes=minutes
            automatic=automatic
        />
        <Flags form=form values=values flags=flags/>
    }
}

/// The town's questions whose answers matter for a booking of this room.
pub(super) fn asked(facility: &Facility, room: &Room, town: &TownView) -> Vec<UserAttribute> {
    let asked = room.asked_for_booking(facility, &town.reductions);
    let all = town.asked_attributes.iter();
    all.filter(|attribute| asked.contains(&attribute.id))
        .cloned()
        .collect()
}

#[component]
fn Purposes(form: FormState, values: Values, room: Arc<Room>, need: Need) -> impl IntoView {
    let choices: Vec<(String, String)> = room
        .purposes
        .iter()
        .map(|purpose| (purpose.id.to_string(), purpose.name.clone()))
        .collect();
    if choices.len() <= AT_ONCE {
        view! {
            <ChoiceField
                form=form values=values name="purpose" label=booking::PURPOSE need=need
                choices=choices
            />
        }
        .into_any()
    } else {
        view! {
            <SelectField
                form=form values=values name="purpose" label=booking::PURPOSE
                need=need nothing=booking::CHOOSE_PURPOSE options=choices
            />
        }
        .into_any()
    }
}

/// A question of the town's that is more than yes or no.
#[component]
fn Other(form: FormState, values: Values, question: UserAttribute) -> impl IntoView {
    match question.kind {
        AttributeKind::Flag => ().into_any(),
        AttributeKind::Amount => {
            let unit = booking::amount_unit(&question.id);
            view! {
                <TextField
                    form=form values=values name=format!("amount.{}", question.id)
                    label=question.label need=Need::Optional
                    support=Some(booking::AMOUNT_SUPPORT.to_owned()) inputmode="numeric"
                    autocomplete="off" width="number" unit=unit maxlength=14
                />
            }
            .into_any()
        }
        AttributeKind::Choice(classes) => {
            let name = format!("choice.{}", question.id);
            view! { <Classes form=form values=values name=name label=question.label classes=classes/> }
                .into_any()
        }
    }
}

/// Classes of users; the first one counts until another is chosen.
#[component]
fn Classes(
    form: FormState,
    values: Values,
    name: String,
    label: String,
    classes: Vec<Choice>,
) -> impl IntoView {
    let values = match classes.first() {
        Some(first) => values.or(&name, first.id.to_string()),
        None => values,
    };
    let choices: Vec<(String, String)> = classes
        .into_iter()
        .map(|class| (class.id.to_string(), class.label))
        .collect();
    if choices.len() <= AT_ONCE {
        view! {
            <ChoiceField
                form=form values=values name=name label=label need=Need::Required choices=choices
            />
        }
        .into_any()
    } else {
        view! {
            <SelectField
                form=form values=values name=name label=label need=Need::Required options=choices
            />
        }
        .into_any()
    }
}

#[component]
fn Options(
    form: FormState,
    values: Values,
    options: Vec<FeeOption>,
    minutes: u32,
    automatic: Vec<Slug>,
) -> impl IntoView {
    (!options.is_empty()).then(|| {
        let apart = booking::exclusions(&options);
        let support = (!apart.is_empty()).then(|| apart.concat());
        let wiring = Wiring::new(&form, "options", support.as_deref());
        let each = options
            .into_iter()
            .map(|option| {
                let charged = automatic.contains(&option.id);
                if charged {
                    view! { <Charged option=option/> }.into_any()
                } else {
                    view! {
                        <OptionChoice
                            form=form.clone() values=values.clone() option=option minutes=minutes
                        />
                    }
                    .into_any()
                }
            })
            .collect_view();
        view! {
            <Field
                wiring=wiring label=booking::OPTIONS need=Need::Optional support=support group=true
            >
                <div class="choices">{each}</div>
            </Field>
        }
    })
}

/// What is charged without being asked for.
#[component]
fn Charged(option: FeeOption) -> impl IntoView {
    let price = booking::option_price(&option);
    view! {
        <div class="choice" data-fixed="">
            <span>{option.name}" "<SampleMark shown=option.illustrative/></span>
            <span class="choice-price">{price}</span>
            <span class="choice-more">{booking::CHARGED_ANYWAY}</span>
        </div>
    }
}

/// A switch is a checkbox, several pieces are a list of quantities; what is priced by time may be had
/// for part of it.
#[component]
fn OptionChoice(form: FormState, values: Values, option: FeeOption, minutes: u32) -> impl IntoView {
    let name = format!("option.{}", option.id);
    let price = booking::option_price(&option);
    let part = view! {
        <PartOfTime form=form.clone() values=values.clone() option=option.clone() minutes=minutes/>
    };
    if option.max_quantity <= 1 {
        return view! {
            <CheckField
                values=values name=name value="1" label=option.name price=Some(price)
                sample=option.illustrative
            />
            {part}
        }
        .into_any();
    }
    let quantities = (1..=option.max_quantity.min(QUANTITIES))
        .map(|n| (n.to_string(), n.to_string()))
        .collect();
    view! {
        <SelectField
            form=form values=values name=name label=format!("{}（{price}）", option.name)
            need=Need::Unsaid nothing=booking::NO_QUANTITY options=quantities
        />
        <SampleMark shown=option.illustrative/>
        {part}
    }
    .into_any()
}

/// For how long, in the steps of its price; the whole time unless something else is chosen.
#[component]
fn PartOfTime(
    form: FormState,
    values: Values,
    option: FeeOption,
    /// How long the room is used.
    minutes: u32,
) -> impl IntoView {
    let step = option.price.part_minutes()?;
    let parts: Vec<(String, String)> = (u32::from(step)..minutes)
        .step_by(usize::from(step))
        .map(|part| (part.to_string(), booking::part_of_time(part)))
        .collect();
    (!parts.is_empty()).then(|| {
        view! {
            <div class="choice-part">
                <SelectField
                    form=form values=values name=format!("minutes.{}", option.id)
                    label=booking::how_long(&option.name) need=Need::Unsaid
                    nothing=booking::WHOLE_TIME options=parts
                />
            </div>
        }
    })
}

#[component]
fn Flags(form: FormState, values: Values, flags: Vec<UserAttribute>) -> impl IntoView {
    (!flags.is_empty()).then(|| {
        let wiring = Wiring::new(&form, "attributes", None);
        let each = flags
            .into_iter()
            .map(|flag| {
                view! {
                    <CheckField
                        values=values.clone() name=format!("attribute.{}", flag.id) value="on"
                        label=flag.label
                    />
                }
            })
            .collect_view();
        view! {
            <Field wiring=wiring label=booking::ATTRIBUTES need=Need::Optional group=true>
                <div class="choices">{each}</div>
            </Field>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::money::Yen;
    use domain::quote::Component;
    use domain::town::OptionPrice;

    use super::*;
    use crate::test_render::html;

    fn option(id: &str, price: OptionPrice) -> FeeOption {
        FeeOption {
            id: id.parse().unwrap(),
            name: format!("設備{id}"),
            component: Component::Equipment,
            price,
            round: None,
            automatic: None,
            max_quantity: 1,
            excludes: Vec::new(),
            stock: None,
            article: "条例別表".to_owned(),
            illustrative: false,
        }
    }

    fn options(options: Vec<FeeOption>, automatic: Vec<Slug>, values: Values) -> String {
        html(move || {
            view! {
                <Options
                    form=FormState::default() values=values options=options minutes=120
                    automatic=automatic
                />
            }
        })
    }

    #[test]
    fn lighting_by_the_hour_may_be_had_for_part_of_the_time() {
        let light = option("light", OptionPrice::PerHour(Yen::new(200)));
        let chosen = Values::new([("minutes.light".to_owned(), "60".to_owned())]);
        let page = options(vec![light], Vec::new(), chosen);
        assert!(page.contains("name=\"minutes.light\""), "{page}");
        assert!(page.contains("<option value=\"60\" selected"), "{page}");
        assert!(
            !page.contains("value=\"30\""),
            "an hour is its step: {page}"
        );
        assert!(!page.contains("value=\"120\""), "that is all of it: {page}");
    }

    #[test]
    fn what_is_priced_by_use_is_had_for_the_whole_time() {
        let net = option("net", OptionPrice::PerUse(Yen::new(200)));
        let page = options(vec![net], Vec::new(), Values::default());
        assert!(!page.contains("<select"), "{page}");
    }

    #[test]
    fn heating_in_its_season_is_shown_as_charged_and_cannot_be_left_out() {
        let heat = option("heat", OptionPrice::PerUse(Yen::new(200)));
        let id = heat.id.clone();
        let page = options(vec![heat], vec![id], Values::default());
        assert!(!page.contains("<input"), "{page}");
        assert!(page.contains(booking::CHARGED_ANYWAY), "{page}");
    }

    #[test]
    fn each_kind_of_question_has_its_own_field_and_keeps_what_was_answered() {
        let class = |id: &str, label: &str| Choice {
            id: id.parse().unwrap(),
            label: label.to_owned(),
        };
        let classes = vec![class("adult", "大人"), class("student", "高校生以下")];
        let question = |id: &str, kind| UserAttribute {
            id: id.parse().unwrap(),
            label: id.to_owned(),
            kind,
            from_residence: false,
        };
        let field = |question: UserAttribute, values: &[(&str, &str)]| {
            let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            let values = Values::new(values.iter().map(own));
            html(move || {
                view! { <Other form=FormState::default() values=values question=question/> }
            })
        };
        let fee = question("entry_fee_yen", AttributeKind::Amount);
        let page = field(fee, &[("amount.entry_fee_yen", "５００")]);
        assert!(page.contains("inputmode=\"numeric\""), "{page}");
        assert!(page.contains("value=\"５００\""), "{page}");
        assert!(page.contains('円'), "{page}");

        let user = question("user", AttributeKind::Choice(classes));
        let checked = |page: &str, id: &str| {
            let input = page
                .split("<input")
                .find(|it| it.contains(&format!("value=\"{id}\"")));
            input
                .unwrap()
                .split('>')
                .next()
                .unwrap()
                .contains("checked")
        };
        let page = field(user.clone(), &[]);
        assert!(checked(&page, "adult"), "the first one counts: {page}");
        let page = field(user, &[("choice.user", "student")]);
        assert!(
            checked(&page, "student") && !checked(&page, "adult"),
            "{page}"
        );
    }
}
