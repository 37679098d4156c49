//! 予約の代理取消し: what comes back and how, before it is done.

use contract::{CancelPreview, PayState};
use domain::payment::Means;
use leptos::prelude::*;

use crate::forms::{ErrorSummary, Hidden, Need, SeedFields, TextField};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, Kind, RefusalNotice, ReservationFacts, Submit};
use crate::text::{counter, money, reservation, sale};
use crate::visit::Visit;

/// Posts `seen_refund_yen` and `reason`.
#[component]
pub fn SaleCancelPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let id = address.reservation()?;
        let preview = visit.staff.cancel_sale_preview(&visit.call, id).await?;
        let crumbs = vec![
            (counter::HEADING.to_owned(), links::COUNTER.to_owned()),
            (preview.reservation.number.clone(), links::sale(id)),
        ];
        let refusal = visit.form.refused_whole();
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refusal.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <h1>{sale::CANCEL_HEADING}</h1>
                <ReservationFacts reservation=preview.reservation.clone()/>
                <GiveBack preview=preview.clone()/>
                <Confirm visit=visit preview=preview/>
            </div>
        };
        Ok(Page::new(sale::CANCEL_HEADING, body).under(crumbs))
    })
}

fn was_cash(preview: &CancelPreview) -> bool {
    match &preview.reservation.money.payment {
        PayState::Paid { method, .. } => *method == Means::Cash.to_string(),
        _ => false,
    }
}

#[component]
fn GiveBack(preview: CancelPreview) -> impl IntoView {
    let how = if preview.paid_yen.is_zero() {
        reservation::NOTHING_PAID
    } else if preview.refund_yen.is_zero() {
        reservation::NOTHING_BACK
    } else if was_cash(&preview) {
        sale::BACK_IN_CASH
    } else {
        sale::BACK_ONLINE
    };
    let lines = preview
        .reckoning
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">{line.label}<small class="quote-basis">{line.basis}</small></th>
                    <td class="yen">{line.amount_yen.to_string()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="give-back">
            <div class="row" data-ends="">
                <h2>{reservation::COMES_BACK}</h2>
                <p class="sum">{money::given_back(preview.refund_yen)}</p>
            </div>
            <p>{how}</p>
            <table class="lines">
                <caption class="unseen">{reservation::RECKONING}</caption>
                <tbody>{lines}</tbody>
            </table>
        </section>
    }
}

#[component]
fn Confirm(visit: Visit, preview: CancelPreview) -> impl IntoView {
    let id = preview.reservation.id;
    let form = visit.form;
    view! {
        <form class="stack" method="post" action=links::sale_page(id, "cancel")>
            <SeedFields seed=visit.seed/>
            <Hidden name="seen_refund_yen" value=preview.refund_yen.get().to_string()/>
            <TextField
                values=form.values.clone() form=form name="reason" label=sale::REASON
                need=Need::Required support=Some(sale::REASON_SUPPORT.to_owned()) maxlength=200
                autocomplete="off"
            />
            <p>{reservation::CANCEL_WARNING}</p>
            <div class="actions">
                <Submit kind=Kind::Danger>{sale::cancel_button(preview.refund_yen)}</Submit>
                <ButtonLink href=links::sale(id)>{sale::KEEP}</ButtonLink>
            </div>
        </form>
    }
}
