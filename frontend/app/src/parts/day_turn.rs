//! Jump to another day by date, or to the one beside.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::text::availability;

/// A small form that asks for the same page on another day.
#[component]
pub fn DayTurn(
    /// The page's path, without a query.
    #[prop(into)]
    path: String,
    shown: NaiveDate,
    /// The first day that makes sense.
    first: Option<NaiveDate>,
    /// The last.
    last: Option<NaiveDate>,
    /// True to offer the days beside.
    #[prop(optional)]
    beside: bool,
) -> impl IntoView {
    let to = |date: Option<NaiveDate>, words: String| {
        let date = date.filter(|date| {
            first.is_none_or(|first| first <= *date) && last.is_none_or(|last| *date <= last)
        })?;
        Some(view! { <a class="button" href=format!("{path}?date={date}")>{words}</a> })
    };
    let turns = beside.then(|| {
        view! {
            <div class="row">
                {to(shown.pred_opt(), format!("‹ {}", availability::PREVIOUS_DAY))}
                {to(shown.succ_opt(), format!("{} ›", availability::NEXT_DAY))}
            </div>
        }
    });
    view! {
        <div class="day-turn">
            {turns}
            <form class="day-jump" method="get" action=path.clone()>
                <div>
                    <label class="small" for="jump">{availability::JUMP}</label>
                    <input
                        class="control"
                        data-width="date"
                        id="jump"
                        type="date"
                        name="date"
                        required
                        value=shown.to_string()
                        min=first.map(|day| day.to_string())
                        max=last.map(|day| day.to_string())
                    />
                </div>
                <button class="button" type="submit">{availability::JUMP_GO}</button>
            </form>
        </div>
    }
}
