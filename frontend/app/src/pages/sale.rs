//! 予約の受付: one reservation at the counter, from reading back to the papers.

use contract::{CashTaken, DrawerChoice, PayState, RefundDue, ReservationState, SaleView};
use leptos::prelude::*;

use super::sale_review::{SpotReductions, SubmitReview};
use crate::forms::{ErrorSummary, FormState, Hidden, Need, SeedFields, TextField};
use crate::frame::{Ask, Page, framed};
use crate::islands::CounterWatch;
use crate::links;
use crate::parts::{
    ButtonLink, Fact, Icon, IconMark, Kind, Notice, QrCode, QuoteTable, RefusalNotice,
    ReservationFacts, ReservationStatus, ReviewItems, Submit, Tone, WhatWasGivenUp,
};
use crate::text::{booking, clock, counter, groups, money, reservation, sale, transfers};
use crate::visit::{Visit, today};

/// `?done=` what was just done; `?ask=` asks the payment service. Posts `action`.
#[component]
pub fn SalePage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let id = address.reservation()?;
        if address.query().filled("ask").is_some() {
            visit.staff.sale_payment(&visit.call, id, true).await?;
        }
        let shown = visit.staff.sale(&visit.call, id).await?;
        let spot = visit.staff.spot_reductions(&visit.call, id).await?;
        let booked = &shown.reservation;
        let waits = shown.checkout.is_some();
        let done = visit.form.refusal.is_none().then(|| {
            let done = address.query().get("done").and_then(sale::done)?;
            Some(view! { <Notice tone=Tone::Success heading=done announced=true/> })
        });
        let refusal = visit.form.refused_whole();
        let facility = booked.facility.id.clone();
        let day = links::counter(Some(&facility), Some(booked.span.date()));
        let crumbs = vec![(counter::OTHER_DAY.to_owned(), day)];
        let body = view! {
            <div class="sale stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refusal.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                {done.flatten()}
                <header class="stack" data-gap="tight">
                    <h1>{sale::HEADING}</h1>
                    <p class="row">
                        <span class="sale-who">{shown.person.reveal().clone()}</span>
                        <ReservationStatus state=booked.state.clone()/>
                        <span>{reservation::state_means(&booked.state, today())}</span>
                    </p>
                    <div class="actions">
                        <ButtonLink href=links::sale_page(id, "read")>{sale::READ_OPEN}</ButtonLink>
                    </div>
                </header>
                <div class="sale-halves">
                    <div class="stack" data-gap="wide">
                        {shown.difference.map(|more| view! {
                            <Notice heading=groups::DIFFERENCE>
                                <p class="sum">{more.to_string()}</p>
                                <p>{groups::DIFFERENCE_MEANS}</p>
                            </Notice>
                        })}
                        <Money visit=visit.clone() shown=shown.clone()/>
                        <SpotReductions
                            seed=visit.seed.clone() form=visit.form.clone() id=id offers=spot
                        />
                        <Due visit=visit.clone() due=shown.due.clone() shown=shown.clone()/>
                        <Papers shown=shown.clone()/>
                        <Coming visit=visit.clone() shown=shown.clone()/>
                    </div>
                    <div class="stack" data-gap="wide">
                        <ReviewItems items=booked.reviews.clone() appeal=Vec::new()/>
                        <ReservationFacts reservation=booked.clone()/>
                        <section class="stack" data-gap="tight">
                            <h2>{booking::QUOTE}</h2>
                            <QuoteTable quote=booked.quote.clone()/>
                        </section>
                        <WhatWasGivenUp
                            given_up=booked.given_up.clone() id=id
                            notice=links::sale_refund_notice
                        />
                        <Ways shown=shown.clone()/>
                    </div>
                </div>
            </div>
        };
        let page = Page::new(sale::HEADING, body).under(crumbs);
        Ok(if waits { page.with_islands() } else { page })
    })
}

