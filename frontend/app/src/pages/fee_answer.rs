//! What a use would cost (料金のこたえ): the total, its lines with their articles, what a reduction
//! takes, and the way on to the booking.

use contract::{FeeForm, Refusal};
use domain::quote::Quote;
use domain::span::Span;
use domain::town::Reduction;
use leptos::prelude::*;

use crate::forms::Values;
use crate::parts::{ButtonLink, Fact, Kind, Notice, QuoteTable};
use crate::text::{clock, fees, money, refusal};
use crate::visit::today;

/// The answer.
pub enum Answer {
    /// What it costs.
    Fee {
        /// The lines.
        quote: Quote,
        /// Why the time cannot be booked, if it cannot.
        obstacle: Option<Refusal>,
        /// The booking form with the same answers.
        book: String,
    },
    /// There is no price for this.
    Refused(Refusal),
    /// Something is missing to reckon it; the form says what.
    Missing,
}

/// The answer, which the live total replaces as a whole: `id="quote"`.
#[component]
pub fn AnswerPanel(asks: FeeForm, values: Values, answer: Answer) -> impl IntoView {
    let chosen = values.filled("reduction");
    let reduction = asks
        .reductions
        .into_iter()
        .find(|reduction| Some(reduction.id.as_str()) == chosen);
    let content = match answer {
        Answer::Fee {
            quote,
            obstacle,
            book,
        } => {
            let ahead = values.date("date").is_some_and(|date| date >= today());
            let book = (obstacle.is_none() && ahead).then_some(book);
            view! {
                <Fee quote=quote reduction=reduction/>
                <WayOn obstacle=obstacle book=book/>
            }
            .into_any()
        }
        Answer::Refused(refusal) => {
            let words = refusal::explain(&refusal);
            view! { <Notice heading=words.what><p>{words.next}</p></Notice> }.into_any()
        }
        Answer::Missing => view! { <p>{fees::MISSING}</p> }.into_any(),
    };
    view! {
        <section class="fee-answer stack" id="quote" aria-live="polite" aria-labelledby="fee-heading">
            <h2 id="fee-heading">{heading(&values)}</h2>
            {content}
        </section>
    }
}

/// Which time it is the fee of.
fn heading(values: &Values) -> String {
    let date = values.date("date");
    let (start, end) = (values.time("start"), values.time("end"));
    match (date, start, end) {
        (Some(date), Some(start), Some(end)) => {
            let clock = Span::on(date, start, end).map(|span| span.clock());
            let clock = clock.unwrap_or_else(|_not_a_span| start.clock());
            fees::answer_heading(&clock::day(date, today()), &clock)
        }
        _ => fees::HEADING.to_owned(),
    }
}

#[component]
fn Fee(quote: Quote, reduction: Option<Reduction>) -> impl IntoView {
    let total = money::fee(quote.total_yen);
    let before = quote
        .unreduced_yen
        .map(|yen| view! { <p class="quiet">{fees::unreduced(yen)}</p> });
    view! {
        <div>
            <p class="sum">{total}</p>
            {before}
        </div>
        <QuoteTable quote=quote/>
        {reduction.map(|reduction| view! { <Granted reduction=reduction/> })}
    }
}

/// What it takes to get the reduction.
#[component]
fn Granted(reduction: Reduction) -> impl IntoView {
    let evidence = (!reduction.evidence.is_empty()).then(|| reduction.evidence.join("、"));
    view! {
        <p>{fees::REDUCTION_MEANS}</p>
        <dl class="facts">
            {evidence.map(|words| view! { <Fact name=fees::EVIDENCE>{words}</Fact> })}
            <Fact name=fees::DECIDED_BY>{reduction.decided_by}</Fact>
            <Fact name=fees::ARTICLE>{reduction.article}</Fact>
        </dl>
    }
}

#[component]
fn WayOn(obstacle: Option<Refusal>, book: Option<String>) -> impl IntoView {
    let obstacle = obstacle.map(|refusal| {
        let words = refusal::explain(&refusal);
        view! { <Notice heading=words.what><p>{words.next}</p></Notice> }
    });
    let book = book.map(|href| {
        view! {
            <div class="actions">
                <ButtonLink href=href kind=Kind::Primary>{fees::BOOK}</ButtonLink>
            </div>
        }
    });
    view! {
        {obstacle}
        {book}
    }
}
