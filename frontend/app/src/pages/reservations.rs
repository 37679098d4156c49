//! 予約の確認: one's own reservations.

use contract::ReservationSummary;
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, EmptyState, Kind, ReservationStatus, When};
use crate::text::{errors, money, reservation};

/// The next one first, past ones last and folded when there are coming ones.
#[component]
pub fn ReservationsPage() -> impl IntoView {
    framed(|Ask { visit, .. }| async move {
        let all = visit.house.reservations(&visit.call).await?;
        let (past, coming): (Vec<_>, Vec<_>) = all.into_iter().partition(is_over);
        let nothing = past.is_empty() && coming.is_empty();
        let what = if nothing {
            reservation::NONE
        } else {
            reservation::NONE_COMING
        };
        let coming = if coming.is_empty() {
            view! {
                <EmptyState what=what>
                    <ButtonLink href=links::SEARCH kind=Kind::Primary>{errors::TO_SEARCH}</ButtonLink>
                </EmptyState>
            }
            .into_any()
        } else {
            view! { <Cards list=coming/> }.into_any()
        };
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <h1>{reservation::LIST}</h1>
                <section class="stack">
                    <h2>{reservation::COMING}</h2>
                    {coming}
                </section>
                {(!past.is_empty()).then(|| view! {
                    <section class="stack">
                        <h2>{reservation::PAST}</h2>
                        <Cards list=past/>
                    </section>
                })}
            </div>
        };
        Ok(Page::new(reservation::LIST, body))
    })
}

fn is_over(summary: &ReservationSummary) -> bool {
    use contract::ReservationState::{Cancelled, Refused, Released};
    summary.past || matches!(summary.state, Cancelled { .. } | Released | Refused { .. })
}

#[component]
fn Cards(list: Vec<ReservationSummary>) -> impl IntoView {
    let cards = list
        .into_iter()
        .map(|booked| {
            view! {
                <li>
                    <article class="card" data-pressable="">
                        <h3>
                        <a href=links::reservation(booked.id)>
                            <When span=booked.span/>
                            " "
                            <span class="card-place">
                                {format!("{} {}", booked.facility_name, booked.room_name)}
                            </span>
                        </a>
                    </h3>
                    <p class="row">
                            <ReservationStatus state=booked.state/>
                            <span>{money::fee(booked.total_yen)}</span>
                            <span class="quiet small">{booked.number}</span>
                        </p>
                    </article>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="cards" role="list">{cards}</ul> }
}