const fn is_open(state: &ReservationState) -> bool {
    matches!(
        state,
        ReservationState::Held { .. } | ReservationState::AwaitingPayment { .. }
    )
}

const fn stands(state: &ReservationState) -> bool {
    matches!(
        state,
        ReservationState::Confirmed | ReservationState::CheckedIn | ReservationState::Completed
    )
}

/// What was paid for a use that will not be, and what became of it.
#[component]
fn Ended(shown: SaleView) -> impl IntoView {
    let money = shown.reservation.money;
    let refunds = money
        .refunds
        .iter()
        .map(|(amount, state)| reservation::refund(*amount, state, today()))
        .map(|words| view! { <Fact name=reservation::REFUND>{words}</Fact> })
        .collect_view();
    view! {
        <dl class="facts">
            <Fact name=reservation::PAYMENT>{reservation::payment(&money.payment, today())}</Fact>
            {refunds}
        </dl>
    }
}

/// Where the payment stands, and the two ways to pay.
#[component]
fn Money(visit: Visit, shown: SaleView) -> impl IntoView {
    let booked = &shown.reservation;
    let fee = booked.quote.total_yen;
    let inside = match &booked.money.payment {
        PayState::Paid { at, method } if stands(&booked.state) => {
            let words = format!("{} {method}", clock::at(*at, today()));
            let cash = shown.cash.clone().map(|cash| view! { <Change cash=cash/> });
            view! {
                <p class="sale-paid" role="status" id="paid">
                    <IconMark icon=Icon::Check/>
                    <span>{sale::PAID}</span>
                    <span class="sum">{money::fee(fee)}</span>
                </p>
                <p>{words}</p>
                {cash}
            }
            .into_any()
        }
        _ if !is_open(&booked.state) => view! { <Ended shown=shown.clone()/> }.into_any(),
        _ if booked.must_be_reviewed() => view! {
            <SubmitReview
                seed=visit.seed.clone() form=visit.form.clone() booked=booked.clone()
                here=links::sale(booked.id)
            />
            <Extend visit=visit shown=shown.clone()/>
        }
        .into_any(),
        PayState::Free => view! { <FreeForm visit=visit shown=shown.clone()/> }.into_any(),
        _ => view! {
            <p class="row" data-ends="">
                <span>{sale::TO_PAY}</span>
                <span class="sum">{money::fee(fee)}</span>
            </p>
            <Extend visit=visit.clone() shown=shown.clone()/>
            <Phone visit=visit.clone() shown=shown.clone()/>
            <Cash visit=visit shown=shown.clone()/>
        }
        .into_any(),
    };
    view! {
        <section class="stack sale-money">
            <h2>{sale::PAYMENT}</h2>
            {inside}
        </section>
    }
}

/// What goes back over the counter, to be seen from where the clerk stands.
#[component]
fn Change(cash: CashTaken) -> impl IntoView {
    let pieces = sale::pieces(&cash.change)
        .into_iter()
        .map(|piece| view! { <li>{piece}</li> })
        .collect_view();
    let amount = if cash.change.amount.is_zero() {
        view! { <p class="sale-change">{sale::NO_CHANGE}</p> }.into_any()
    } else {
        view! {
            <p class="sale-change">
                <span>{sale::CHANGE}</span>" "<span class="yen">{cash.change.amount.to_string()}</span>
            </p>
            <ul class="sale-pieces" role="list">{pieces}</ul>
        }
        .into_any()
    };
    view! {
        {amount}
        <p class="quiet">{sale::reckoned(cash.tendered, cash.amount)}</p>
    }
}

#[component]
fn FreeForm(visit: Visit, shown: SaleView) -> impl IntoView {
    view! {
        <p class="sum">{sale::FREE}</p>
        <Extend visit=visit.clone() shown=shown.clone()/>
        <form method="post" action=links::sale(shown.reservation.id)>
            <SeedFields seed=visit.seed/>
            <Submit kind=Kind::Primary name="action" value="phone">{sale::FREE_CONFIRM}</Submit>
        </form>
    }
}

