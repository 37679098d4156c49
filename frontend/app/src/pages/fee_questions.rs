//! What the fee simulation asks (料金を調べる使い方): the time, the use, where one lives, a reduction.

use std::collections::BTreeMap;

use contract::FeeForm;
use domain::civil::TimeOfDay;
use domain::town::{Division, SlotRule, Slug};
use leptos::prelude::*;

use super::book_questions::Questions;
use crate::forms::{ChoiceField, FormState, Hidden, Need, SelectField, TextField, Values};
use crate::islands::LiveTotal;
use crate::links;
use crate::parts::Submit;
use crate::text::{fees, reviews};

/// A form whose address can be passed on.
#[component]
pub fn FeeQuestions(
    form: FormState,
    values: Values,
    asks: FeeForm,
    automatic: Vec<Slug>,
) -> impl IntoView {
    let FeeForm {
        room,
        asked,
        by_residence,
        reductions,
        ..
    } = asks.clone();
    let (starts, ends) = times(&asks, &values);
    let minutes = minutes(&values);
    // A field for dates shows no text; what was typed as one stays to be seen.
    let date = values.filled("date").is_none() || values.date("date").is_some();
    let date_kind = if date { "date" } else { "text" };
    let residence = by_residence.then(|| {
        let choices = fees::RESIDENCES.map(|(value, word)| (value.to_owned(), word.to_owned()));
        view! {
            <ChoiceField
                form=form.clone() values=values.clone() name="residence" label=fees::RESIDENCE
                need=Need::Unsaid choices=choices.to_vec()
            />
        }
    });
    let reduction = (!reductions.is_empty()).then(|| {
        let choices = reductions
            .iter()
            .map(|reduction| (reduction.id.to_string(), reviews::choice(reduction)))
            .collect();
        view! {
            <SelectField
                form=form.clone() values=values.clone() name="reduction" label=fees::REDUCTION
                need=Need::Unsaid support=Some(fees::REDUCTION_SUPPORT.to_owned())
                nothing=fees::NO_REDUCTION options=choices
            />
        }
    });
    view! {
        <form class="stack" data-gap="wide" method="get" novalidate action=links::FEES>
            <h2>{fees::CONDITIONS}</h2>
            <Hidden name="room" value=room.id.to_string()/>
            <div class="fee-time">
                <TextField
                    form=form.clone() values=values.clone() name="date" label=fees::DATE
                    need=Need::Unsaid kind=date_kind
                />
                <SelectField
                    form=form.clone() values=values.clone() name="start" label=fees::START
                    need=Need::Unsaid options=starts
                />
                <SelectField
                    form=form.clone() values=values.clone() name="end" label=fees::END
                    need=Need::Unsaid options=ends
                />
            </div>
            {residence}
            <Questions
                form=form values=values room=room attributes=asked minutes=minutes
                automatic=automatic need=Need::Unsaid
            />
            {reduction}
            <LiveTotal/>
            <div class="actions"><Submit>{fees::GO}</Submit></div>
        </form>
    }
}

/// How long the use is, minutes.
fn minutes(values: &Values) -> u32 {
    let of = |name| values.time(name).map(TimeOfDay::minutes);
    match (of("start"), of("end")) {
        (Some(start), Some(end)) => end.saturating_sub(start).into(),
        _ => 0,
    }
}

type Choices = Vec<(String, String)>;

/// The starts and the ends to choose from: of the divisions, or on the grid within the opening
/// hours; and what was asked for, wherever it lies.
fn times(asks: &FeeForm, values: &Values) -> (Choices, Choices) {
    let (starts, ends): (Vec<_>, Vec<_>) = match &asks.room.slots {
        SlotRule::Divisions(divisions) => (
            of_divisions(divisions, |it| (it.start, fees::start_of(it))),
            of_divisions(divisions, |it| (it.end, fees::end_of(it))),
        ),
        SlotRule::Grid { step_minutes, .. } => {
            let windows = || asks.facility.hours.iter().flat_map(|rule| &rule.open);
            let first = windows().map(|window| window.start.minutes()).min();
            let last = windows().map(|window| window.end.minutes()).max();
            let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
            let steps = (first..=last).step_by(usize::from((*step_minutes).max(1)));
            let times: Vec<_> = steps
                .filter_map(TimeOfDay::from_minutes)
                .map(|time| (time, time.clock()))
                .collect();
            let but_last = times.len().saturating_sub(1);
            (
                times.iter().take(but_last).cloned().collect(),
                times.into_iter().skip(1).collect(),
            )
        }
    };
    (
        with(starts, values.time("start")),
        with(ends, values.time("end")),
    )
}

fn of_divisions(
    divisions: &[Division],
    time: impl Fn(&Division) -> (TimeOfDay, String),
) -> Vec<(TimeOfDay, String)> {
    divisions.iter().map(time).collect()
}

fn with(times: Vec<(TimeOfDay, String)>, asked: Option<TimeOfDay>) -> Choices {
    let mut times: BTreeMap<TimeOfDay, String> = times.into_iter().collect();
    if let Some(asked) = asked {
        times.entry(asked).or_insert_with(|| asked.clock());
    }
    times
        .into_iter()
        .map(|(time, words)| (time.to_string(), words))
        .collect()
}
