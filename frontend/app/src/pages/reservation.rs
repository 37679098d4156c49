//! 予約の内容: one reservation, what to show at the desk, papers, money, and how to cancel.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{PayState, RefundState, ReservationState, ReservationView};
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{
    ButtonLink, CancelTerms, Fact, Icon, IconMark, Kind, Notice, QrCode, QuoteTable,
    ReservationFacts, ReservationStatus, ReviewItems, Tone, VoucherNumbers, WhatWasGivenUp,
};
use crate::text::{booking, reservation, site, transfers};
use crate::visit::today;

/// So long after it was cancelled the page says so on top.
const JUST_NOW: TimeDelta = TimeDelta::minutes(3);

/// One reservation.
#[component]
pub fn ReservationPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let booked = visit
            .house
            .reservation(&visit.call, address.reservation()?)
            .await?;
        let just_cancelled = matches!(
            booked.state,
            ReservationState::Cancelled { at, .. } if visit.call.now() - at < JUST_NOW
        );
        let told = address.query().get("done") == Some("account");
        let body = view! {
            {just_cancelled.then(|| view! {
                <div class="narrow stack" data-gap="wide">
                    <Notice tone=Tone::Success heading=reservation::CANCELLED announced=true/>
                </div>
            })}
            {just_shortened(&booked, visit.call.now()).then(|| view! {
                <div class="narrow stack" data-gap="wide">
                    <Notice tone=Tone::Success heading=reservation::SHORTENED announced=true/>
                </div>
            })}
            {told.then(|| view! {
                <div class="narrow stack" data-gap="wide">
                    <Notice tone=Tone::Success heading=transfers::TOLD_NOW announced=true/>
                </div>
            })}
            <Details booked=booked/>
        };
        let crumbs = vec![(
            site::RESERVATIONS.to_owned(),
            links::RESERVATIONS.to_owned(),
        )];
        Ok(Page::new(reservation::HEADING, body).under(crumbs))
    })
}

/// True for a moment after a part of it was given up.
fn just_shortened(booked: &ReservationView, now: DateTime<Utc>) -> bool {
    let last = booked.given_up.last();
    last.is_some_and(|act| act.left.is_some() && now - act.at < JUST_NOW)
}

/// Everything about one reservation, in the order it is needed.
#[component]
pub fn Details(booked: ReservationView) -> impl IntoView {
    let stands = matches!(
        booked.state,
        ReservationState::Confirmed | ReservationState::CheckedIn
    );
    let open = matches!(
        booked.state,
        ReservationState::Held { .. } | ReservationState::AwaitingPayment { .. }
    );
    let voucher = match &booked.money.payment {
        PayState::Voucher(voucher) => Some(voucher.clone()),
        _ => None,
    };
    let fee = booked.quote.total_yen;
    let go_on = (open && voucher.is_none()).then(|| {
        view! {
            <div class="actions">
                <ButtonLink href=links::confirm(booked.id) kind=Kind::Primary>
                    {reservation::GO_ON}
                </ButtonLink>
            </div>
        }
    });
    view! {
        <div class="narrow stack details" data-gap="wide">
            <header class="stack" data-gap="tight">
                <h1>{reservation::HEADING}</h1>
                <p class="row">
                    <ReservationStatus state=booked.state.clone()/>
                    <span>{reservation::state_means(&booked.state, today())}</span>
                </p>
            </header>
            {go_on}
            {voucher.map(|voucher| view! {
                <h2>{reservation::VOUCHER}</h2>
                <VoucherNumbers voucher=voucher amount=fee/>
            })}
            <AccountWanted booked=booked.clone()/>
            {stands.then(|| view! { <Ticket booked=booked.clone()/> })}
            <ReviewItems items=booked.reviews.clone() appeal=booked.appeal.clone()/>
            <ReservationFacts reservation=booked.clone()/>
            <Papers booked=booked.clone()/>
            <OnTheDay booked=booked.clone()/>
            <MoneyPart booked=booked.clone()/>
            <WhatWasGivenUp
                given_up=booked.given_up.clone() id=booked.id notice=links::refund_notice
            />
            {(stands || open).then(|| view! { <CancelTerms reservation=booked.clone()/> })}
            <Ways booked=booked/>
        </div>
    }
}

