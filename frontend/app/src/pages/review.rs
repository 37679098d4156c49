//! 申込みの審査: one application, decided one thing after another.

use contract::{CaseItem, ReductionTerms, ReviewCase, ReviewStanding};
use leptos::prelude::*;

use crate::forms::{
    CheckField, ErrorSummary, FormState, Hidden, Need, SeedFields, TextArea, TextField, Values,
};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{
    ButtonLink, Fact, Kind, Notice, QuoteTable, RefusalNotice, ReservationFacts, ReservationStatus,
    Submit, Tone,
};
use crate::text::{booking, clock, profile, reviews};
use crate::visit::{Visit, today};

/// `?done=` after a decision. Posts `action=grant` or `action=refuse` about one `review`.
#[component]
pub fn ReviewPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let case = visit
            .staff
            .review(&visit.call, address.reservation()?)
            .await?;
        let done = address.query().get("done").is_some() && visit.form.refusal.is_none();
        let refusal = visit.form.refused_whole();
        let body = view! {
            <div class="sale stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refusal.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                {done.then(|| view! {
                    <Notice tone=Tone::Success heading=reviews::DONE announced=true/>
                })}
                <Case visit=visit case=case/>
            </div>
        };
        let crumbs = vec![(reviews::LIST.to_owned(), links::REVIEWS.to_owned())];
        Ok(Page::new(reviews::CASE, body).under(crumbs))
    })
}

#[component]
fn Case(visit: Visit, case: ReviewCase) -> impl IntoView {
    let booked = case.reservation;
    let id = booked.id;
    let phone = case.phone.map(|phone| {
        let phone = phone.into_revealed();
        view! { <Fact name=profile::PHONE><a href=links::telephone(&phone)>{phone.clone()}</a></Fact> }
    });
    let group = case
        .group_name
        .map(|name| view! { <Fact name=reviews::WHO>{name}</Fact> });
    let can_decide = case.can_decide;
    let says = (!can_decide).then(|| {
        let waits = booked.state == contract::ReservationState::AwaitingReview;
        let words = if waits {
            reviews::NOT_YOURS
        } else {
            reviews::OVER
        };
        view! { <p>{words}</p> }
    });
    let items = case
        .items
        .into_iter()
        .map(|item| view! { <Item visit=visit.clone() id=id item=item can_decide=can_decide/> })
        .collect_view();
    view! {
        <header class="stack" data-gap="tight">
            <h1>{reviews::CASE}</h1>
            <p class="row">
                <span class="sale-who">{case.person.into_revealed()}</span>
                <ReservationStatus state=booked.state.clone()/>
            </p>
            {says}
        </header>
        <div class="sale-halves">
            <div class="stack" data-gap="wide">{items}</div>
            <div class="stack" data-gap="wide">
                <ReservationFacts reservation=booked.clone()/>
                <dl class="facts">{group}{phone}</dl>
                <section class="stack" data-gap="tight">
                    <h2>{booking::QUOTE}</h2>
                    <QuoteTable quote=booked.quote/>
                </section>
                <div class="actions">
                    <ButtonLink href=links::sale(id)>{reviews::TO_SALE}</ButtonLink>
                </div>
            </div>
        </div>
    }
}

#[component]
fn Item(
    visit: Visit,
    id: domain::ids::ReservationId,
    item: CaseItem,
    can_decide: bool,
) -> impl IntoView {
    let view = item.view.clone();
    let waits = view.standing == ReviewStanding::Waits;
    let stated = item.stated.reveal().clone();
    let evidence = reviews::documents(&view.evidence);
    let terms = item.terms.clone();
    let decided = item.decided.clone().map(|decided| {
        let shown = decided
            .shown
            .map(|shown| view! { <Fact name=reviews::SPOT_SHOWN>{shown}</Fact> });
        let reason = (!decided.reason.is_empty())
            .then(|| view! { <Fact name=reviews::REASON>{decided.reason}</Fact> });
        view! {
            <Fact name=reviews::DECIDED_BY>
                {format!("{} {}", decided.by.into_revealed(), clock::at(decided.at, today()))}
            </Fact>
            {shown}
            {reason}
        }
    });
    view! {
        <section class="stack sale-way">
            <h2>{reviews::item(&view)}</h2>
            <p><span class="status" data-tone=reviews::tone(&view.standing)>
                {reviews::standing(&view.standing)}
            </span></p>
            <dl class="facts">
                <Fact name=reviews::ARTICLE>{view.article.clone()}</Fact>
                {(!evidence.is_empty()).then(|| view! { <Fact name=reviews::EVIDENCE>{evidence}</Fact> })}
                {(!stated.is_empty()).then(|| view! { <Fact name=reviews::WRITTEN>{stated}</Fact> })}
                {terms.clone().filter(|_| waits).map(|terms| view! { <Terms terms=terms/> })}
                {decided}
            </dl>
            {(waits && can_decide).then(|| view! { <Decide visit=visit id=id item=item/> })}
        </section>
    }
}

#[component]
fn Terms(terms: ReductionTerms) -> impl IntoView {
    let standing = terms.standing.map(reviews::standing_for_the_year);
    view! {
        <Fact name=reviews::RATE>
            {reviews::rate(terms.most, terms.is_ceiling)}
            {standing.map(|words| view! { <br/><strong>{words}</strong> })}
        </Fact>
        <Fact name=reviews::DECIDED_BY>{terms.decided_by}</Fact>
        {terms.reduced_yen.map(|yen| view! { <Fact name=reviews::REDUCED>{yen.to_string()}</Fact> })}
    }
}

/// One thing decided: the reason, the percent where it is left open, the two buttons.
#[component]
fn Decide(visit: Visit, id: domain::ids::ReservationId, item: CaseItem) -> impl IntoView {
    // What was typed about another item of the same page is not this one's.
    let posted = visit.form.values.get("review") == Some(&item.id.to_string());
    let form = if posted {
        visit.form.clone()
    } else {
        FormState::default()
    };
    let values = if posted {
        form.values.clone()
    } else {
        Values::default()
    };
    let percent = item
        .terms
        .as_ref()
        .filter(|terms| terms.is_ceiling)
        .map(|terms| {
            let proposed = terms.standing.unwrap_or(terms.most).to_string();
            view! {
                <TextField
                    form=form.clone() values=values.clone().or("percent", proposed) name="percent"
                    label=reviews::PERCENT need=Need::Required inputmode="numeric" width="number"
                    unit=reviews::PERCENT_UNIT maxlength=3
                />
            }
        });
    let for_the_year = item.terms.is_some().then(|| {
        view! {
            <CheckField
                values=values.clone() name="for_the_year" value="1" label=reviews::FOR_THE_YEAR
            />
        }
    });
    view! {
        <form class="stack" method="post" novalidate action=links::review(id)>
            <SeedFields seed=visit.seed/>
            <Hidden name="review" value=item.id.to_string()/>
            {percent}
            <TextArea
                form=form values=values name="reason" label=reviews::REASON need=Need::Optional
                support=Some(reviews::REASON_SUPPORT.to_owned()) maxlength=400
            />
            {for_the_year}
            <div class="actions">
                <Submit kind=Kind::Primary name="action" value="grant">{reviews::GRANT}</Submit>
                <Submit name="action" value="refuse">{reviews::REFUSE}</Submit>
            </div>
        </form>
    }
}
