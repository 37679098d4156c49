//! What there is to say once about a day of one room or of all (この日について).

use chrono::NaiveDate;
use contract::{SlotOffer, SlotView};
use domain::availability::SlotStatus;
use leptos::prelude::*;

use super::{NextFree, bookable_count};
use crate::links::{self, Way};
use crate::text::availability;
use crate::visit::today;

/// Why nothing can be booked, or why less than it seems, and what to do; on a full day also the
/// next time that is free. Silent about a day like any other.
#[component]
pub fn DaySays(
    date: NaiveDate,
    /// All slots of the day.
    slots: Vec<SlotView>,
    /// The facility's telephone number.
    phone: String,
    /// What to offer when nothing on the day can be booked.
    next: Option<SlotOffer>,
    /// True to say which room the offer is.
    #[prop(optional)]
    with_room: bool,
    #[prop(default = Way::Own)] way: Way,
) -> impl IntoView {
    let full = bookable_count(&slots) == 0;
    let why = why(&slots).map(|(status, words)| {
        // The sign stands for these words in every line below.
        let at_the_desk = status.filter(|status| matches!(status, SlotStatus::CounterOnly { .. }));
        let sign = at_the_desk.map(|status| {
            view! { <span class="mark" aria-hidden="true">{availability::sign(status)}" "</span> }
        });
        let call = at_the_desk.map(|_| {
            view! { " "<a class="nowrap" href=links::telephone(&phone)>{phone.clone()}</a> }
        });
        view! { <p>{sign}{words}{call}</p> }
    });
    let next = full.then(|| {
        view! {
            <p class="day-next"><NextFree offer=next with_room=with_room after=date way=way/></p>
        }
    });
    (why.is_some() || next.is_some()).then(|| view! { <div class="day-says">{why}{next}</div> })
}

/// The status that needs explaining, and the words.
fn why(slots: &[SlotView]) -> Option<(Option<&SlotStatus>, String)> {
    let status = || slots.iter().map(|slot| &slot.status);
    let explained = status().find_map(|status| {
        let words = availability::what_now(status, today())?;
        Some((Some(status), words))
    });
    explained.or_else(|| {
        let words = if slots.is_empty() {
            availability::DAY_EMPTY
        } else if status().all(|status| *status == SlotStatus::Past) {
            availability::DAY_OVER
        } else if bookable_count(slots) == 0 {
            availability::DAY_FULL
        } else {
            return None;
        };
        Some((None, words.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use domain::span::{Cell, Span};

    use super::*;
    use crate::test_render::html;

    fn date(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn span(date: NaiveDate) -> Span {
        let cell = |time: &str| Cell::at(date, time.parse().unwrap()).unwrap();
        Span::new(cell("18:00"), cell("20:00")).unwrap()
    }

    /// What the page says about 28 November with slots like these, the next free time being on
    /// this day.
    fn says(statuses: &[SlotStatus], next: Option<NaiveDate>) -> String {
        let slot = |status: &SlotStatus| SlotView {
            span: span(date(11, 28)),
            division: None,
            status: status.clone(),
            price_yen: None,
        };
        let slots: Vec<SlotView> = statuses.iter().map(slot).collect();
        let next = next.map(|next| SlotOffer {
            room: "gym".parse().unwrap(),
            room_name: "体育館".to_owned(),
            span: span(next),
        });
        let phone = "0774-95-1900".to_owned();
        html(|| view! { <DaySays date=date(11, 28) slots=slots phone=phone next=next/> })
    }

    #[test]
    fn a_full_day_leads_to_the_next_free_time() {
        let page = says(&[SlotStatus::Taken, SlotStatus::Taken], Some(date(11, 30)));
        assert!(page.contains("この日は空きがありません。"), "{page}");
        assert!(page.contains("次の空き"), "{page}");
        assert!(page.contains("11月30日（月）"), "{page}");
    }

    #[test]
    fn a_day_before_its_window_says_when_it_opens_and_what_can_be_had_now() {
        let opens_at: DateTime<Utc> = "2027-02-01T00:00:00Z".parse().unwrap();
        let page = says(&[SlotStatus::NotYet { opens_at }], Some(date(11, 22)));
        assert!(
            page.contains("受付前です。予約の受付は 2月1日（月）9:00 に始まります。"),
            "{page}"
        );
        assert!(page.contains("いま予約できる空き"), "{page}");
        assert!(!page.contains("この日は空きがありません。"), "{page}");
    }

    #[test]
    fn where_only_the_desk_can_help_its_number_is_there_once() {
        let status = SlotStatus::CounterOnly {
            ended_on: date(10, 28),
        };
        let page = says(&[status.clone(), status], None);
        assert_eq!(page.matches("tel:0774951900").count(), 1, "{page}");
        assert!(page.contains("電話か窓口"), "{page}");
    }

    #[test]
    fn a_day_with_free_times_needs_no_words() {
        assert!(!says(&[SlotStatus::Taken, SlotStatus::Free], None).contains("<p"));
    }
}
