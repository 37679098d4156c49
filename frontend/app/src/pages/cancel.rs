//! 予約の取消し: what comes back, before it is done.

use contract::CancelPreview;
use leptos::prelude::*;

use crate::forms::{Hidden, SeedFields};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{
    ButtonLink, ComesBack, Fact, Kind, Reckoning, RefusalNotice, ReservationFacts, Submit,
};
use crate::text::{reservation, site};
use crate::visit::Visit;

/// Posts `seen_refund_yen`: another amount is a refusal, never a surprise.
#[component]
pub fn CancelPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let preview = visit
            .house
            .cancel_preview(&visit.call, address.reservation()?)
            .await?;
        let crumbs = vec![
            (
                site::RESERVATIONS.to_owned(),
                links::RESERVATIONS.to_owned(),
            ),
            (
                preview.reservation.number.clone(),
                links::reservation(preview.reservation.id),
            ),
        ];
        let refusal = visit.form.refusal.clone();
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                {refusal.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <h1>{reservation::CANCEL_HEADING}</h1>
                <ReservationFacts reservation=preview.reservation.clone()/>
                <GiveBack preview=preview.clone()/>
                <PartWay preview=preview.clone()/>
                <CancelForm visit=visit preview=preview/>
            </div>
        };
        Ok(Page::new(reservation::CANCEL_HEADING, body).under(crumbs))
    })
}

/// The way to giving up some of the slots only.
#[component]
fn PartWay(preview: CancelPreview) -> impl IntoView {
    (!preview.slots.is_empty()).then(|| {
        view! {
            <p>
                <a href=links::give_up(preview.reservation.id)>{reservation::PART_WAY}</a>
            </p>
        }
    })
}

#[component]
fn GiveBack(preview: CancelPreview) -> impl IntoView {
    let CancelPreview {
        paid_yen,
        refund_yen,
        reckoning,
        ..
    } = preview;
    let why = if paid_yen.is_zero() {
        reservation::NOTHING_PAID
    } else if refund_yen.is_zero() {
        reservation::NOTHING_BACK
    } else {
        reservation::BACK_HOW
    };
    let paid = (!paid_yen.is_zero()).then(|| {
        view! {
            <dl class="facts"><Fact name=reservation::PAID>{paid_yen.to_string()}</Fact></dl>
        }
    });
    view! {
        <section class="give-back">
            <ComesBack yen=refund_yen/>
            <p>{why}</p>
            {paid}
            <details>
                <summary>{reservation::RECKONING}</summary>
                <Reckoning lines=reckoning/>
            </details>
        </section>
    }
}

#[component]
fn CancelForm(visit: Visit, preview: CancelPreview) -> impl IntoView {
    let id = preview.reservation.id;
    if !preview.reservation.can_cancel {
        return view! {
            <p>{reservation::CANNOT_CANCEL}</p>
            <div class="actions">
                <ButtonLink href=links::reservation(id)>{reservation::KEEP}</ButtonLink>
            </div>
        }
        .into_any();
    }
    view! {
        <form class="stack" method="post" action=links::cancel(id)>
            <SeedFields seed=visit.seed/>
            <Hidden name="seen_refund_yen" value=preview.refund_yen.get().to_string()/>
            <p>{reservation::CANCEL_WARNING}</p>
            <div class="actions">
                <Submit kind=Kind::Danger>{reservation::cancel_button(preview.refund_yen)}</Submit>
                <ButtonLink href=links::reservation(id)>{reservation::KEEP}</ButtonLink>
            </div>
        </form>
    }
    .into_any()
}
