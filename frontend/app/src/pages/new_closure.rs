//! 休館にする: the form, and what it would do before it is done.

use chrono::NaiveDate;
use contract::{ClosureForm, Failure, Refusal};
use domain::civil::TimeOfDay;
use domain::closure::{ClosureKind, LONGEST_NOTE};
use leptos::prelude::*;

use super::closure_preview::Effect;
use super::closure_wish::{WEEK, closure_wish, room_field, weekday_field};
use super::failed;
use crate::forms::{
    CheckField, ChoiceField, ErrorSummary, Field, FormState, Need, SeedFields, SelectField,
    TextArea, TextField, Values, Wiring,
};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{Kind, RefusalNotice, Submit};
use crate::text::{board, closures};
use crate::visit::Visit;

/// `?facility=`. Posts the form with `action=preview`, then the same with `seen` and
/// `action=close`.
#[component]
pub fn NewClosurePage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let mut form = visit.form.clone();
        let posted = !form.values.is_empty();
        let asked = form.values_or(address.query());
        let facility = asked.filled("facility").map(str::parse).transpose();
        let facility = facility.map_err(|_no_slug| Refusal::NotFound)?;
        let offered = visit
            .staff
            .closure_form(&visit.call, facility.as_ref())
            .await?;
        let mut preview = None;
        // Refused for what has changed, it is looked at again with what is the case now.
        let again = matches!(&form.refusal, None | Some(Refusal::ClosureImpactChanged));
        if posted && again {
            match closure_wish(&form.values) {
                Ok(wish) => match visit.staff.preview_closure(&visit.call, &wish).await {
                    Ok(seen) => preview = Some(seen),
                    Err(Failure::Refused(refusal)) => form.refusal = Some(refusal),
                    Err(fault @ Failure::Fault(_)) => return Err(fault),
                },
                Err(refusal) => form.refusal = Some(refusal),
            }
            if let Some(refusal) = &form.refusal {
                visit.host.status(failed::status(refusal));
            }
        }
        let values = if posted { asked } else { fresh(&asked) };
        let refused = form.refused_whole();
        let effect = preview.map(|preview| {
            view! { <Effect visit=visit.clone() values=values.clone() preview=preview/> }
        });
        let heading = effect
            .is_some()
            .then(|| view! { <h2>{closures::MEND}</h2> });
        let body = view! {
            <div class="closure stack" data-gap="wide">
                <ErrorSummary form=form.clone()/>
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <h1>{closures::NEW}</h1>
                {effect}
                {heading}
                <Choose offered=offered.clone()/>
                <Form visit=visit form=form values=values offered=offered/>
            </div>
        };
        let crumbs = vec![
            (board::HEADING.to_owned(), links::BOARD.to_owned()),
            (closures::HEADING.to_owned(), links::CLOSURES.to_owned()),
        ];
        let page = Page::new(closures::NEW, body).under(crumbs);
        Ok(page.again_at(links::NEW_CLOSURE.to_owned()))
    })
}

/// What a new form begins with: the whole facility, all day.
fn fresh(query: &Values) -> Values {
    let usual = [("place", "facility"), ("hours", "day")];
    let given = query.only(&["facility", "from"], &[]).into_iter();
    let usual = usual.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Values::new(given.chain(usual))
}

/// Another facility has other rooms, so it is chosen first.
#[component]
fn Choose(offered: ClosureForm) -> impl IntoView {
    (offered.choices.len() > 1).then(|| {
        let options = offered
            .choices
            .into_iter()
            .map(|(slug, name)| {
                let selected = slug == offered.facility;
                view! { <option value=slug.to_string() selected=selected>{name}</option> }
            })
            .collect_view();
        view! {
            <form class="row choose-day" method="get" action=links::NEW_CLOSURE>
                <div>
                    <label class="small" for="facility">{closures::FACILITY}</label>
                    <select class="control" id="facility" name="facility">{options}</select>
                </div>
                <button class="button" type="submit">{closures::CHOOSE}</button>
            </form>
        }
    })
}

