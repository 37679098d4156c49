//! 予約の一部取消し: which slots, what is left and what comes back, before it is done.

use contract::{CancelPreview, Failure, PayState, Refusal};
use domain::ids::ReservationId;
use domain::span::Span;
use leptos::prelude::*;

use super::cancel_wish::{carried, slot_field, slots_wish};
use crate::forms::{CheckField, Field, FormState, Hidden, Need, SeedFields, Values, Wiring};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{
    ButtonLink, ComesBack, Fact, Kind, Reckoning, RefusalNotice, ReservationFacts, Submit,
};
use crate::text::reservation;
use crate::visit::Visit;

/// Asks for the slots by GET, and posts them with `seen_refund_yen`.
#[component]
pub fn GiveUpPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let id = address.reservation()?;
        let values = visit.form.values_or(address.query());
        let whole = visit.house.cancel_preview(&visit.call, id).await?;
        let wanted = slots_wish(&values);
        let asked = match wanted {
            Ok(slots) if slots.is_empty() => Ok(None),
            Ok(slots) => match visit.house.give_up_preview(&visit.call, id, &slots).await {
                Ok(preview) => Ok(Some(preview)),
                Err(Failure::Refused(refusal)) => Err(refusal),
                Err(fault) => return Err(fault),
            },
            Err(refusal) => Err(refusal),
        };
        let (preview, found) = match asked {
            Ok(preview) => (preview, None),
            Err(refusal) => (None, Some(refusal)),
        };
        let refusal: Option<Refusal> = visit.form.refusal.clone().or(found);
        let crumbs = vec![
            (whole.reservation.number.clone(), links::reservation(id)),
            (reservation::CANCEL_HEADING.to_owned(), links::cancel(id)),
        ];
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                {refusal.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <h1>{reservation::PART_HEADING}</h1>
                <ReservationFacts reservation=whole.reservation.clone()/>
                <Slots slots=whole.slots.clone() values=values.clone() chosen=preview.is_some() id=id/>
                {preview.map(|preview| view! {
                    <Given visit=visit.clone() preview=preview values=values/>
                })}
            </div>
        };
        Ok(Page::new(reservation::PART_HEADING, body).under(crumbs))
    })
}

#[component]
fn Slots(slots: Vec<Span>, values: Values, chosen: bool, id: ReservationId) -> impl IntoView {
    if slots.is_empty() {
        return view! {
            <p>{reservation::PART_NONE}</p>
            <div class="actions">
                <ButtonLink href=links::cancel(id)>{reservation::CANCEL}</ButtonLink>
            </div>
        }
        .into_any();
    }
    let each = slots
        .into_iter()
        .map(|slot| {
            view! {
                <CheckField
                    values=values.clone() name=slot_field(slot) value="on" label=slot.clock()
                />
            }
        })
        .collect_view();
    let wiring = Wiring::new(
        &FormState::default(),
        "slots",
        Some(reservation::PART_SUPPORT),
    );
    let kind = if chosen { Kind::Outline } else { Kind::Primary };
    view! {
        <form class="stack" method="get" action=links::give_up(id)>
            <Field
                wiring=wiring label=reservation::PART_WHICH need=Need::Unsaid
                support=Some(reservation::PART_SUPPORT.to_owned()) group=true
            >
                <div class="choices">{each}</div>
            </Field>
            <div class="actions">
                <Submit kind=kind>{reservation::PART_LOOK}</Submit>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Given(visit: Visit, preview: CancelPreview, values: Values) -> impl IntoView {
    let id = preview.reservation.id;
    let free = preview.reservation.money.payment == PayState::Free;
    let how = if free {
        reservation::TERM_NOTHING_TO_PAY
    } else if preview.refund_yen.is_zero() {
        reservation::PART_NOTHING_BACK
    } else {
        reservation::BACK_HOW
    };
    let carried = carried(&values)
        .into_iter()
        .map(|(name, value)| view! { <Hidden name=name value=value/> })
        .collect_view();
    let left = preview.left.map(Span::clock);
    view! {
        <section class="give-back">
            <ComesBack yen=preview.refund_yen/>
            <p>{how}</p>
            <dl class="facts">
                <Fact name=reservation::PART_LEFT>{left}</Fact>
                {(!free).then(|| view! {
                    <Fact name=reservation::PART_PAID>{preview.paid_yen.to_string()}</Fact>
                })}
            </dl>
            <Reckoning lines=preview.reckoning/>
        </section>
        <form class="stack" method="post" action=links::give_up(id)>
            <SeedFields seed=visit.seed/>
            {carried}
            <Hidden name="seen_refund_yen" value=preview.refund_yen.get().to_string()/>
            <p>{reservation::PART_WARNING}</p>
            <div class="actions">
                <Submit kind=Kind::Danger>{reservation::part_button(preview.refund_yen)}</Submit>
                <ButtonLink href=links::reservation(id)>{reservation::KEEP}</ButtonLink>
            </div>
        </form>
    }
}
