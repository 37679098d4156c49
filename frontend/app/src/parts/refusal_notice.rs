//! A refusal on the page it concerns: what is the matter, what to do, and where to go on.

use contract::{Refusal, SlotOffer};
use leptos::prelude::*;

use super::{Notice, Tone, When};
use crate::forms::Hidden;
use crate::links::{self, Way};
use crate::text::refusal::{self, Reason};
use crate::text::{groups, rules};
use crate::visit::for_staff;

/// Says why not and what now; for a taken slot, the nearest free times with the answers kept.
#[component]
pub fn RefusalNotice(
    refusal: Refusal,
    /// What was answered already and goes along to another time.
    #[prop(optional)]
    answers: Vec<(String, String)>,
    #[prop(default = Way::Own)] way: Way,
) -> impl IntoView {
    let words = if for_staff() {
        refusal::explain_to_staff(&refusal)
    } else {
        refusal::explain(&refusal)
    };
    let offers = match refusal {
        Refusal::SlotTaken { alternatives } => alternatives,
        _ => Vec::new(),
    };
    let offers = (!offers.is_empty()).then(|| {
        let kept = (!answers.is_empty()).then_some(refusal::ANSWERS_KEPT);
        let offers = offers
            .into_iter()
            .map(
                |offer| view! { <li><OtherTime offer=offer answers=answers.clone() way=way/></li> },
            )
            .collect_view();
        view! {
            {kept.map(|words| view! { <p>{words}</p> })}
            <ul class="offers" role="list">{offers}</ul>
        }
    });
    let next = if words.reasons.is_empty() {
        view! { <p>{words.next}</p> }.into_any()
    } else {
        view! { <Reasons reasons=words.reasons/> }.into_any()
    };
    view! {
        <Notice tone=Tone::Error heading=words.what announced=true>
            {next}
            {offers}
        </Notice>
    }
}

/// What can be done next, as a list; of several reasons, for each of them. One reason is the heading
/// already.
#[component]
fn Reasons(reasons: Vec<Reason>) -> impl IntoView {
    let several = reasons.len() > 1;
    let register = if for_staff() {
        links::COUNTER_GROUPS
    } else {
        links::GROUPS
    };
    let reasons = reasons.into_iter().map(|reason| {
        let steps = reason
            .next
            .into_iter()
            .map(|step| view! { <li>{step}</li> })
            .collect_view();
        let renew =
            (reason.renews_group).then(|| view! { <p><a href=register>{groups::TO_RENEW}</a></p> });
        view! {
            <div>
                {several.then(|| view! { <h3>{reason.what}</h3> })}
                <p>{rules::NEXT}</p>
                <ul>{steps}</ul>
                {renew}
            </div>
        }
    });
    reasons.collect_view()
}

/// One offered time. Answers go along in a form and not in an address, because people write about
/// themselves in a note and addresses end up in logs and histories.
#[component]
fn OtherTime(offer: SlotOffer, answers: Vec<(String, String)>, way: Way) -> impl IntoView {
    let SlotOffer {
        room,
        room_name,
        span,
    } = offer;
    let words = view! {
        <span><When span=span/></span>
        <small>{room_name}</small>
    };
    if answers.is_empty() {
        return view! { <a class="offer" href=way.book(&room, span)>{words}</a> }.into_any();
    }
    let (start, end) = span.times();
    let whose = match way {
        Way::Own => None,
        Way::For(person) => Some(view! { <Hidden name="person" value=person.to_string()/> }),
    };
    let answers = answers
        .into_iter()
        .map(|(name, value)| view! { <Hidden name=name value=value/> })
        .collect_view();
    view! {
        <form method="post" action=way.form(&room)>
            {whose}
            <Hidden name="date" value=span.date().to_string()/>
            <Hidden name="start" value=start.to_string()/>
            <Hidden name="end" value=end.to_string()/>
            {answers}
            <button class="offer" type="submit" name="action" value="other_time">{words}</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use contract::RuleProblem;
    use domain::eligibility::NextStep;
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
        let answers = [
            ("people", "12"),
            ("note", "山田の携帯は 090-1234-5678 です"),
        ];
        let answers = answers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec();
        let page = html(|| view! { <RefusalNotice refusal=refusal answers=answers/> });
        assert!(page.contains("name=\"people\" value=\"12\""), "{page}");
        assert!(page.contains("name=\"note\" value=\"山田"), "{page}");
        assert!(!page.contains("?"), "no answer in an address: {page}");
        assert!(page.contains("20:00–22:00"), "{page}");
        assert!(page.contains("role=\"alert\""), "{page}");
    }

    #[test]
    fn what_can_be_done_next_is_a_list_and_of_several_rules_each_has_its_own() {
        let rule = |code, words: &str, next, also| RuleProblem {
            code,
            words: words.to_owned(),
            article: "規則第5条".to_owned(),
            next,
            also,
        };
        let quota = rule(
            "quota.reached",
            "上限に達しています",
            vec![NextStep::AskForLess, NextStep::CancelOne],
            Vec::new(),
        );
        let one = Refusal::Rule(quota.clone());
        let page = html(|| view! { <RefusalNotice refusal=one/> });
        assert!(
            page.contains("<h2>上限に達しています（規則第5条）。</h2>"),
            "{page}"
        );
        assert!(page.contains("次にできること"), "{page}");
        assert_eq!(page.matches("<li>").count(), 2, "{page}");
        assert!(!page.contains("<h3>"), "{page}");

        let young = vec![NextStep::AskGrownUp];
        let two = Refusal::Rule(rule(
            "age.too_young",
            "利用できる年齢ではありません",
            young,
            vec![quota],
        ));
        let page = html(|| view! { <RefusalNotice refusal=two/> });
        assert!(
            page.contains("<h2>予約できない理由が2つあります。</h2>"),
            "{page}"
        );
        assert_eq!(
            (page.matches("<h3>").count(), page.matches("<li>").count()),
            (2, 3),
            "{page}"
        );
    }

    /// Scenario 51.
    #[test]
    fn a_group_that_is_to_be_renewed_is_led_to() {
        let from = NaiveDate::from_ymd_opt(2027, 2, 1).unwrap();
        let expired = Refusal::Rule(RuleProblem {
            code: "group.expired",
            words: "団体の登録は2027年3月31日までです".to_owned(),
            article: "規則第4条".to_owned(),
            next: vec![NextStep::RenewGroup { from }],
            also: Vec::new(),
        });
        let page = html(|| view! { <RefusalNotice refusal=expired/> });
        assert!(
            page.contains("2027年2月1日（月）から受け付けます"),
            "{page}"
        );
        assert!(page.contains("<a href=\"/groups\">"), "{page}");
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
