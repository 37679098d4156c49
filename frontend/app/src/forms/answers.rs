//! What was answered about a use (使い方の答え): from the fields of a form or an address into types.
//!
//! The name of a field says what kind of answer it has, because the town makes the rest of it:
//! `option.light=1`, `minutes.light=60`, `attribute.commercial=on`, `amount.entry_fee_yen=500`,
//! `choice.user=student`.

use std::collections::BTreeMap;

use contract::{ChosenOption, FieldProblem, ProblemKind};
use domain::fees::AttributeValue;
use domain::town::{Room, Slug};

use super::Values;

/// What the names of answers begin with.
pub const ANSWERS_BY_PREFIX: [&str; 5] =
    ["option.", "minutes.", "attribute.", "amount.", "choice."];

/// What one can have of an option at most, before the town file says less.
const QUANTITY_MAX: u32 = 10_000;
/// An amount that nobody asks of a guest, yen.
const AMOUNT_MAX: u32 = 100_000_000;

/// The answers, and what of them cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// What is used with the room.
    pub options: Vec<ChosenOption>,
    /// The answers to the town's questions.
    pub attributes: BTreeMap<Slug, AttributeValue>,
    /// What is wrong, by field.
    pub problems: Vec<FieldProblem>,
}

impl Answers {
    /// Reads every answer. What was left empty is no answer: no such option, an amount of 0, no.
    #[must_use]
    pub fn read(values: &Values) -> Self {
        let mut answers = Self::default();
        for (name, value) in values.only(&[], &ANSWERS_BY_PREFIX) {
            let Some((kind, id)) = name.split_once('.') else {
                continue;
            };
            if value.trim().is_empty() {
                continue;
            }
            let Ok(id) = id.parse::<Slug>() else {
                let group = if kind == "option" {
                    "options"
                } else {
                    "attributes"
                };
                answers.wrong(group, ProblemKind::NotAChoice);
                continue;
            };
            match kind {
                "option" => answers.option(values, &name, id),
                "attribute" => answers.answer(id, AttributeValue::Flag(true)),
                "amount" => answers.amount(values, &name, id),
                "choice" => answers.answer(id, AttributeValue::Choice(value.trim().to_owned())),
                // With its option.
                _ => {}
            }
        }
        answers
    }

    /// Only what the room has and asks: answers go along from one room to another.
    #[must_use]
    pub fn for_room(mut self, room: &Room, asked: &[&Slug]) -> Self {
        let has = |id: &Slug| room.options.iter().any(|option| option.id == *id);
        self.options.retain(|option| has(&option.id));
        self.attributes.retain(|id, _| asked.contains(&id));
        self
    }

    fn wrong(&mut self, field: &str, problem: ProblemKind) {
        self.problems.push(FieldProblem {
            field: field.to_owned(),
            problem,
        });
    }

    fn answer(&mut self, id: Slug, answer: AttributeValue) {
        self.attributes.insert(id, answer);
    }

    fn option(&mut self, values: &Values, name: &str, id: Slug) {
        let quantity = match values.number(name) {
            Some(0) => return,
            Some(quantity) if quantity <= QUANTITY_MAX => quantity,
            _ => return self.wrong("options", ProblemKind::Malformed),
        };
        let part = format!("minutes.{id}");
        let minutes = values.number(&part);
        if minutes.is_none() && values.filled(&part).is_some() {
            self.wrong(&part, ProblemKind::NotAChoice);
        }
        self.options.push(ChosenOption {
            id,
            quantity,
            minutes,
        });
    }

    fn amount(&mut self, values: &Values, name: &str, id: Slug) {
        match values.amount(name) {
            Some(yen) if yen <= AMOUNT_MAX => {
                self.answer(id, AttributeValue::Amount(yen.into()));
            }
            Some(_) => self.wrong(
                name,
                ProblemKind::OutOfRange {
                    min: 0,
                    max: AMOUNT_MAX,
                },
            ),
            None => self.wrong(name, ProblemKind::Malformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Answers {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Answers::read(&Values::new(pairs.iter().map(own)))
    }

    fn slug(text: &str) -> Slug {
        text.parse().unwrap()
    }

    #[test]
    fn every_kind_of_answer_is_read_by_the_name_of_its_field() {
        let answers = read(&[
            ("option.light", "1"),
            ("minutes.light", "60"),
            ("option.ball", "３"),
            ("minutes.ball", ""),
            ("minutes.not-chosen", "30"),
            ("attribute.commercial", "on"),
            ("amount.entry_fee_yen", "１，５００円"),
            ("choice.user", "500"),
            ("note", "500"),
        ]);
        assert_eq!(answers.problems, []);
        let chosen = |id, quantity, minutes| ChosenOption {
            id: slug(id),
            quantity,
            minutes,
        };
        let options = [chosen("light", 1, Some(60)), chosen("ball", 3, None)];
        assert_eq!(answers.options, options);
        let attributes = [
            (slug("commercial"), AttributeValue::Flag(true)),
            (slug("entry_fee_yen"), AttributeValue::Amount(1_500)),
            (slug("user"), AttributeValue::Choice("500".to_owned())),
        ];
        assert_eq!(answers.attributes, BTreeMap::from(attributes));
    }

    #[test]
    fn what_is_left_empty_is_no_answer() {
        let answers = read(&[
            ("option.light", ""),
            ("option.ball", "0"),
            ("amount.entry_fee_yen", " "),
            ("choice.user", ""),
        ]);
        assert_eq!(answers, Answers::default());
    }

    #[test]
    fn what_cannot_be_read_names_its_field() {
        for (name, value, field) in [
            ("option.light", "many", "options"),
            ("option.LIGHT", "1", "options"),
            ("option.light", "10001", "options"),
            ("amount.entry_fee_yen", "-5", "amount.entry_fee_yen"),
            ("amount.entry_fee_yen", "無料", "amount.entry_fee_yen"),
            ("amount.entry_fee_yen", "100000001", "amount.entry_fee_yen"),
            ("choice.<script>", "a", "attributes"),
        ] {
            let fields: Vec<String> = read(&[(name, value)])
                .problems
                .into_iter()
                .map(|problem| problem.field)
                .collect();
            assert_eq!(fields, [field], "{name}={value}");
        }
        let part = read(&[("option.light", "1"), ("minutes.light", "half")]);
        assert_eq!(part.problems[0].field, "minutes.light");
    }
}
