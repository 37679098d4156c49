//! How what comes back was reckoned (還付の計算), line by line with its articles.

use contract::GivenUp;
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::quote::QuoteLine;
use leptos::prelude::*;

use super::{Icon, IconMark};
use crate::text::{booking, clock, money, reservation};
use crate::visit::today;

/// The lines of a reckoning.
#[component]
pub fn Reckoning(lines: Vec<QuoteLine>) -> impl IntoView {
    let rows = lines
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
        <table class="lines">
            <caption class="unseen">{reservation::RECKONING}</caption>
            <thead class="unseen">
                <tr>
                    <th scope="col">{booking::QUOTE_WHAT}</th>
                    <th scope="col">{booking::QUOTE_AMOUNT}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// What was given up, and how what came back of it was reckoned (取消・一部取消の記録), each with its
/// notice.
#[component]
pub fn WhatWasGivenUp(
    given_up: Vec<GivenUp>,
    id: ReservationId,
    /// Where the notice of an act is.
    notice: fn(ReservationId, u32) -> String,
) -> impl IntoView {
    (!given_up.is_empty()).then(|| {
        let acts = given_up
            .into_iter()
            .map(|act| {
                let notice = notice(id, act.nth);
                view! { <Act act=act notice=notice/> }
            })
            .collect_view();
        view! {
            <section class="stack" data-gap="tight" id="given-up">
                <h2>{reservation::GIVEN_UP}</h2>
                {acts}
            </section>
        }
    })
}

#[component]
fn Act(act: GivenUp, notice: String) -> impl IntoView {
    let what = match act.left {
        Some(left) => reservation::shortened(&act.before.clock(), &left.clock()),
        None => reservation::ended(&act.before.clock()),
    };
    let paid = !act.paid_yen.is_zero();
    let sums = paid.then(|| {
        view! {
            <p>{reservation::of_what_was_paid(act.paid_yen, act.refund_yen)}</p>
            <Reckoning lines=act.reckoning/>
        }
    });
    view! {
        <p>
            <span class="whole">{clock::at(act.at, today())}</span>
            " "
            <span class="whole">{what}</span>
        </p>
        {sums}
        {(!act.refund_yen.is_zero()).then(|| view! {
            <ul class="papers no-print" role="list">
                <li>
                    <a href=notice>
                        <IconMark icon=Icon::Paper/><span>{reservation::REFUND_NOTICE}</span>
                    </a>
                </li>
            </ul>
        })}
        {(!paid).then(|| view! { <p class="quiet">{reservation::NOTHING_PAID_BACK}</p> })}
    }
}

/// What comes back, in large.
#[component]
pub fn ComesBack(yen: Yen) -> impl IntoView {
    view! {
        <div class="row" data-ends="">
            <h2>{reservation::COMES_BACK}</h2>
            <p class="sum">{money::given_back(yen)}</p>
        </div>
    }
}