/// More time for the hold.
#[component]
fn Extend(visit: Visit, shown: SaleView) -> impl IntoView {
    let ReservationState::Held {
        until,
        can_extend: true,
    } = shown.reservation.state
    else {
        return None;
    };
    Some(view! {
        <form class="row" data-ends="" method="post" action=links::sale(shown.reservation.id)>
            <SeedFields seed=visit.seed/>
            <span>{booking::until(&clock::time_at(until))}</span>
            <Submit name="action" value="extend">{sale::EXTEND}</Submit>
        </form>
    })
}

/// The code for a phone while its checkout is open, or the button that opens one.
#[component]
fn Phone(visit: Visit, shown: SaleView) -> impl IntoView {
    let id = shown.reservation.id;
    let Some(checkout) = shown.checkout else {
        return view! {
            <form class="stack sale-way" method="post" action=links::sale(id)>
                <h3>{sale::PHONE}</h3>
                <p>{sale::PHONE_MEANS}</p>
                <SeedFields seed=visit.seed/>
                <div><Submit name="action" value="phone">{sale::PHONE_GO}</Submit></div>
            </form>
        }
        .into_any();
    };
    let again = format!("{}?ask=1", links::sale(id));
    let url = checkout.url.clone();
    view! {
        <section class="stack sale-way sale-code" data-checkout=url>
            <h3>{sale::PHONE_WAITS}</h3>
            <p>{sale::PHONE_READ}</p>
            <QrCode content=checkout.url alt=sale::PHONE_CODE/>
            <p class="small">
                {sale::PHONE_THEN}" "{booking::until(&clock::time_at(checkout.until))}
            </p>
            <CounterWatch address=links::sale_page(id, "payment")/>
            <div><ButtonLink href=again>{sale::LOOK_AGAIN}</ButtonLink></div>
        </section>
    }
    .into_any()
}

#[component]
fn Cash(visit: Visit, shown: SaleView) -> impl IntoView {
    let id = shown.reservation.id;
    let fee = shown.reservation.quote.total_yen;
    if shown.drawers.is_empty() {
        return view! {
            <section class="stack sale-way">
                <h3>{sale::CASH}</h3>
                <p><strong>{sale::NO_DRAWER}</strong></p>
                <p>{sale::NO_DRAWER_NEXT}</p>
                <div><ButtonLink href=links::TILL>{sale::OPEN_DRAWER}</ButtonLink></div>
            </section>
        }
        .into_any();
    }
    let form = visit.form.clone();
    view! {
        <form class="stack sale-way" method="post" action=links::sale(id)>
            <h3>{sale::CASH}</h3>
            <SeedFields seed=visit.seed/>
            <Hidden name="seen_total_yen" value=fee.get().to_string()/>
            <Drawer form=form.clone() drawers=shown.drawers id="till"/>
            <TextField
                values=form.values.clone() form=form name="tendered" label=sale::TENDERED
                need=Need::Required inputmode="numeric" width="phone" maxlength=9
                autocomplete="off" unit=sale::YEN
            />
            <div class="actions">
                <Submit kind=Kind::Primary name="action" value="cash">{sale::TAKE}</Submit>
                <Submit name="action" value="exact">{sale::take_exact(fee)}</Submit>
            </div>
        </form>
    }
    .into_any()
}

