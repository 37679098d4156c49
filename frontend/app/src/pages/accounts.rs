//! 会計月報: what a month was charged, what came and what went back, by facility and fiscal year.

use contract::{AccountLine, AccountsView};
use domain::figures::Month;
use domain::payment::Means;
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, EmptyState, Notice, Tone};
use crate::text::{accounts, reports};
use crate::visit::today;

/// `?month=`
#[component]
pub fn AccountsPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let asked = address.query().filled("month").map(str::parse::<Month>);
        let asked = asked.transpose();
        let unreadable = asked.is_err();
        let month = asked.ok().flatten().unwrap_or_else(|| Month::of(today()));
        let view = visit.staff.accounts(&visit.call, month).await?;
        if unreadable {
            visit.host.status(422);
        }
        let body = view! {
            <div class="figures stack" data-gap="wide">
                <div>
                    <h1>{accounts::HEADING}</h1>
                    <p>{month.label()}</p>
                </div>
                {unreadable.then(|| view! {
                    <Notice tone=Tone::Error heading=reports::NOT_A_MONTH announced=true/>
                })}
                <p class="no-print">{accounts::LEAD}</p>
                <Choose month=month/>
                <Lines view=view/>
                <details>
                    <summary>{accounts::HOW}</summary>
                    <ul>
                        {accounts::HOW_LINES.map(|line| view! { <li>{line}</li> }).collect_view()}
                    </ul>
                </details>
            </div>
        };
        Ok(Page::new(accounts::HEADING, body))
    })
}

/// Another month, and the file.
#[component]
fn Choose(month: Month) -> impl IntoView {
    let turn = |month: Month, words: String| {
        view! { <a class="button" href=links::accounts(month)>{words}</a> }
    };
    view! {
        <div class="row choose-day no-print">
            {turn(month.previous(), format!("‹ {}", reports::PREVIOUS))}
            {turn(month.next(), format!("{} ›", reports::NEXT))}
            <ButtonLink href=links::accounts_file(month)>{accounts::CSV}</ButtonLink>
        </div>
    }
}

#[component]
fn Lines(view: AccountsView) -> impl IntoView {
    if view.lines.is_empty() {
        return view! { <EmptyState what=accounts::NOTHING/> }.into_any();
    }
    let total = view
        .lines
        .iter()
        .fold(Sums::default(), |sums, named| sums.and(Sums::of(named)));
    let rows = view
        .lines
        .into_iter()
        .map(|named| {
            let sums = Sums::of(&named);
            let subject = accounts::subject(&named.subject, named.owner);
            view! {
                <tr>
                    <th scope="row">{named.facility_name}</th>
                    <td data-label=accounts::SUBJECT class="nowrap">{subject}</td>
                    <td data-label=accounts::YEAR class="nowrap">{accounts::year(named.line.year)}</td>
                    <Cells sums=sums/>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="arrivals">
            <caption class="unseen">{accounts::HEADING}</caption>
            <thead>
                <tr>
                    <th scope="col">{accounts::FACILITY}</th>
                    <th scope="col">{accounts::SUBJECT}</th>
                    <th scope="col">{accounts::YEAR}</th>
                    <th scope="col" class="amount">{accounts::CHARGED}</th>
                    <th scope="col" class="amount">{accounts::CASH}</th>
                    <th scope="col" class="amount">{accounts::CASHLESS}</th>
                    <th scope="col" class="amount">{accounts::RECEIVED}</th>
                    <th scope="col" class="amount">{accounts::REVERSED}</th>
                    <th scope="col" class="amount">{accounts::SPENT}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" colspan="3">{accounts::TOTAL}</th>
                    <Cells sums=total/>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}

/// The amounts of a row, yen.
#[derive(Clone, Copy, Default)]
struct Sums {
    charged: i64,
    cash: i64,
    received: i64,
    reversed: i64,
    spent: i64,
}

impl Sums {
    fn of(named: &AccountLine) -> Self {
        let line = &named.line;
        Self {
            charged: line.charged_yen,
            cash: line.received_yen.get(&Means::Cash).copied().unwrap_or(0),
            received: line.received_in_all(),
            reversed: line.reversed_yen,
            spent: line.spent_yen,
        }
    }

    const fn and(self, other: Self) -> Self {
        Self {
            charged: self.charged + other.charged,
            cash: self.cash + other.cash,
            received: self.received + other.received,
            reversed: self.reversed + other.reversed,
            spent: self.spent + other.spent,
        }
    }
}

#[component]
fn Cells(sums: Sums) -> impl IntoView {
    let cell = |label: &'static str, yen: i64| {
        view! { <td class="amount" data-label=label>{reports::yen(yen)}</td> }
    };
    view! {
        {cell(accounts::CHARGED, sums.charged)}
        {cell(accounts::CASH, sums.cash)}
        {cell(accounts::CASHLESS, sums.received - sums.cash)}
        {cell(accounts::RECEIVED, sums.received)}
        {cell(accounts::REVERSED, sums.reversed)}
        {cell(accounts::SPENT, sums.spent)}
    }
}