#[component]
fn Form(visit: Visit, form: FormState, values: Values, offered: ClosureForm) -> impl IntoView {
    let rooms = offered
        .rooms
        .iter()
        .map(|(slug, name)| {
            view! {
                <CheckField values=values.clone() name=room_field(slug) value="1" label=name.clone()/>
            }
        })
        .collect_view();
    let weekdays = WEEK
        .into_iter()
        .map(|day| {
            let name = weekday_field(day);
            view! {
                <CheckField values=values.clone() name=name value="1" label=closures::weekday(day)/>
            }
        })
        .collect_view();
    let pair = |value: &str, word: &str| (value.to_owned(), word.to_owned());
    let places = vec![
        pair("facility", closures::WHOLE),
        pair("rooms", closures::ROOMS),
    ];
    let hours = vec![
        pair("day", closures::ALL_DAY),
        pair("between", closures::BETWEEN),
    ];
    let kinds = ClosureKind::ALL.map(|kind| pair(kind.as_str(), closures::kind(kind)));
    let group = |name: &str, support: &str| Wiring::new(&form, name, Some(support));
    let first = |date: NaiveDate| Some(date.to_string());
    let longest = u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX);
    view! {
        <form class="stack narrow" data-gap="wide" method="post" action=links::NEW_CLOSURE novalidate>
            <SeedFields seed=visit.seed/>
            <input type="hidden" name="facility" value=offered.facility.to_string()/>
            <ChoiceField
                form=form.clone() values=values.clone() name="place" need=Need::Required
                label=closures::PLACE
                support=Some(offered.facility_name.clone())
                choices=places
            />
            <Field
                wiring=group("rooms", closures::ROOMS_HELP) label=closures::ROOMS need=Need::Optional
                support=Some(closures::ROOMS_HELP.to_owned()) group=true
            >
                <div class="choices" data-columns="">{rooms}</div>
            </Field>
            <TextField
                form=form.clone() values=values.clone() name="from" label=closures::FROM
                need=Need::Required kind="date" width="date" min=first(offered.today)
            />
            <TextField
                form=form.clone() values=values.clone() name="until" label=closures::UNTIL
                need=Need::Optional kind="date" width="date" min=first(offered.today)
                support=Some(closures::UNTIL_HELP.to_owned())
            />
            <Field
                wiring=group("weekdays", closures::WEEKDAYS_HELP) label=closures::WEEKDAYS
                need=Need::Optional support=Some(closures::WEEKDAYS_HELP.to_owned()) group=true
            >
                <div class="choices weekdays">{weekdays}</div>
            </Field>
            <ChoiceField
                form=form.clone() values=values.clone() name="hours" need=Need::Required
                label=closures::HOURS choices=hours
            />
            <div class="row">
                <SelectField
                    form=form.clone() values=values.clone() name="start" label=closures::START
                    need=Need::Optional nothing=closures::NO_TIME options=times()
                />
                <SelectField
                    form=form.clone() values=values.clone() name="end" label=closures::END
                    need=Need::Optional nothing=closures::NO_TIME options=times()
                />
            </div>
            <ChoiceField
                form=form.clone() values=values.clone() name="kind" need=Need::Required
                label=closures::KIND choices=kinds.to_vec()
            />
            <TextArea
                form=form values=values.clone() name="reason_note" label=closures::NOTE
                need=Need::Optional maxlength=longest
                support=Some(closures::NOTE_HELP.to_owned())
            />
            <CheckField values=values name="around" value="1" label=closures::AROUND/>
            <div class="actions">
                <Submit kind=Kind::Primary name="action" value="preview">{closures::PREVIEW}</Submit>
            </div>
        </form>
    }
}

/// Every half hour of a day, its end included.
fn times() -> Vec<(String, String)> {
    (0..=48)
        .filter_map(|half| TimeOfDay::from_minutes(half * 30))
        .map(|time| (time.to_string(), time.clock()))
        .collect()
}