/// Which drawer; one that is alone needs no choice.
#[component]
fn Drawer(form: FormState, drawers: Vec<DrawerChoice>, #[prop(into)] id: String) -> impl IntoView {
    if let [only] = drawers.as_slice() {
        return view! {
            <Hidden name="till" value=only.till.to_string()/>
            <p class="quiet">{sale::drawer(only)}</p>
        }
        .into_any();
    }
    let chosen = form.values.text("till");
    let options = drawers
        .iter()
        .map(|drawer| {
            let value = drawer.till.to_string();
            let selected = value == chosen;
            view! { <option value=value selected=selected>{sale::drawer(drawer)}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{sale::DRAWER}</label>
            <select class="control" id=id name="till">{options}</select>
        </div>
    }
    .into_any()
}

/// Refunds to be paid out in cash.
#[component]
fn Due(visit: Visit, due: Vec<RefundDue>, shown: SaleView) -> impl IntoView {
    let id = shown.reservation.id;
    let each = due
        .into_iter()
        .map(|refund| {
            let inside = if shown.drawers.is_empty() {
                view! {
                    <p>{sale::NO_DRAWER_NEXT}</p>
                    <div><ButtonLink href=links::TILL>{sale::OPEN_DRAWER}</ButtonLink></div>
                }
                .into_any()
            } else {
                view! {
                    <SeedFields seed=visit.seed.clone()/>
                    <Hidden name="refund" value=refund.id.to_string()/>
                    <Drawer
                        form=visit.form.clone() drawers=shown.drawers.clone()
                        id=format!("till-{}", refund.id)
                    />
                    <p class="small">{sale::PAY_OUT_SIGNS}</p>
                    <div>
                        <Submit kind=Kind::Primary name="action" value="pay_out">
                            {sale::PAY_OUT}
                        </Submit>
                    </div>
                }
                .into_any()
            };
            view! {
                <form class="stack sale-way" method="post" action=links::sale(id)>
                    <p class="sum">{sale::due(&refund)}</p>
                    {inside}
                </form>
            }
        })
        .collect_view();
    let account = shown.reservation.can_tell_account.then(|| {
        let page = links::sale_page(id, "refund-account");
        view! { <div><ButtonLink href=page>{transfers::TELL_LINK}</ButtonLink></div> }
    });
    (!shown.due.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2>{sale::DUE}</h2>
                {each}
                {account}
            </section>
        }
    })
}

#[component]
fn Papers(shown: SaleView) -> impl IntoView {
    let booked = shown.reservation;
    let paper = |there: bool, page: &str, words: &'static str| {
        let href = links::sale_page(booked.id, page);
        there.then(
            || view! { <li><a href=href><IconMark icon=Icon::Paper/><span>{words}</span></a></li> },
        )
    };
    let mailed = booked.has_permit.then_some(if shown.has_email {
        sale::MAILED
    } else {
        sale::NOT_MAILED
    });
    (booked.has_permit || booked.has_receipt).then(|| {
        view! {
            <section class="stack">
                <h2>{sale::PAPERS}</h2>
                <ul class="papers" role="list">
                    {paper(booked.has_permit, "permit.pdf", reservation::PERMIT)}
                    {paper(booked.has_receipt, "receipt.pdf", reservation::RECEIPT)}
                </ul>
                {mailed.map(|words| view! { <p class="small">{words}</p> })}
            </section>
        }
    })
}

/// Whether they came.
#[component]
fn Coming(visit: Visit, shown: SaleView) -> impl IntoView {
    let id = shown.reservation.id;
    (!shown.next.is_empty()).then(|| {
        let buttons = shown
            .next
            .into_iter()
            .map(|what| {
                view! {
                    <Submit name="action" value=what.as_str()>{counter::attendance(what)}</Submit>
                }
            })
            .collect_view();
        view! {
            <section class="stack">
                <h2>{sale::ATTENDANCE}</h2>
                <form class="row" method="post" action=links::sale(id)>
                    <SeedFields seed=visit.seed/>
                    {buttons}
                </form>
            </section>
        }
    })
}

#[component]
fn Ways(shown: SaleView) -> impl IntoView {
    let booked = shown.reservation;
    let cancel = booked.can_cancel.then(|| {
        view! {
            <ButtonLink href=links::sale_page(booked.id, "cancel")>{sale::CANCEL}</ButtonLink>
        }
    });
    view! { <div class="actions">{cancel}</div> }
}
