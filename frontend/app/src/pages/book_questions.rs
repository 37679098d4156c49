//! What the booking form asks about a use (使い方の問い): the purpose, how many people, what is used
//! with the room, and the town's own questions.

use std::sync::Arc;

use domain::town::{FeeOption, Room, UserAttribute};
use leptos::prelude::*;

use crate::forms::{CheckField, ChoiceField, Field, Need, SelectField, TextField, Values, Wiring};
use crate::parts::SampleMark;
use crate::text::{booking, search};

/// More purposes than this open as a list.
const PURPOSES_AT_ONCE: usize = 6;
/// The longest list of quantities.
const QUANTITIES: u32 = 30;

/// Everything that is asked about a use of a room.
#[component]
pub fn Questions(
    form: crate::FormState,
    values: Values,
    room: Arc<Room>,
    attributes: Vec<UserAttribute>,
) -> impl IntoView {
    let attributes = asked(&room, attributes);
    view! {
        <Purposes form=form.clone() values=values.clone() room=room.clone()/>
        <TextField
            form=form.clone() values=values.clone() name="people" label=booking::PEOPLE
            need=Need::Required support=Some(booking::people_range(room.capacity))
            inputmode="numeric" width="number" unit=search::PEOPLE_UNIT maxlength=6
        />
        <Options form=form.clone() values=values.clone() options=room.options.clone()/>
        <Attributes form=form values=values attributes=attributes/>
    }
}

#[component]
fn Purposes(form: crate::FormState, values: Values, room: Arc<Room>) -> impl IntoView {
    let choices: Vec<(String, String)> = room
        .purposes
        .iter()
        .map(|purpose| (purpose.id.to_string(), purpose.name.clone()))
        .collect();
    if choices.len() <= PURPOSES_AT_ONCE {
        view! {
            <ChoiceField
                form=form values=values name="purpose" label=booking::PURPOSE need=Need::Required
                choices=choices
            />
        }
        .into_any()
    } else {
        view! {
            <SelectField
                form=form values=values name="purpose" label=booking::PURPOSE
                need=Need::Required nothing=booking::CHOOSE_PURPOSE options=choices
            />
        }
        .into_any()
    }
}

#[component]
fn Options(form: crate::FormState, values: Values, options: Vec<FeeOption>) -> impl IntoView {
    (!options.is_empty()).then(|| {
        let wiring = Wiring::new(&form, "options", None);
        let each = options
            .into_iter()
            .map(|option| {
                view! {
                    <OptionChoice form=form.clone() values=values.clone() option=option/>
                }
            })
            .collect_view();
        view! {
            <Field wiring=wiring label=booking::OPTIONS need=Need::Optional group=true>
                <div class="choices">{each}</div>
            </Field>
        }
    })
}

/// A switch is a checkbox, several pieces are a list of quantities.
#[component]
fn OptionChoice(form: crate::FormState, values: Values, option: FeeOption) -> impl IntoView {
    let name = format!("option.{}", option.id);
    let price = booking::option_price(&option);
    if option.max_quantity <= 1 {
        return view! {
            <CheckField values=values name=name value="1" label=option.name price=Some(price)/>
            <SampleMark shown=option.illustrative/>
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
    }
    .into_any()
}

/// Only what changes this room's fee is asked.
fn asked(room: &Room, attributes: Vec<UserAttribute>) -> Vec<UserAttribute> {
    let asked = room.asked_attributes();
    let counts = |it: &UserAttribute| it.kind.is_flag() && asked.contains(&it.id);
    attributes.into_iter().filter(counts).collect()
}

#[component]
fn Attributes(
    form: crate::FormState,
    values: Values,
    attributes: Vec<UserAttribute>,
) -> impl IntoView {
    (!attributes.is_empty()).then(|| {
        let wiring = Wiring::new(&form, "attributes", None);
        let each = attributes
            .into_iter()
            .map(|attribute| {
                view! {
                    <CheckField
                        values=values.clone() name=format!("attribute.{}", attribute.id) value="on"
                        label=attribute.label
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
