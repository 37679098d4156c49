//! この時間で予約する: the booking form.

use app::links::Way;
use app::{Answers, Values};
use axum::extract::{Path, State};
use axum::response::Response;
use contract::{BookRoom, Failure, FieldProblem, ProblemKind, QuoteRoom, Refusal, Resident as _};
use domain::ids::GroupId;
use domain::money::Yen;
use domain::town::Slug;
use uuid::Uuid;

use super::Posted;
use crate::http::{AppState, sign_in};

/// More people than any place in Japan holds is a slip of the finger.
const PEOPLE_MAX: u32 = 100_000;
const NOTE_MAX: u32 = 200;

/// Takes the form.
pub(super) async fn post(
    State(state): State<AppState>,
    Path(room): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(room) = room.parse::<Slug>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    // The total of other answers, or another time with the same answers: nothing is booked yet.
    if matches!(
        posted.values.get("action"),
        Some("recalculate" | "other_time")
    ) {
        return posted.show_again().await;
    }
    if posted.caller.call.person().is_none() {
        let again = app::book_again(Way::Own, &room, &posted.values);
        return sign_in::see_other(&app::links::sign_in(&again));
    }
    if !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let booking = match read(room.clone(), &posted.values) {
        Ok(booking) => booking,
        Err(problems) => return posted.refuse(Refusal::InvalidInput { problems }).await,
    };
    match state.desk.book(&posted.caller.call, &booking).await {
        Ok(id) => sign_in::see_other(&app::links::confirm(id)),
        Err(Failure::Refused(Refusal::ProfileIncomplete)) => {
            let again = app::book_again(Way::Own, &room, &posted.values);
            sign_in::see_other(&app::links::profile(&again))
        }
        Err(failure) => posted.fail(failure).await,
    }
}

/// Text becomes types, or each field's problem.
pub(super) fn read(room: Slug, values: &Values) -> Result<BookRoom, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, problem| {
        problems.push(FieldProblem {
            field: field.to_owned(),
            problem,
        });
    };
    let date = required(values, "date", &mut wrong, Values::date);
    let start = required(values, "start", &mut wrong, Values::time);
    let end = required(values, "end", &mut wrong, Values::time);
    let purpose = required(values, "purpose", &mut wrong, |values, name| {
        values.filled(name)?.parse::<Slug>().ok()
    });
    let people = required(values, "people", &mut wrong, Values::number);
    if people.is_some_and(|people| people == 0 || people > PEOPLE_MAX) {
        wrong(
            "people",
            ProblemKind::OutOfRange {
                min: 1,
                max: PEOPLE_MAX,
            },
        );
    }
    let note = values.filled("note").unwrap_or_default().to_owned();
    if note.chars().count() > usize::try_from(NOTE_MAX).unwrap_or(usize::MAX) {
        wrong("note", ProblemKind::TooLong { max: NOTE_MAX });
    }
    let answers = Answers::read(values);
    for FieldProblem { field, problem } in answers.problems {
        wrong(&field, problem);
    }
    let group = match values.filled("group") {
        None => None,
        Some(id) => {
            let group = id.parse::<GroupId>().ok();
            if group.is_none() {
                wrong("group", ProblemKind::NotAChoice);
            }
            group
        }
    };
    let submission = values
        .filled("submission")
        .and_then(|key| Uuid::parse_str(key).ok());
    if submission.is_none() {
        wrong("submission", ProblemKind::Malformed);
    }
    let seen_total_yen = values.number("seen_total_yen").map(Yen::new);
    match (date, start, end, purpose, people, submission) {
        (Some(date), Some(start), Some(end), Some(purpose), Some(people), Some(submission))
            if problems.is_empty() =>
        {
            let what = QuoteRoom {
                room,
                date,
                start,
                end,
                people,
                options: answers.options,
                purpose: Some(purpose.clone()),
                attributes: answers.attributes,
                group,
                reduction: values.filled("reduction").and_then(|it| it.parse().ok()),
            };
            Ok(BookRoom {
                what,
                purpose,
                note,
                seen_total_yen,
                submission,
            })
        }
        _ => Err(problems),
    }
}

fn required<T>(
    values: &Values,
    name: &str,
    wrong: &mut impl FnMut(&str, ProblemKind),
    read: impl FnOnce(&Values, &str) -> Option<T>,
) -> Option<T> {
    let value = read(values, name);
    if value.is_none() {
        let nothing = values.filled(name).is_none();
        wrong(
            name,
            if nothing {
                ProblemKind::Missing
            } else {
                ProblemKind::Malformed
            },
        );
    }
    value
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::civil::TimeOfDay;
    use domain::fees::AttributeValue;

    use super::*;

    fn filled(changes: &[(&str, &str)]) -> Values {
        let mut pairs: Vec<(String, String)> = [
            ("date", "2026-11-28"),
            ("start", "18:00"),
            ("end", "20:00"),
            ("purpose", "basketball"),
            ("people", "１２"),
            ("option.lighting", "1"),
            ("minutes.lighting", "60"),
            ("amount.entry_fee_yen", "５００"),
            ("choice.user", "student"),
            ("submission", "0193a0b0-0000-7000-8000-000000000001"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        for (name, value) in changes {
            pairs.retain(|(known, _)| known != name);
            pairs.push(((*name).to_owned(), (*value).to_owned()));
        }
        Values::new(pairs)
    }

    #[test]
    fn a_filled_form_becomes_a_booking_full_width_digits_included() {
        let booking = read("gym".parse().unwrap(), &filled(&[])).unwrap();
        assert_eq!(booking.what.people, 12);
        assert_eq!(
            booking.what.date,
            NaiveDate::from_ymd_opt(2026, 11, 28).unwrap()
        );
        assert_eq!(booking.what.end, "20:00".parse::<TimeOfDay>().unwrap());
        assert_eq!(booking.what.options.len(), 1);
        assert_eq!(booking.what.options[0].minutes, Some(60));
        let answer = |id: &str| booking.what.attributes.get(&id.parse().unwrap()).cloned();
        assert_eq!(answer("entry_fee_yen"), Some(AttributeValue::Amount(500)));
        assert_eq!(
            answer("user"),
            Some(AttributeValue::Choice("student".to_owned()))
        );
    }

    #[test]
    fn each_nonsense_names_its_field() {
        let long = "長".repeat(201);
        for (field, value) in [
            ("date", "2026-02-30"),
            ("start", "25:00"),
            ("end", ""),
            ("purpose", "<script>"),
            ("people", "0"),
            ("people", "-3"),
            ("people", "4294967296"),
            ("amount.entry_fee_yen", "無料"),
            ("minutes.lighting", "ずっと"),
            ("note", long.as_str()),
            ("submission", "again"),
        ] {
            let problems = read("gym".parse().unwrap(), &filled(&[(field, value)])).unwrap_err();
            assert!(
                problems.iter().any(|problem| problem.field == field),
                "{field}={value}"
            );
        }
        let problems = read(
            "gym".parse().unwrap(),
            &filled(&[("option.lighting", "many")]),
        )
        .unwrap_err();
        assert_eq!(problems[0].field, "options");
    }
}
