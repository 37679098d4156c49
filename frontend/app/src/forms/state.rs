//! What was posted, and why it was refused.

use contract::Refusal;

use super::Values;
use crate::text::fields::{self, Problem};

/// A form that comes back (再表示するフォーム): the values as typed, and the refusal if there is one.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// What was posted; empty on GET.
    pub values: Values,
    /// Why it was refused; `None` when the form is only shown again.
    pub refusal: Option<Refusal>,
    /// What the page itself found wrong with single fields.
    pub further: Vec<Problem>,
}

impl FormState {
    /// A form that is only shown again.
    #[must_use]
    pub fn shown(values: Values) -> Self {
        Self {
            values,
            ..Self::default()
        }
    }

    /// A form that was refused.
    #[must_use]
    pub fn refused(values: Values, refusal: Refusal) -> Self {
        Self {
            values,
            refusal: Some(refusal),
            ..Self::default()
        }
    }

    /// The problems with single fields.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let refused = self.refusal.as_ref().map(fields::problems);
        let mut problems = refused.unwrap_or_default();
        problems.extend(self.further.iter().cloned());
        problems
    }

    /// The problem with a field.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<Problem> {
        self.problems()
            .into_iter()
            .find(|problem| problem.field == field)
    }

    /// With what else is known to be wrong, so that nobody mends one field only to hear of the next.
    /// What a field was refused for already stands.
    #[must_use]
    pub fn also(mut self, refusal: Refusal) -> Self {
        let known = self.problems();
        let further = fields::problems(&refusal);
        self.further.extend(
            further
                .into_iter()
                .filter(|new| known.iter().all(|known| known.field != new.field)),
        );
        self
    }

    /// The refusal that concerns the form as a whole, and no single field.
    #[must_use]
    pub fn refused_whole(&self) -> Option<Refusal> {
        self.refusal
            .clone()
            .filter(|refusal| fields::problems(refusal).is_empty())
    }

    /// What was posted, or else what the address says.
    #[must_use]
    pub fn values_or(&self, query: &Values) -> Values {
        if self.values.is_empty() {
            query.clone()
        } else {
            self.values.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::ProblemKind;

    use super::*;

    #[test]
    fn a_field_has_one_problem_and_every_wrong_field_has_one() {
        let missing = Refusal::field("purpose", ProblemKind::Missing);
        let form = FormState::refused(Values::default(), missing);
        let crowd = Refusal::TooManyPeople { capacity: 8 };
        let form = form.also(crowd.clone()).also(crowd);
        let fields: Vec<String> = form.problems().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["purpose", "people"]);
        assert_eq!(form.refused_whole(), None);
    }
}
