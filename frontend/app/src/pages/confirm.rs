//! 内容を確かめる: everything on one page, while the floor is kept.

use chrono::{DateTime, Utc};
use contract::{PayState, Profile, Refusal, ReservationState, ReservationView};
use leptos::prelude::*;

use super::reservation::Details;
use super::sale_review::SubmitReview;
use crate::forms::{ErrorSummary, SeedFields};
use crate::frame::{Ask, Page, framed};
use crate::islands::HoldCountdown;
use crate::links;
use crate::parts::{
    ButtonLink, CancelTerms, Fact, Kind, QuoteTable, RefusalNotice, ReservationFacts, ReviewItems,
    Step, Steps, Submit,
};
use crate::text::{booking, clock, profile, reservation, site};
use crate::visit::{FormSeed, Visit};

/// Posts `action=extend` or `action=pay`.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let booked = visit
            .house
            .reservation(&visit.call, address.reservation()?)
            .await?;
        let refusal = visit.form.refused_whole();
        match &booked.state {
            // The way to pay was chosen, and it cannot be called back.
            _ if matches!(booked.money.payment, PayState::Voucher(_)) => {
                Ok(settled(booked, refusal))
            }
            ReservationState::Held { .. } | ReservationState::AwaitingPayment { .. } => {
                let person = visit.house.profile(&visit.call).await?;
                let refusal = refusal.map(|refusal| view! { <RefusalNotice refusal=refusal/> });
                let body = view! {
                    <div class="narrow stack" data-gap="wide">
                        <Steps now=Step::Confirm/>
                        <ErrorSummary form=visit.form.clone()/>
                        {refusal}
                        <h1>{booking::CONFIRM}</h1>
                        <Open visit=visit booked=booked person=person/>
                    </div>
                };
                Ok(Page::new(booking::CONFIRM, body).with_islands())
            }
            ReservationState::Released => {
                let body = view! { <Lapsed booked=booked/> };
                Ok(Page::new(booking::LAPSED_TITLE, body))
            }
            _ => Ok(settled(booked, refusal)),
        }
    })
}

/// Nothing is left to confirm: how the reservation stands, as its own page shows it.
fn settled(booked: ReservationView, refusal: Option<Refusal>) -> Page {
    let body = view! {
        {refusal.map(|refusal| view! {
            <div class="narrow"><RefusalNotice refusal=refusal/></div>
        })}
        <Details booked=booked/>
    };
    let crumbs = vec![(
        site::RESERVATIONS.to_owned(),
        links::RESERVATIONS.to_owned(),
    )];
    Page::new(reservation::HEADING, body).under(crumbs)
}

#[component]
fn Open(visit: Visit, booked: ReservationView, person: Profile) -> impl IntoView {
    let here = links::confirm(booked.id);
    let go_on = if booked.must_be_reviewed() {
        view! {
            <ReviewItems items=booked.reviews.clone() appeal=Vec::new()/>
            <SubmitReview
                seed=visit.seed.clone() form=visit.form.clone() booked=booked.clone()
                here=here.clone()
            />
        }
        .into_any()
    } else {
        view! { <GoOn seed=visit.seed.clone() booked=booked.clone() here=here.clone()/> }.into_any()
    };
    let drop = booked.can_cancel.then(|| {
        view! {
            <p><a href=links::cancel(booked.id)>{booking::DROP_HOLD}</a></p>
        }
    });
    let email = person.email.map(|email| email.into_revealed());
    view! {
        <TimeLeft visit=visit state=booked.state.clone() here=here/>
        <ReservationFacts reservation=booked.clone()/>
        <section class="stack" data-gap="tight">
            <h2>{booking::QUOTE}</h2>
            <QuoteTable quote=booked.quote.clone()/>
        </section>
        <section class="stack" data-gap="tight">
            <h2>{booking::WHO}</h2>
            <dl class="facts">
                <Fact name=profile::NAME>{person.name.into_revealed()}</Fact>
                <Fact name=profile::EMAIL>{email}</Fact>
            </dl>
        </section>
        <CancelTerms reservation=booked/>
        {drop}
        {go_on}
    }
}

/// Confirms what is free, or leads to the payment page.
#[component]
fn GoOn(seed: FormSeed, booked: ReservationView, here: String) -> impl IntoView {
    let free = booked.money.payment == PayState::Free;
    let (button, support) = if free {
        (booking::CONFIRM_FREE, None)
    } else {
        (booking::PAY, Some(booking::PAY_SUPPORT))
    };
    view! {
        {support.map(|words| view! { <p class="quiet small">{words}</p> })}
        <form class="actions" data-sticky="" method="post" action=here>
            <SeedFields seed=seed/>
            <Submit kind=Kind::Primary name="action" value="pay">{button}</Submit>
        </form>
    }
}

/// The hold's time left, in words and counted down, and the form that gives more.
#[component]
fn TimeLeft(visit: Visit, state: ReservationState, here: String) -> impl IntoView {
    let (until, can_extend) = match state {
        ReservationState::Held { until, can_extend } => (until, can_extend),
        ReservationState::AwaitingPayment { due } => (due, false),
        _ => return None,
    };
    let extend = can_extend.then(|| {
        view! {
            <form method="post" action=here>
                <SeedFields seed=visit.seed/>
                <Submit name="action" value="extend">{booking::EXTEND}</Submit>
            </form>
        }
    });
    let (seconds, words) = left(until, visit.call.now());
    Some(view! {
        <div class="hold">
            <div>
                <p>{booking::HOLD_MEANS}</p>
                <p class="row">
                    <HoldCountdown
                        seconds=seconds words=words minutes=booking::MINUTES_LEFT.to_owned()
                        last=booking::SECONDS_LEFT.to_owned() over=booking::NO_TIME_LEFT.to_owned()
                    />
                    <span class="quiet nowrap">{booking::until(&clock::time_at(until))}</span>
                </p>
            </div>
            {extend}
        </div>
    })
}

fn left(until: DateTime<Utc>, now: DateTime<Utc>) -> (i32, String) {
    let seconds = (until - now).num_seconds().max(0);
    (
        i32::try_from(seconds).unwrap_or(i32::MAX),
        booking::time_left(seconds),
    )
}

#[component]
fn Lapsed(booked: ReservationView) -> impl IntoView {
    let again = links::room(&booked.room, Some(booked.span.date()));
    view! {
        <div class="narrow stack" data-gap="wide">
            <h1>{booking::LAPSED_TITLE}</h1>
            <p>{booking::LAPSED_NEXT}</p>
            <ReservationFacts reservation=booked/>
            <div class="actions">
                <ButtonLink href=again kind=Kind::Primary>{booking::LAPSED_AGAIN}</ButtonLink>
            </div>
        </div>
    }
}
