//! What programs send (入力). `validator` says which fields are missing or out of range, all at
//! once; the real rules are `domain`'s constructors and refusals.

mod booking;
mod quote;
mod search;

pub(super) use booking::{BookInput, CancelInput};
pub(super) use quote::QuoteInput;
pub(super) use search::{SearchInput, day};

use chrono::{Datelike as _, NaiveDate};
use contract::{FieldProblem, ProblemKind, Refusal};
use domain::civil::TimeOfDay;
use domain::town::Slug;
use validator::{ValidationError, ValidationErrors, ValidationErrorsKind};

/// The refusal that names every field that is wrong, in a stable order.
pub(super) fn refusal_of(errors: &ValidationErrors) -> Refusal {
    let mut problems = Vec::new();
    collect(errors, "", &mut problems);
    problems.sort_by(|one, other| one.field.cmp(&other.field));
    Refusal::InvalidInput { problems }
}

fn collect(errors: &ValidationErrors, within: &str, problems: &mut Vec<FieldProblem>) {
    for (name, kind) in errors.errors() {
        let field = if within.is_empty() {
            name.to_string()
        } else {
            format!("{within}.{name}")
        };
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, &field, problems),
            ValidationErrorsKind::List(list) => {
                for (index, inner) in list {
                    collect(inner, &format!("{field}[{index}]"), problems);
                }
            }
            ValidationErrorsKind::Field(found) => {
                let first = found.first().map_or(ProblemKind::Malformed, problem_kind);
                problems.push(FieldProblem {
                    field,
                    problem: first,
                });
            }
        }
    }
}

fn problem_kind(error: &ValidationError) -> ProblemKind {
    let number = |name: &str| {
        let value = error.params.get(name)?;
        let whole = value.as_u64().or_else(|| value.as_f64().and_then(whole))?;
        u32::try_from(whole).ok()
    };
    match (error.code.as_ref(), number("min"), number("max")) {
        ("required", ..) => ProblemKind::Missing,
        ("length", _, Some(max)) => ProblemKind::TooLong { max },
        ("range", Some(min), Some(max)) => ProblemKind::OutOfRange { min, max },
        _ => ProblemKind::Malformed,
    }
}

/// `validator` hands some bounds over as floats.
fn whole(number: f64) -> Option<u64> {
    format!("{number:.0}").parse().ok()
}

fn is_slug(text: &str) -> Result<(), ValidationError> {
    text.parse::<Slug>()
        .map(|_slug| ())
        .map_err(|_not_one| ValidationError::new("slug"))
}

fn is_time(text: &str) -> Result<(), ValidationError> {
    text.parse::<TimeOfDay>()
        .map(|_time| ())
        .map_err(|_not_one| ValidationError::new("time"))
}

fn is_date(text: &str) -> Result<(), ValidationError> {
    as_date(text)
        .map(|_date| ())
        .ok_or_else(|| ValidationError::new("date"))
}

/// `2026-11-28`, in the centuries of our calendar: chrono would also take years of six digits.
fn as_date(text: &str) -> Option<NaiveDate> {
    let date = (text.len() == 10)
        .then(|| text.parse::<NaiveDate>().ok())
        .flatten()?;
    (1900..3000).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_four_digits_for_its_year() {
        assert!(as_date("2026-11-28").is_some());
        for bad in [
            "",
            "2026-11-31",
            "2026-1-1",
            "+262142-12-31",
            "11/28/2026",
            "２０２６-11-28",
        ] {
            assert!(as_date(bad).is_none(), "{bad}");
        }
    }
}
