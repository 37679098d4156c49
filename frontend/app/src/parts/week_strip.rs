//! Seven days as links, with a sign each (日をえらぶ).

use chrono::{Datelike, NaiveDate, Weekday};
use contract::WeekDay;
use domain::civil;
use domain::town::Slug;
use leptos::prelude::*;

use super::day_sign;
use crate::links;
use crate::text::{availability, clock};
use crate::visit::today;

/// The week around `shown`, and arrows to the weeks beside it.
#[component]
pub fn WeekStrip(
    room: Slug,
    days: Vec<WeekDay>,
    shown: NaiveDate,
    /// The week before, unless it has passed.
    earlier: Option<NaiveDate>,
    /// The week after, unless booking never reaches it.
    later: Option<NaiveDate>,
) -> impl IntoView {
    let days = days
        .into_iter()
        .map(|day| {
            let (sign, word) = day_sign(day.closed.as_ref(), &day.slots);
            let kind = if day.holiday.is_some() {
                "holiday"
            } else if day.date.weekday() == Weekday::Sun {
                "sun"
            } else {
                "day"
            };
            let holiday = day
                .holiday
                .map(|name| format!(" {name}"))
                .unwrap_or_default();
            let said = format!("{}{holiday} {word}", clock::day(day.date, today()));
            view! {
                <li data-day=kind>
                    <a
                        href=links::room(&room, Some(day.date))
                        aria-current=(day.date == shown).then_some("date")
                        aria-label=said
                    >
                        <span class="week-weekday">{civil::weekday_kanji(day.date.weekday())}</span>
                        <span class="week-date">{day.date.day()}</span>
                        <span class="week-mark">{sign}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let turn = |to: Option<NaiveDate>, mark: &'static str, said: &'static str| match to {
        Some(date) => view! {
            <a class="week-turn" href=links::room(&room, Some(date)) aria-label=said>{mark}</a>
        }
        .into_any(),
        None => view! { <span class="week-turn"></span> }.into_any(),
    };
    view! {
        <nav class="week" aria-label=availability::WEEK>
            {turn(earlier, "‹", availability::PREVIOUS_WEEK)}
            <ul class="week-days" role="list">{days}</ul>
            {turn(later, "›", availability::NEXT_WEEK)}
        </nav>
    }
}
