//! What a form for a closure says (休館の入力), read into what is wished for.

use std::collections::BTreeSet;

use chrono::Weekday;
use contract::{CloseRooms, FieldProblem, ProblemKind, Refusal};
use domain::closure::{ClosureKind, ClosureReason, Hours, Place, Schedule};
use domain::town::Slug;
use uuid::Uuid;

use crate::forms::Values;

/// Every weekday, from Monday on.
pub(super) const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// The names of a form's fields, and what all of those with a slug begin with.
pub(super) const FIELDS: (&[&str], &[&str]) = (
    &[
        "facility",
        "place",
        "from",
        "until",
        "hours",
        "start",
        "end",
        "kind",
        "reason_note",
        "around",
    ],
    &["room.", "weekday."],
);

/// A weekday's field.
pub(super) fn weekday_field(day: Weekday) -> String {
    format!("weekday.{}", day.num_days_from_monday())
}

/// A room's field.
pub(super) fn room_field(room: &Slug) -> String {
    format!("room.{room}")
}

/// Reads the form.
///
/// # Errors
/// [`Refusal::InvalidInput`] with every field that is wrong, or what the rules say of the reason.
pub fn closure_wish(values: &Values) -> Result<CloseRooms, Refusal> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, problem: ProblemKind| {
        problems.push(FieldProblem {
            field: field.to_owned(),
            problem,
        });
    };
    let facility = values.filled("facility").and_then(|text| text.parse().ok());
    if facility.is_none() {
        wrong("facility", ProblemKind::NotAChoice);
    }
    let place = place(values).inspect_err(|problem| wrong("place", problem.clone()));
    let from = values.date("from");
    if from.is_none() {
        wrong("from", missing_or(values, "from", ProblemKind::Malformed));
    }
    let until = match values.filled("until") {
        None => from,
        Some(_) => {
            let until = values.date("until");
            if until.is_none() {
                wrong("until", ProblemKind::Malformed);
            }
            until
        }
    };
    let hours = match values.get("hours") {
        Some("between") => {
            let (start, end) = (values.time("start"), values.time("end"));
            for (field, time) in [("start", start), ("end", end)] {
                if time.is_none() {
                    wrong(field, missing_or(values, field, ProblemKind::Malformed));
                }
            }
            start
                .zip(end)
                .map(|(start, end)| Hours::Between { start, end })
        }
        // Whoever chose a time meant it: all day would cancel the rest of the day too.
        _ if ["start", "end"]
            .iter()
            .any(|time| values.filled(time).is_some()) =>
        {
            wrong("hours", ProblemKind::Contradicts);
            None
        }
        _ => Some(Hours::OpeningDay),
    };
    let kind = values.get("kind");
    let kind = ClosureKind::ALL
        .into_iter()
        .find(|known| kind == Some(known.as_str()));
    if kind.is_none() {
        wrong("kind", ProblemKind::Missing);
    }
    let submission = values
        .get("submission")
        .and_then(|key| key.parse::<Uuid>().ok());
    let read = (facility, place.ok(), from, until, hours, kind);
    let (Some(facility), Some(place), Some(from), Some(until), Some(hours), Some(kind)) = read
    else {
        return Err(Refusal::InvalidInput { problems });
    };
    let weekdays = WEEK
        .into_iter()
        .filter(|day| values.get(&weekday_field(*day)).is_some())
        .collect();
    Ok(CloseRooms {
        facility,
        place,
        schedule: Schedule {
            from,
            until,
            weekdays,
            hours,
        },
        reason: ClosureReason::new(kind, values.get("reason_note").unwrap_or_default())?,
        around_people: values.get("around").is_some(),
        submission: submission.ok_or(Refusal::StaleForm)?,
    })
}

fn missing_or(values: &Values, field: &str, problem: ProblemKind) -> ProblemKind {
    match values.filled(field) {
        None => ProblemKind::Missing,
        Some(_) => problem,
    }
}

/// The place; or that nothing is chosen, or rooms as well as everything: the whole facility would
/// then cancel what nobody meant.
fn place(values: &Values) -> Result<Place, ProblemKind> {
    let chosen = values.only(&[], &["room."]);
    match values.get("place") {
        Some("facility") if !chosen.is_empty() => Err(ProblemKind::Contradicts),
        Some("facility") => Ok(Place::Facility),
        Some("rooms") => {
            let rooms: BTreeSet<Slug> = chosen
                .iter()
                .filter_map(|(name, _)| name.strip_prefix("room.")?.parse().ok())
                .collect();
            Ok(Place::Rooms(rooms))
        }
        _ => Err(ProblemKind::Missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Values {
        let key = "0193a0b0-0000-7000-8000-000000000001";
        let usual = [
            ("submission", key),
            ("facility", "gym"),
            ("place", "facility"),
            ("from", "2026-12-07"),
            ("kind", "works"),
        ];
        let kept = usual
            .iter()
            .filter(|(name, _)| pairs.iter().all(|(other, _)| other != name));
        let all = kept.chain(pairs);
        Values::new(all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn a_day_without_an_end_is_one_day_from_opening_to_closing() {
        let wish = closure_wish(&form(&[])).unwrap();
        assert_eq!(wish.schedule.from, wish.schedule.until);
        assert_eq!(wish.schedule.hours, Hours::OpeningDay);
        assert_eq!(wish.place, Place::Facility);
    }

    #[test]
    fn rooms_weekdays_and_hours_are_read_as_ticked() {
        let wish = closure_wish(&form(&[
            ("place", "rooms"),
            ("room.gym-north", "1"),
            ("weekday.0", "1"),
            ("weekday.6", "1"),
            ("until", "2027-01-31"),
            ("hours", "between"),
            ("start", "09:00"),
            ("end", "12:30"),
        ]))
        .unwrap();
        assert_eq!(wish.schedule.weekdays, [Weekday::Mon, Weekday::Sun]);
        let rooms = BTreeSet::from(["gym-north".parse().unwrap()]);
        assert_eq!(wish.place, Place::Rooms(rooms));
        assert!(matches!(wish.schedule.hours, Hours::Between { .. }));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let refusal = closure_wish(&form(&[
            ("place", ""),
            ("from", "あした"),
            ("hours", "between"),
            ("start", ""),
            ("end", "25:99"),
            ("kind", "storm"),
        ]));
        let Err(Refusal::InvalidInput { problems }) = refusal else {
            panic!("{refusal:?}");
        };
        let fields: Vec<&str> = problems.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["place", "from", "start", "end", "kind"]);
    }

    #[test]
    fn what_is_chosen_against_its_heading_is_asked_about_and_closes_nothing() {
        for (pairs, field) in [
            (vec![("room.gym-north", "1")], "place"),
            (vec![("start", "09:00"), ("end", "12:30")], "hours"),
            (vec![("hours", "day"), ("start", "09:00")], "hours"),
            (vec![("hours", "day"), ("end", "12:30")], "hours"),
        ] {
            let refusal = closure_wish(&form(&pairs)).unwrap_err();
            assert_eq!(refusal, Refusal::field(field, ProblemKind::Contradicts));
        }
        let empty = [("hours", "day"), ("start", ""), ("end", "")];
        assert!(closure_wish(&form(&empty)).is_ok(), "a list left as it was");
    }

    #[test]
    fn other_needs_a_word() {
        let refusal = closure_wish(&form(&[("kind", "other")])).unwrap_err();
        assert_eq!(refusal.code(), "closure.reason_missing");
    }
}
