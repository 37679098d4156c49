//! What somebody is told whose time is outside the window.

use super::WindowState;
use crate::asker::Asker;
use crate::eligibility::{NextStep, RuleRefusal, Why};
use crate::town::{BookingWindow, Facility};

/// Why a time cannot be booked in this state of its window; `None` when it can.
#[must_use]
pub fn window_refusal(
    state: WindowState,
    facility: &Facility,
    window: &BookingWindow,
    asker: &Asker<'_>,
) -> Option<RuleRefusal> {
    let desk = || NextStep::AskDesk {
        phone: facility.phone.clone(),
    };
    let (why, next) = match state {
        WindowState::Open { .. } => return None,
        WindowState::NotYet { opens_at } => (
            Why::WindowNotYet { opens_at },
            vec![NextStep::BookFrom { opens_at }],
        ),
        WindowState::CounterOnly { ended_on } => {
            (Why::WindowCounterOnly { ended_on }, vec![desk()])
        }
        WindowState::Ended { ended_on } => (
            Why::WindowEnded { ended_on },
            vec![NextStep::ChooseAnotherTime, desk()],
        ),
        WindowState::Past => (Why::Past, vec![NextStep::ChooseAnotherTime]),
    };
    Some(RuleRefusal {
        why,
        article: window.article_for(asker).to_owned(),
        next,
    })
}