/// Money that comes back only to an account: where to tell which.
#[component]
fn AccountWanted(booked: ReservationView) -> impl IntoView {
    let wanted = booked
        .money
        .refunds
        .iter()
        .any(|(_, state)| *state == RefundState::AccountWanted);
    (wanted && booked.can_tell_account).then(|| {
        view! {
            <Notice heading=transfers::WANTED>
                <p>{transfers::WANTED_MEANS}</p>
                <p class="actions">
                    <ButtonLink href=links::refund_account(booked.id) kind=Kind::Primary>
                        {transfers::TELL_LINK}
                    </ButtonLink>
                </p>
            </Notice>
        }
    })
}

#[component]
fn Ticket(booked: ReservationView) -> impl IntoView {
    let alt = reservation::qr_alt(&booked.number);
    view! {
        <section class="ticket">
            <h2>{reservation::QR}</h2>
            <QrCode content=booked.id.to_string() alt=alt/>
            <p class="ticket-number">{booked.number}</p>
            <p class="small">{reservation::QR_MEANS}</p>
        </section>
    }
}

#[component]
fn Papers(booked: ReservationView) -> impl IntoView {
    let paper = |shown: bool, href: String, icon: Icon, words: &'static str| {
        shown.then(|| {
            view! {
                <li><a href=href><IconMark icon=icon/><span>{words}</span></a></li>
            }
        })
    };
    let any = booked.has_permit || booked.has_receipt;
    any.then(|| view! {
        <section class="stack no-print">
            <h2>{reservation::PAPERS}</h2>
            <ul class="papers" role="list">
                {paper(booked.has_permit, links::permit(booked.id), Icon::Paper, reservation::PERMIT)}
                {paper(booked.has_receipt, links::receipt(booked.id), Icon::Paper, reservation::RECEIPT)}
                {paper(
                    booked.has_permit, links::calendar(booked.id), Icon::Calendar,
                    reservation::CALENDAR,
                )}
            </ul>
        </section>
    })
}

#[component]
fn OnTheDay(booked: ReservationView) -> impl IntoView {
    let notices = booked.facility.notices.clone();
    (!notices.is_empty()).then(|| {
        let each = notices
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect_view();
        view! {
            <section class="stack" data-gap="tight">
                <h2>{reservation::ON_THE_DAY}</h2>
                <ul>{each}</ul>
            </section>
        }
    })
}

#[component]
fn MoneyPart(booked: ReservationView) -> impl IntoView {
    let refunds = booked
        .money
        .refunds
        .iter()
        .map(|(amount, state)| reservation::refund(*amount, state, today()))
        .map(|words| view! { <Fact name=reservation::REFUND>{words}</Fact> })
        .collect_view();
    view! {
        <section class="stack" data-gap="tight">
            <h2>{booking::QUOTE}</h2>
            <QuoteTable quote=booked.quote/>
            <dl class="facts">
                <Fact name=reservation::PAYMENT>{reservation::payment(&booked.money.payment, today())}</Fact>
                {refunds}
            </dl>
        </section>
    }
}

#[component]
fn Ways(booked: ReservationView) -> impl IntoView {
    let again = links::room(&booked.room, None);
    let account = booked.can_tell_account.then(|| {
        view! {
            <ButtonLink href=links::refund_account(booked.id)>{transfers::TELL_LINK}</ButtonLink>
        }
    });
    let cancel = booked.can_cancel.then(|| {
        view! {
            <ButtonLink href=links::cancel(booked.id)>{reservation::CANCEL}</ButtonLink>
        }
    });
    view! {
        <div class="actions">
            {account}
            {cancel}
            <ButtonLink href=again kind=Kind::Text>{reservation::BOOK_AGAIN}</ButtonLink>
        </div>
    }
}
