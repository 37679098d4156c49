//! What the form of a study says (見直しの入力), read into what is asked for.

use contract::{FieldProblem, Period, ProblemKind, Refusal, StudyFees};

use crate::forms::Values;

/// Reads the form.
///
/// # Errors
/// [`Refusal::InvalidInput`] with every field that is wrong.
pub fn study_fees(values: &Values) -> Result<StudyFees, Refusal> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, problem: ProblemKind| {
        problems.push(FieldProblem {
            field: field.to_owned(),
            problem,
        });
    };
    let file = values.filled("town_file");
    if file.is_none() {
        wrong("town_file", ProblemKind::Missing);
    }
    let (from, until) = (values.date("from"), values.date("until"));
    for (field, date) in [("from", from), ("until", until)] {
        match (date, values.filled(field)) {
            (Some(_), _) => {}
            (None, Some(_)) => wrong(field, ProblemKind::Malformed),
            (None, None) => wrong(field, ProblemKind::Missing),
        }
    }
    let period = from.zip(until).and_then(|(from, until)| {
        Period::new(from, until)
            .inspect_err(|_reversed| wrong("until", ProblemKind::Contradicts))
            .ok()
    });
    match (file, period) {
        // As it was typed: a problem is told by its line.
        (Some(_), Some(period)) => Ok(StudyFees {
            file: values.text("town_file"),
            period,
        }),
        _ => Err(Refusal::InvalidInput { problems }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, ProblemKind)> {
        let pairs = pairs.iter();
        let owned = pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        match study_fees(&Values::new(owned)) {
            Ok(_) => Vec::new(),
            Err(Refusal::InvalidInput { problems }) => problems
                .into_iter()
                .map(|it| (it.field, it.problem))
                .collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_wrong_field_is_said() {
        let all = |from: &'static str, until: &'static str| {
            fields(&[("town_file", "code = 1"), ("from", from), ("until", until)])
        };
        assert_eq!(all("2025-04-01", "2026-03-31"), []);
        let reversed = [("until".to_owned(), ProblemKind::Contradicts)];
        assert_eq!(all("2026-04-01", "2025-03-31"), reversed);
        let nonsense = [("from".to_owned(), ProblemKind::Malformed)];
        assert_eq!(all("soon", "2025-03-31"), nonsense);
        let empty = fields(&[]).into_iter().map(|(field, _)| field);
        assert_eq!(empty.collect::<Vec<_>>(), ["town_file", "from", "until"]);
    }
}
