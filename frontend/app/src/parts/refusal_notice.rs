//! A refusal on the page it concerns: what is the matter, what to do, and where to go on.

use contract::Refusal;
use leptos::prelude::*;

use super::{Notice, Tone, When};
use crate::links;
use crate::text::refusal;

/// Says why not and what now; for a taken slot, the nearest free times with the answers kept.
#[component]
pub fn RefusalNotice(
    refusal: Refusal,
    /// What was answered already and goes along to another time.
    #[prop(optional)]
    answers: Vec<(String, String)>,
) -> impl IntoView {
    let words = refusal::explain(&refusal);
    let offers = match refusal {
        Refusal::SlotTaken { alternatives } => alternatives,
        _ => Vec::new(),
    };
    let offers = (!offers.is_empty()).then(|| {
        let kept = (!answers.is_empty()).then_some(refusal::ANSWERS_KEPT);
        let offers = offers
            .into_iter()
            .map(|offer| {
                let href = links::book_with(&offer.room, offer.span, &answers);
                view! {
                    <li>
                        <a class="offer" href=href>
                            <span><When span=offer.span/></span>
                            <small>{offer.room_name}</small>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            {kept.map(|words| view! { <p>{words}</p> })}
            <ul class="offers" role="list">{offers}</ul>
        }
    });
    view! {
        <Notice tone=Tone::Error heading=words.what announced=true>
            <p>{words.next}</p>
            {offers}
        </Notice>
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use contract::SlotOffer;
    use domain::span::{Cell, Span};

    use super::*;
    use crate::test_render::html;

    #[test]
    fn somebody_who_was_too_late_is_led_to_the_next_time_with_their_answers() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        let cell = |time: &str| Cell::at(date, time.parse().unwrap()).unwrap();
        let offer = SlotOffer {
            room: "gym".parse().unwrap(),
            room_name: "体育館（全面）".to_owned(),
            span: Span::new(cell("20:00"), cell("22:00")).unwrap(),
        };
        let refusal = Refusal::SlotTaken {
            alternatives: vec![offer],
        };
        let answers = vec![("people".to_owned(), "12".to_owned())];
        let page = html(|| view! { <RefusalNotice refusal=refusal answers=answers/> });
        assert!(page.contains("people=12"), "{page}");
        assert!(page.contains("20:00–22:00"), "{page}");
        assert!(page.contains("role=\"alert\""), "{page}");
    }

    #[test]
    fn no_alternatives_leave_no_empty_list() {
        let refusal = Refusal::SlotTaken {
            alternatives: Vec::new(),
        };
        let page = html(|| view! { <RefusalNotice refusal=refusal/> });
        assert!(!page.contains("<ul"), "{page}");
    }
}
