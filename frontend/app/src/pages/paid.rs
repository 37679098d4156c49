//! Back from the checkout: 確認中 until the payment is known, then 完了.

use contract::{PayState, ReservationState, ReservationView};
use domain::payment::Voucher;
use leptos::prelude::*;

use super::reservation::Details;
use crate::frame::{Ask, Page, framed};
use crate::islands::PaymentWatch;
use crate::links;
use crate::parts::{ButtonLink, Kind, Notice, Step, Steps, Tone, VoucherNumbers};
use crate::text::reservation;

/// Asks whether the payment was made; an address on the way says nothing about it.
#[component]
pub fn PaidPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let booked = visit
            .house
            .payment_returned(&visit.call, address.reservation()?)
            .await?;
        let page = match (&booked.state, &booked.money.payment) {
            (ReservationState::Confirmed, _) => Page::new(reservation::DONE, done(booked)),
            (_, PayState::Checking) => {
                Page::new(reservation::CHECKING, checking(&booked)).with_islands()
            }
            (_, PayState::Voucher(voucher)) => Page::new(
                reservation::VOUCHER,
                take_to_store(&booked, voucher.clone()),
            ),
            (_, PayState::Unpaid) => Page::new(reservation::NOT_PAID, not_paid(&booked)),
            _ => Page::new(reservation::HEADING, view! { <Details booked=booked/> }),
        };
        Ok(page)
    })
}

fn done(booked: ReservationView) -> impl IntoView {
    view! {
        <div class="narrow stack" data-gap="wide">
            <Steps now=Step::Done/>
            <Notice tone=Tone::Success heading=reservation::DONE announced=true>
                <p>{reservation::DONE_MEANS}</p>
            </Notice>
        </div>
        <Details booked=booked/>
    }
}

fn checking(booked: &ReservationView) -> impl IntoView + use<> {
    view! {
        <div class="narrow stack" data-gap="wide" id="payment-checking">
            <Steps now=Step::Pay/>
            <h1>{reservation::CHECKING}</h1>
            <p>{reservation::CHECKING_MEANS}</p>
            <p>{reservation::CHECKING_LONG}</p>
            <PaymentWatch/>
            <div class="actions">
                <ButtonLink href=links::paid(booked.id) kind=Kind::Primary>
                    {reservation::CHECK_AGAIN}
                </ButtonLink>
                <ButtonLink href=links::reservation(booked.id)>{reservation::HEADING}</ButtonLink>
            </div>
        </div>
    }
}

fn take_to_store(booked: &ReservationView, voucher: Voucher) -> impl IntoView + use<> {
    view! {
        <div class="narrow stack" data-gap="wide">
            <Steps now=Step::Pay/>
            <h1>{reservation::VOUCHER}</h1>
            <VoucherNumbers voucher=voucher amount=booked.quote.total_yen/>
            <div class="actions">
                <ButtonLink href=links::reservation(booked.id)>{reservation::HEADING}</ButtonLink>
            </div>
        </div>
    }
}

fn not_paid(booked: &ReservationView) -> impl IntoView + use<> {
    view! {
        <div class="narrow stack" data-gap="wide">
            <Steps now=Step::Pay/>
            <h1>{reservation::NOT_PAID}</h1>
            <p>{reservation::NOT_PAID_MEANS}</p>
            <div class="actions">
                <ButtonLink href=links::confirm(booked.id) kind=Kind::Primary>
                    {reservation::PAY_AGAIN}
                </ButtonLink>
            </div>
        </div>
    }
}
