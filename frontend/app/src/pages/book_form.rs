//! The booking form itself.

use contract::{GroupChoice, Refusal, TownView, WeekDay, WeekView};
use domain::civil::TimeOfDay;
use domain::quote::Quote;
use domain::span::Span;
use domain::town::{SlotRule, Slug};
use leptos::prelude::*;

use super::book_questions::{Questions, asked};
use super::for_whom::ForWhom;
use crate::forms::{Hidden, Need, SeedFields, SelectField, TextArea, Values};
use crate::islands::LiveTotal;
use crate::links::Way;
use crate::parts::{Kind, QuotePanel, ReductionChoice, Submit};
use crate::text::{booking, walk_in};
use crate::visit::Visit;

/// Purpose, people, options, note; the total; the button.
#[component]
pub fn BookForm(
    visit: Visit,
    view: WeekView,
    town: TownView,
    span: Span,
    quote: Result<Quote, Refusal>,
    /// The options that are charged without being asked for.
    automatic: Vec<Slug>,
    values: Values,
    /// The groups that it can be for.
    groups: Vec<GroupChoice>,
    #[prop(default = Way::Own)] way: Way,
) -> impl IntoView {
    let room = view.room.clone();
    let (start, end) = span.times();
    let ends = possible_ends(&view, span);
    let form = visit.form.clone();
    let known = way != Way::Own || visit.call.person().is_some();
    let (button, support) = match way {
        Way::For(_) => (walk_in::HOLD, walk_in::HOLD_SUPPORT),
        Way::Own if known => (booking::BOOK, booking::BOOK_SUPPORT),
        Way::Own => (booking::SIGN_IN_AND_BOOK, booking::SIGN_IN_SUPPORT),
    };
    let whose = match way {
        Way::Own => None,
        Way::For(person) => Some(view! { <Hidden name="person" value=person.to_string()/> }),
    };
    view! {
        <form class="stack" data-gap="wide" method="post" novalidate action=way.form(&room.id)>
            <SeedFields seed=visit.seed/>
            {whose}
            <Hidden name="date" value=span.date().to_string()/>
            <Hidden name="start" value=start.to_string()/>
            <End form=form.clone() end=end ends=ends/>
            <ForWhom form=form.clone() values=values.clone() groups=groups way=way/>
            <Questions
                form=form.clone() values=values.clone() room=room.clone()
                attributes=asked(&view.facility, &view.room, &town) minutes=span.minutes()
                automatic=automatic
            />
            <ReductionChoice
                form=form.clone() values=values.clone() reductions=town.reductions
                facility=view.facility.clone() room=room.clone()
            />
            {known.then(|| view! {
                <TextArea
                    form=form values=values name="note" label=booking::NOTE need=Need::Optional
                    support=Some(booking::NOTE_SUPPORT.to_owned()) maxlength=200
                />
            })}
            <LiveTotal/>
            <noscript>
                <Submit name="action" value="recalculate">{booking::RECALCULATE}</Submit>
            </noscript>
            <p class="quiet small">{support}</p>
            <div class="booking-bar">
                <QuotePanel quote=quote/>
                <div class="actions">
                    <Submit kind=Kind::Primary name="action" value="book">{button}</Submit>
                </div>
            </div>
        </form>
    }
}

/// Until when the room can be had from this start.
fn possible_ends(view: &WeekView, span: Span) -> Vec<TimeOfDay> {
    let limits = match &view.room.slots {
        SlotRule::Divisions(_) => (0, u32::MAX),
        SlotRule::Grid {
            min_minutes,
            max_minutes,
            ..
        } => (u32::from(*min_minutes), u32::from(*max_minutes)),
    };
    let day = view.days.iter().find(|day| day.date == span.date());
    day.map(|day| free_ends(day, limits, span))
        .unwrap_or_default()
}

/// The ends of the free slots in a row from the span's start, within the limits in minutes.
fn free_ends(day: &WeekDay, (shortest, longest): (u32, u32), span: Span) -> Vec<TimeOfDay> {
    let mut ends = Vec::new();
    let mut reached = span.start();
    // On a grid slots overlap: one begins at every step and lasts as long as the shortest booking.
    for slot in day
        .slots
        .iter()
        .filter(|slot| slot.span.start() >= span.start())
    {
        // Where the floor is taken somewhere in a slot, nothing longer reaches past it.
        if slot.span.start() > reached || !slot.status.is_bookable() {
            break;
        }
        if slot.span.end() <= reached {
            continue;
        }
        reached = slot.span.end();
        let fits = Span::new(span.start(), reached)
            .is_ok_and(|span| (shortest..=longest).contains(&span.minutes()));
        if fits {
            ends.push(slot.span.times().1);
        }
    }
    ends
}

#[component]
fn End(form: crate::FormState, end: TimeOfDay, ends: Vec<TimeOfDay>) -> impl IntoView {
    if ends.len() < 2 {
        return view! { <Hidden name="end" value=end.to_string()/> }.into_any();
    }
    let values = Values::new([("end".to_owned(), end.to_string())]);
    let options = ends
        .into_iter()
        .map(|end| (end.to_string(), end.clock()))
        .collect();
    view! {
        <SelectField
            form=form values=values name="end" label=booking::END need=Need::Required
            options=options
        />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use contract::SlotView;
    use domain::availability::SlotStatus;
    use domain::span::Cell;

    use super::*;

    fn span(start: &str, end: &str) -> Span {
        let date = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        let cell = |time: &str| Cell::at(date, time.parse().unwrap()).unwrap();
        Span::new(cell(start), cell(end)).unwrap()
    }

    fn day(slots: &[(&str, &str, bool)]) -> WeekDay {
        let slots = slots.iter().map(|(start, end, free)| SlotView {
            span: span(start, end),
            division: None,
            status: if *free {
                SlotStatus::Free
            } else {
                SlotStatus::Taken
            },
            price_yen: None,
        });
        WeekDay {
            date: NaiveDate::from_ymd_opt(2026, 11, 28).unwrap(),
            holiday: None,
            closed: None,
            slots: slots.collect(),
        }
    }

    fn ends(day: &WeekDay, limits: (u32, u32), from: (&str, &str)) -> Vec<String> {
        let ends = free_ends(day, limits, span(from.0, from.1));
        ends.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn divisions_in_a_row_can_be_booked_together_up_to_the_first_taken_one() {
        let day = day(&[
            ("08:30", "12:30", true),
            ("12:30", "17:00", true),
            ("17:00", "21:30", false),
        ]);
        assert_eq!(
            ends(&day, (0, u32::MAX), ("08:30", "12:30")),
            ["12:30", "17:00"]
        );
    }

    #[test]
    fn a_break_between_divisions_ends_the_booking() {
        let day = day(&[("08:30", "12:30", true), ("13:00", "17:00", true)]);
        assert_eq!(ends(&day, (0, u32::MAX), ("08:30", "12:30")), ["12:30"]);
    }

    #[test]
    fn on_a_grid_the_end_moves_by_steps_between_the_shortest_and_the_longest_booking() {
        let day = day(&[
            ("08:30", "09:30", true),
            ("09:00", "10:00", true),
            ("09:30", "10:30", true),
            ("10:00", "11:00", true),
            ("10:30", "11:30", false),
            ("11:00", "12:00", false),
        ]);
        assert_eq!(
            ends(&day, (60, 240), ("09:00", "10:00")),
            ["10:00", "10:30", "11:00"]
        );
        assert_eq!(ends(&day, (60, 90), ("09:00", "10:00")), ["10:00", "10:30"]);
    }
}
