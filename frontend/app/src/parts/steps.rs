//! Step navigation (ステップナビゲーション): where one is on the way to a booking.

use leptos::prelude::*;

use crate::text::booking;

/// The steps, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// 使い方.
    Use,
    /// 確認.
    Confirm,
    /// 支払い.
    Pay,
    /// 完了.
    Done,
}

/// The steps, with the one one is at.
#[component]
pub fn Steps(now: Step) -> impl IntoView {
    let now = match now {
        Step::Use => 1,
        Step::Confirm => 2,
        Step::Pay => 3,
        Step::Done => 4,
    };
    let steps = booking::STEPS.iter().enumerate().map(move |(place, name)| {
        let (state, said) = match place.cmp(&now) {
            std::cmp::Ordering::Less => ("done", booking::STEP_DONE),
            std::cmp::Ordering::Equal => ("now", booking::STEP_NOW),
            std::cmp::Ordering::Greater => ("next", ""),
        };
        let number = if state == "done" {
            "✓".to_owned()
        } else {
            (place + 1).to_string()
        };
        view! {
            <li data-state=state aria-current=(place == now).then_some("step")>
                <span class="steps-number" aria-hidden="true">{number}</span>
                <span>
                    {*name}
                    {(!said.is_empty()).then(|| view! { <span class="unseen">{said}</span> })}
                </span>
            </li>
        }
    });
    view! {
        <nav class="steps" aria-label=booking::STEPS_NAME>
            <ol>{steps.collect_view()}</ol>
        </nav>
    }
}
