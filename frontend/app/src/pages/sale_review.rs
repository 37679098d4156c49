//! 予約の受付: what has to be applied for, and reductions that a document alone decides.

use contract::{ReservationView, SpotReduction};
use domain::ids::ReservationId;
use domain::review::ReviewKind;
use leptos::prelude::*;

use crate::forms::{FormState, Hidden, Need, SeedFields, SelectField, TextArea};
use crate::links;
use crate::parts::{Kind, Submit};
use crate::text::reviews;
use crate::visit::FormSeed;

/// Applies for what somebody has to decide; posts `action=submit` to `here`.
#[component]
pub fn SubmitReview(
    seed: FormSeed,
    form: FormState,
    booked: ReservationView,
    here: String,
) -> impl IntoView {
    let reductions = booked.reviews.iter();
    let asks = reductions
        .filter(|item| item.kind == ReviewKind::Reduction)
        .count()
        > 0;
    let stated = asks.then(|| {
        view! {
            <TextArea
                values=form.values.clone() form=form name="stated" label=reviews::STATED
                need=Need::Required support=Some(reviews::STATED_SUPPORT.to_owned()) maxlength=400
            />
        }
    });
    view! {
        <form class="stack" method="post" novalidate action=here>
            <SeedFields seed=seed/>
            <p>{reviews::MEANS}</p>
            {stated}
            <p class="quiet small">{reviews::SUBMIT_SUPPORT}</p>
            <div class="actions">
                <Submit kind=Kind::Primary name="action" value="submit">{reviews::SUBMIT}</Submit>
            </div>
        </form>
    }
}

/// Reductions that a document alone decides; posts `action=reduce`.
#[component]
pub fn SpotReductions(
    seed: FormSeed,
    form: FormState,
    id: ReservationId,
    offers: Vec<SpotReduction>,
) -> impl IntoView {
    let each = offers
        .into_iter()
        .map(|offer| {
            let documents: Vec<_> = offer
                .evidence
                .iter()
                .map(|one| (one.clone(), one.clone()))
                .collect();
            view! {
                <form class="stack sale-way" method="post" action=links::sale(id)>
                    <h3>{reviews::spot(&offer)}</h3>
                    <p class="small">{reviews::SPOT_MEANS}</p>
                    <SeedFields seed=seed.clone()/>
                    <Hidden name="reduction" value=offer.id.to_string()/>
                    <SelectField
                        values=form.values.clone() form=form.clone() name="shown"
                        label=reviews::SPOT_SHOWN need=Need::Required options=documents
                    />
                    <div><Submit name="action" value="reduce">{reviews::SPOT_GO}</Submit></div>
                </form>
            }
        })
        .collect::<Vec<_>>();
    (!each.is_empty()).then(|| {
        view! { <section class="stack"><h2>{reviews::SPOT}</h2>{each}</section> }
    })
}
