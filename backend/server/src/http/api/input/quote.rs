//! What is to be priced.

use std::collections::BTreeMap;

use app::Values;
use contract::{ChosenOption, FieldProblem, ProblemKind, QuoteRoom, Refusal};
use domain::fees::AttributeValue;
use domain::town::Slug;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{as_date, is_date, is_slug, is_time, refusal_of};

/// More people than any place in Japan holds.
const PEOPLE_MAX: u32 = 100_000;
/// More of an option than any town owns.
const QUANTITY_MAX: u32 = 10_000;
/// The minutes of a day.
const MINUTES_MAX: u32 = 1_440;

// `Serialize`, here and below, because `validator` notes the value that it found wrong.

/// A room, a time and how it is used (料金を知りたい使い方).
#[derive(Deserialize, Serialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuoteInput {
    /// The room's id.
    #[validate(required, custom(function = "is_slug"))]
    #[schema(value_type = String, example = "nishi-gym-full")]
    room: Option<String>,
    /// The day of use, in Japan.
    #[validate(required, custom(function = "is_date"))]
    #[schema(value_type = String, format = Date, example = "2026-11-28")]
    date: Option<String>,
    /// From, in Japan.
    #[validate(required, custom(function = "is_time"))]
    #[schema(value_type = String, example = "18:00")]
    start: Option<String>,
    /// Until, in Japan; `24:00` is allowed.
    #[validate(required, custom(function = "is_time"))]
    #[schema(value_type = String, example = "20:00")]
    end: Option<String>,
    /// How many people.
    #[validate(required, range(min = 1, max = 100_000))]
    #[schema(value_type = u32, minimum = 1, maximum = 100_000)]
    people: Option<i64>,
    /// What for: one of the room's purposes. Some prices depend on it.
    #[validate(custom(function = "is_slug"))]
    #[schema(required = false, value_type = Option<String>, example = "basketball")]
    purpose: Option<String>,
    /// What is booked with the room.
    #[serde(default)]
    #[validate(nested, length(max = 50))]
    #[schema(required = false, max_items = 50)]
    options: Vec<OptionInput>,
    /// The answers to the town's own questions, `{"commercial": true, "entry_fee_yen": 500,
    /// "user": "student"}`. What the card answers is ignored.
    #[serde(default)]
    #[schema(required = false)]
    attributes: BTreeMap<String, AnswerInput>,
}

/// An answer to one of the town's questions (利用者区分・入場料).
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum AnswerInput {
    /// Yes or no.
    Flag(bool),
    /// An amount, yen.
    Amount(u64),
    /// The id of a class.
    Choice(String),
}

/// Something booked with the room (照明・備品).
#[derive(Deserialize, Serialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptionInput {
    /// The option's id.
    #[validate(required, custom(function = "is_slug"))]
    #[schema(value_type = String, example = "lights")]
    id: Option<String>,
    /// How many.
    #[validate(required, range(min = 1, max = 10_000))]
    #[schema(value_type = u32, minimum = 1, maximum = 10_000)]
    quantity: Option<i64>,
    /// For how many minutes; the whole time when absent.
    #[serde(default)]
    #[validate(range(min = 1, max = 1440))]
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 1440, required = false)]
    minutes: Option<i64>,
}

impl QuoteInput {
    /// From `room&date&start&end&people`, `option.<id>=n` and `minutes.<id>=n` of what is booked
    /// with it, and the answers `attribute.<id>=true`, `amount.<id>=n` and `choice.<id>=id`. An
    /// option of which there is nothing, or 0, is not booked.
    pub(in super::super) fn from_query(values: &Values) -> Result<Self, Refusal> {
        let text = |name| values.filled(name).map(str::to_owned);
        let mut problems = Vec::new();
        let mut number = |name: &str, max: u32| {
            let read = values.number(name).filter(|number| *number <= max);
            let said = values.filled(name).is_some();
            if said && read.is_none() {
                let problem = ProblemKind::OutOfRange { min: 1, max };
                problems.push(FieldProblem {
                    field: name.to_owned(),
                    problem,
                });
            }
            read
        };
        let people = number("people", PEOPLE_MAX).map(i64::from);
        let mut options = Vec::new();
        for (name, _) in values.only(&[], &["option."]) {
            let Some(id) = name.strip_prefix("option.") else {
                continue;
            };
            match number(&name, QUANTITY_MAX) {
                Some(0) | None => {}
                quantity => options.push(OptionInput {
                    id: Some(id.to_owned()),
                    quantity: quantity.map(i64::from),
                    minutes: number(&format!("minutes.{id}"), MINUTES_MAX).map(i64::from),
                }),
            }
        }
        let mut attributes = BTreeMap::new();
        for (name, value) in values.only(&[], &["attribute."]) {
            let Some(id) = name.strip_prefix("attribute.") else {
                continue;
            };
            match value.as_str() {
                "true" | "on" => drop(attributes.insert(id.to_owned(), AnswerInput::Flag(true))),
                "false" | "" => drop(attributes.insert(id.to_owned(), AnswerInput::Flag(false))),
                _ => problems.push(FieldProblem {
                    field: name,
                    problem: ProblemKind::Malformed,
                }),
            }
        }
        for (name, value) in values.only(&[], &["amount.", "choice."]) {
            let Some((kind, id)) = name.split_once('.') else {
                continue;
            };
            let answer = match (kind, value.trim()) {
                (_, "") => continue,
                ("amount", _) => values.amount(&name).map(u64::from).map(AnswerInput::Amount),
                (_, choice) => Some(AnswerInput::Choice(choice.to_owned())),
            };
            match answer {
                Some(answer) => drop(attributes.insert(id.to_owned(), answer)),
                None => problems.push(FieldProblem {
                    field: name,
                    problem: ProblemKind::Malformed,
                }),
            }
        }
        let input = Self {
            room: text("room"),
            date: text("date"),
            start: text("start"),
            end: text("end"),
            people,
            purpose: text("purpose"),
            options,
            attributes,
        };
        if let Err(errors) = input.validate()
            && let Refusal::InvalidInput { problems: found } = refusal_of(&errors)
        {
            problems.extend(
                found
                    .into_iter()
                    .filter(|new| !problems.iter().any(|old| old.field == new.field))
                    .collect::<Vec<_>>(),
            );
        }
        if problems.is_empty() {
            Ok(input)
        } else {
            Err(Refusal::InvalidInput { problems })
        }
    }

