//! 口座への還付: what waits for a transfer, and the orders to the bank.

use contract::{TransferDue, TransferOrderSummary, TransfersView};
use leptos::prelude::*;

use crate::forms::{ErrorSummary, Need, SeedFields, TextField, Values};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{EmptyState, Kind, Notice, RefusalNotice, Submit, Tone};
use crate::text::{clock, transfers};
use crate::visit::{Visit, today};

/// Posts `refund.{id}` for each that is chosen, and `pay_on`.
#[component]
pub fn TransfersPage() -> impl IntoView {
    framed(|Ask { visit, .. }| async move {
        let TransfersView {
            has_payer,
            due,
            orders,
            proposed,
        } = visit.staff.transfers(&visit.call).await?;
        let refused = visit.form.refused_whole();
        let (ready, waiting): (Vec<_>, Vec<_>) =
            due.into_iter().partition(|one| one.account.is_some());
        let payer = (!has_payer).then(|| {
            view! {
                <Notice tone=Tone::Info heading=transfers::NO_PAYER>
                    <p>{transfers::NO_PAYER_NEXT}</p>
                </Notice>
            }
        });
        let proposed = proposed.to_string();
        let body = view! {
            <div class="till stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <h1>{transfers::HEADING}</h1>
                <p>{transfers::LEAD}</p>
                {payer}
                <Ready visit=visit ready=ready proposed=proposed has_payer=has_payer/>
                <Waiting waiting=waiting/>
                <Orders orders=orders/>
            </div>
        };
        Ok(Page::new(transfers::HEADING, body))
    })
}

/// What can go, with a box before each: all are chosen until somebody takes one out.
#[component]
fn Ready(
    visit: Visit,
    ready: Vec<TransferDue>,
    proposed: String,
    has_payer: bool,
) -> impl IntoView {
    if ready.is_empty() {
        return view! {
            <section class="stack">
                <h2>{transfers::READY}</h2>
                <EmptyState what=transfers::NONE_READY/>
            </section>
        }
        .into_any();
    }
    let values = visit.form.values.clone();
    let fresh = values.is_empty();
    let rows = ready
        .into_iter()
        .map(|due| {
            let name = format!("refund.{}", due.refund);
            let checked = fresh || values.get(&name).is_some();
            let label = transfers::choose(&due);
            let account = due.account.map(|account| {
                let account = account.into_revealed();
                (transfers::account(&account), account.holder().to_owned())
            });
            let (account, holder) = account.unwrap_or_default();
            view! {
                <tr>
                    <td data-label=transfers::CHOOSE>
                        <input
                            type="checkbox" name=name value="1" checked=checked aria-label=label
                        />
                    </td>
                    <th scope="row"><a href=links::sale(due.reservation)>{due.number}</a></th>
                    <td data-label=transfers::YEN class="amount">{due.amount.to_string()}</td>
                    <td data-label=transfers::TO>{account}</td>
                    <td data-label=transfers::ACCOUNT_HOLDER>{holder}</td>
                    <td data-label=transfers::SINCE>{clock::at(due.since, today())}</td>
                </tr>
            }
        })
        .collect_view();
    let go = has_payer.then(|| {
        let day = Values::new([("pay_on".to_owned(), proposed)]);
        let form = visit.form.clone();
        let values = if fresh { day } else { values.clone() };
        view! {
            <TextField
                form=form values=values name="pay_on" label=transfers::PAY_ON need=Need::Required
                support=Some(transfers::PAY_ON_SUPPORT.to_owned()) kind="date" width="date"
            />
            <div><Submit kind=Kind::Primary>{transfers::PREPARE}</Submit></div>
        }
    });
    view! {
        <form class="stack" method="post" action=links::TRANSFERS novalidate>
            <h2 id="refunds">{transfers::READY}</h2>
            <SeedFields seed=visit.seed/>
            <table class="arrivals">
                <caption class="unseen">{transfers::READY}</caption>
                <thead>
                    <tr>
                        <th scope="col">{transfers::CHOOSE}</th>
                        <th scope="col">{transfers::BOOKING}</th>
                        <th scope="col">{transfers::YEN}</th>
                        <th scope="col">{transfers::TO}</th>
                        <th scope="col">{transfers::ACCOUNT_HOLDER}</th>
                        <th scope="col">{transfers::SINCE}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {go}
        </form>
    }
    .into_any()
}

/// What nobody has told an account for.
#[component]
fn Waiting(waiting: Vec<TransferDue>) -> impl IntoView {
    let inside = if waiting.is_empty() {
        view! { <EmptyState what=transfers::NONE_WAITING/> }.into_any()
    } else {
        let rows = waiting
            .into_iter()
            .map(|due| {
                view! {
                    <tr>
                        <th scope="row"><a href=links::sale(due.reservation)>{due.number}</a></th>
                        <td data-label=transfers::YEN class="amount">{due.amount.to_string()}</td>
                        <td data-label=transfers::SINCE>{clock::at(due.since, today())}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <table class="arrivals">
                <caption class="unseen">{transfers::WAITING}</caption>
                <thead>
                    <tr>
                        <th scope="col">{transfers::BOOKING}</th>
                        <th scope="col">{transfers::YEN}</th>
                        <th scope="col">{transfers::SINCE}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! { <section class="stack"><h2>{transfers::WAITING}</h2>{inside}</section> }
}

#[component]
fn Orders(orders: Vec<TransferOrderSummary>) -> impl IntoView {
    let inside = if orders.is_empty() {
        view! { <EmptyState what=transfers::NO_ORDERS/> }.into_any()
    } else {
        let rows = orders
            .into_iter()
            .map(|order| {
                view! {
                    <tr>
                        <th scope="row">
                            <a href=links::transfer(order.id)>{transfers::order(order.number)}</a>
                        </th>
                        <td data-label=transfers::PAY_ON>{clock::day(order.pay_on, today())}</td>
                        <td data-label=transfers::COUNT>{transfers::contents(&order)}</td>
                        <td data-label=transfers::STATE>
                            <span class="status" data-tone=transfers::tone(order.state)>
                                {transfers::state(order.state)}
                            </span>
                        </td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <table class="arrivals">
                <caption class="unseen">{transfers::ORDERS}</caption>
                <thead>
                    <tr>
                        <th scope="col">{transfers::ORDER}</th>
                        <th scope="col">{transfers::PAY_ON}</th>
                        <th scope="col">{transfers::COUNT}</th>
                        <th scope="col">{transfers::STATE}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! { <section class="stack"><h2>{transfers::ORDERS}</h2>{inside}</section> }
}
