//! One drawer: what moved, more change, counting and locking.

use contract::{TillLine, TillView};
use domain::money::Yen;
use domain::till::{Denomination, Movement, TillState};
use leptos::prelude::*;

use crate::forms::{ErrorSummary, Field, FormState, Hidden, Need, SeedFields, TextField, Wiring};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, Fact, Kind, Notice, RefusalNotice, Submit, Tone};
use crate::text::{clock, sale, till};
use crate::visit::{Visit, today};

/// `?done=`. Posts `action=float` or `action=close`.
#[component]
pub fn TillPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let view = visit.staff.till(&visit.call, address.till()?).await?;
        let refusal = visit.form.refused_whole();
        let done = visit.form.refusal.is_none().then(|| {
            let done = address.query().get("done").and_then(till::done)?;
            Some(view! { <Notice tone=Tone::Success heading=done announced=true/> })
        });
        let name = till::name(&view.till);
        let day = view.till.state.date();
        let open = matches!(view.till.state, TillState::Open(_));
        let work = (open && view.may_handle).then(|| {
            view! {
                <Close visit=visit.clone() shown=view.clone()/>
                <Add visit=visit.clone() shown=view.clone()/>
            }
        });
        let sheet = (!open).then(|| {
            view! {
                <div class="actions">
                    <ButtonLink href=links::sheet(view.till.id, "pdf") kind=Kind::Primary>
                        {till::SHEET_PDF}
                    </ButtonLink>
                    <ButtonLink href=links::sheet(view.till.id, "csv")>{till::SHEET_CSV}</ButtonLink>
                </div>
            }
        });
        let crumbs = vec![(
            till::HEADING.to_owned(),
            links::till_day(&view.facility, day),
        )];
        let body = view! {
            <div class="till stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refusal.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                {done.flatten()}
                <header>
                    <h1>{format!("{name} {}", view.till.state.label())}</h1>
                    <p>{format!("{} {}", clock::full_day(day), view.facility_name)}</p>
                </header>
                <Sums shown=view.clone()/>
                {sheet}
                {work}
                <Lines lines=view.lines/>
            </div>
        };
        Ok(Page::new(name, body).under(crumbs))
    })
}

#[component]
fn Sums(shown: TillView) -> impl IntoView {
    let cash = shown.till.state.cash();
    let closed = match shown.till.state.clone() {
        TillState::Open(_) => None,
        TillState::Closed(closed) => {
            let reason = closed.reason().unwrap_or("—").to_owned();
            let by = shown.till.closed_by.map(|by| by.into_revealed());
            let at = clock::at(closed.closed_at(), today());
            let counted = closed.counted().total().to_string();
            let difference = till::over_or_short(&closed);
            Some(view! {
                <Fact name=till::COUNTED>{counted}</Fact>
                <Fact name=till::DIFFERENCE>{difference}</Fact>
                <Fact name=till::REASON>{reason}</Fact>
                <Fact name=till::CLOSED_BY>{by}" "{at}</Fact>
            })
        }
    };
    let opened = clock::at(shown.till.state.opened_at(), today());
    view! {
        <dl class="facts">
            <Fact name=till::OPENED_BY>{shown.till.opened_by.into_revealed()}" "{opened}</Fact>
            <Fact name=till::FLOAT>{cash.float.to_string()}</Fact>
            <Fact name=till::RECEIVED>{cash.received.to_string()}</Fact>
            <Fact name=till::PAID_OUT>{cash.paid_out.to_string()}</Fact>
            <Fact name=till::EXPECTED><strong>{cash.expected().to_string()}</strong></Fact>
            {closed}
        </dl>
    }
}

/// Counting by note and coin.
#[component]
fn Close(visit: Visit, shown: TillView) -> impl IntoView {
    let form = visit.form;
    let expected = shown.till.state.cash().expected();
    let counts = Denomination::ALL
        .into_iter()
        .map(|kind| view! { <Count form=form.clone() kind=kind/> })
        .collect_view();
    view! {
        <form class="stack" method="post" action=links::till(shown.till.id)>
            <h2>{till::CLOSE}</h2>
            <p>{till::CLOSE_HOW}</p>
            <SeedFields seed=visit.seed/>
            <Hidden name="seen_expected_yen" value=expected.get().to_string()/>
            <div class="till-count">{counts}</div>
            <TextField
                values=form.values.clone() form=form name="reason" label=till::REASON
                need=Need::Optional support=Some(till::REASON_SUPPORT.to_owned()) maxlength=200
                autocomplete="off"
            />
            <p>{till::CLOSE_WARNING}</p>
            <div>
                <Submit kind=Kind::Primary name="action" value="close">{till::CLOSE_GO}</Submit>
            </div>
        </form>
    }
}

/// How many of one kind; an empty field is none.
#[component]
fn Count(form: FormState, kind: Denomination) -> impl IntoView {
    let name = format!("count.{}", kind.yen());
    let wiring = Wiring::new(&form, &name, None);
    let control = view! {
        <input
            class="control" id=name.clone() name=name.clone() type="text" inputmode="numeric"
            maxlength="4" autocomplete="off" data-width="number" value=form.values.text(&name)
            aria-invalid=wiring.invalid() aria-describedby=wiring.described_by()
        />
    };
    view! {
        <Field wiring=wiring label=kind.to_string() need=Need::Unsaid>
            <span class="with-unit">{control}{till::PIECES}</span>
        </Field>
    }
}

#[component]
fn Add(visit: Visit, shown: TillView) -> impl IntoView {
    let form = visit.form;
    view! {
        <form class="stack" method="post" action=links::till(shown.till.id)>
            <h2>{till::ADD}</h2>
            <SeedFields seed=visit.seed/>
            <TextField
                values=form.values.clone() form=form name="float" label=till::ADD_AMOUNT
                need=Need::Required inputmode="numeric" width="phone" maxlength=9
                autocomplete="off" unit=sale::YEN
            />
            <div><Submit name="action" value="float">{till::ADD_GO}</Submit></div>
        </form>
    }
}

#[component]
fn Lines(lines: Vec<TillLine>) -> impl IntoView {
    if lines.is_empty() {
        return view! {
            <section class="stack"><h2>{till::MOVEMENTS}</h2><p>{till::NO_MOVEMENTS}</p></section>
        }
        .into_any();
    }
    let rows = lines
        .into_iter()
        .map(|line| {
            let (came, went) = sides(&line.movement);
            view! {
                <tr>
                    <td>{clock::time_at(line.at)}</td>
                    <th scope="row">{till::movement(&line)}</th>
                    <td class="yen">{came.map(|yen| yen.to_string())}</td>
                    <td class="yen">{went.map(|yen| yen.to_string())}</td>
                    <td>{line.by.into_revealed()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2 id="movements">{till::MOVEMENTS}</h2>
            <div class="till-lines" role="region" aria-labelledby="movements" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{till::AT}</th>
                            <th scope="col">{till::WHAT}</th>
                            <th scope="col" class="yen">{till::IN}</th>
                            <th scope="col" class="yen">{till::OUT}</th>
                            <th scope="col">{till::BY}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// In and out.
const fn sides(movement: &Movement) -> (Option<Yen>, Option<Yen>) {
    match movement {
        Movement::Float { amount } | Movement::Received { amount, .. } => (Some(*amount), None),
        Movement::PaidOut { amount, .. } => (None, Some(*amount)),
    }
}