    /// As the use cases want it.
    ///
    /// # Errors
    /// The refusal for an attribute that cannot be the town's, or a field that was not checked.
    pub(in super::super) fn typed(&self) -> Result<QuoteRoom, Refusal> {
        let attribute = |(id, answer): (&String, &AnswerInput)| match id.parse::<Slug>() {
            Ok(id) => Ok((id, answer.clone().into())),
            Err(_not_a_slug) => Err(Refusal::UnknownAttribute {
                attribute: id.clone(),
            }),
        };
        Ok(QuoteRoom {
            room: parsed("room", self.room.as_deref())?,
            date: self
                .date
                .as_deref()
                .and_then(as_date)
                .ok_or_else(|| Refusal::field("date", ProblemKind::Malformed))?,
            start: parsed("start", self.start.as_deref())?,
            end: parsed("end", self.end.as_deref())?,
            people: count("people", self.people)?,
            options: self
                .options
                .iter()
                .map(OptionInput::typed)
                .collect::<Result<_, _>>()?,
            attributes: self
                .attributes
                .iter()
                .map(attribute)
                .collect::<Result<_, _>>()?,
            purpose: match self.purpose.as_deref() {
                Some(purpose) => Some(parsed("purpose", Some(purpose))?),
                None => None,
            },
            group: None,
            reduction: None,
        })
    }
}

impl OptionInput {
    fn typed(&self) -> Result<ChosenOption, Refusal> {
        Ok(ChosenOption {
            id: parsed("options", self.id.as_deref())?,
            quantity: count("options", self.quantity)?,
            minutes: match self.minutes {
                Some(_) => Some(count("options", self.minutes)?),
                None => None,
            },
        })
    }
}

impl From<AnswerInput> for AttributeValue {
    fn from(answer: AnswerInput) -> Self {
        match answer {
            AnswerInput::Flag(holds) => Self::Flag(holds),
            AnswerInput::Amount(yen) => Self::Amount(yen),
            AnswerInput::Choice(id) => Self::Choice(id),
        }
    }
}

pub(super) fn parsed<T: std::str::FromStr>(field: &str, text: Option<&str>) -> Result<T, Refusal> {
    text.ok_or_else(|| Refusal::field(field, ProblemKind::Missing))?
        .parse()
        .map_err(|_malformed| Refusal::field(field, ProblemKind::Malformed))
}

fn count(field: &str, number: Option<i64>) -> Result<u32, Refusal> {
    number
        .and_then(|number| u32::try_from(number).ok())
        .ok_or_else(|| Refusal::field(field, ProblemKind::Malformed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Result<QuoteRoom, Refusal> {
        let pairs = url::form_urlencoded::parse(text.as_bytes()).into_owned();
        QuoteInput::from_query(&Values::new(pairs)).and_then(|input| input.typed())
    }

    fn fields(refusal: Refusal) -> Vec<String> {
        match refusal {
            Refusal::InvalidInput { problems } => problems.into_iter().map(|p| p.field).collect(),
            other => panic!("{other:?}"),
        }
    }

    const GYM: &str = "room=gym&date=2026-11-28&start=18:00&end=20:00&people=12";

    #[test]
    fn the_booking_forms_own_fields_make_a_quote() {
        let what = query(&format!(
            "{GYM}&option.lights=1&minutes.lights=60&option.balls=0&minutes.balls=\
             &attribute.commercial=on&amount.entry_fee_yen=1,500&choice.user=student"
        ))
        .unwrap();
        assert_eq!(what.people, 12);
        assert_eq!(what.options.len(), 1);
        assert_eq!(what.options[0].quantity, 1);
        assert_eq!(what.options[0].minutes, Some(60));
        let answer = |id: &str| what.attributes[&id.parse::<Slug>().unwrap()].clone();
        assert_eq!(answer("commercial"), AttributeValue::Flag(true));
        assert_eq!(answer("entry_fee_yen"), AttributeValue::Amount(1_500));
        assert_eq!(answer("user"), AttributeValue::Choice("student".to_owned()));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let wrong = "room=GYM&date=2026-02-30&start=25:00&people=0&option.lights=x&attribute.a=maybe&amount.b=c";
        assert_eq!(
            fields(query(wrong).unwrap_err()),
            [
                "option.lights",
                "attribute.a",
                "amount.b",
                "date",
                "end",
                "people",
                "room",
                "start"
            ]
        );
        assert_eq!(
            fields(query("").unwrap_err()),
            ["date", "end", "people", "room", "start"]
        );
    }
}
