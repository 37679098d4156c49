//! 読み上げ: what was booked, large and plain, on a screen that the clerk turns to the resident.

use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, Fact, Kind};
use crate::text::{clock, money, reservation, sale};

/// Only what the two of them agree on.
#[component]
pub fn SaleReadPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let shown = visit
            .staff
            .sale(&visit.call, address.reservation()?)
            .await?;
        let booked = shown.reservation;
        let day = clock::full_day(booked.span.date());
        let body = view! {
            <div class="narrow stack read-back" data-gap="wide">
                <h1>{sale::READ}</h1>
                <dl class="facts">
                    <Fact name=sale::PERSON>{shown.person.into_revealed()}</Fact>
                    <Fact name=reservation::FACILITY>{booked.facility.name.clone()}</Fact>
                    <Fact name=reservation::ROOM>{booked.room_name}</Fact>
                    <Fact name=reservation::WHEN>
                        {day}<br/>{booked.span.clock()}
                    </Fact>
                    <Fact name=reservation::PURPOSE>{booked.purpose}</Fact>
                    <Fact name=reservation::PEOPLE>{reservation::people(booked.people)}</Fact>
                    <Fact name=sale::FEE>{money::fee(booked.quote.total_yen)}</Fact>
                </dl>
                <p class="read-question">{sale::READ_QUESTION}</p>
                <div class="actions">
                    <ButtonLink href=links::sale(booked.id) kind=Kind::Primary>
                        {sale::READ_DONE}
                    </ButtonLink>
                </div>
            </div>
        };
        Ok(Page::new(sale::READ, body))
    })
}
