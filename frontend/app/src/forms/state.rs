//! What was posted, and why it was refused.

use contract::{FieldProblem, Refusal};

use super::Values;

/// A form that comes back (再表示するフォーム): the values as typed, and the refusal if there is one.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// What was posted; empty on GET.
    pub values: Values,
    /// Why it was refused; `None` when the form is only shown again.
    pub refusal: Option<Refusal>,
}

impl FormState {
    /// The problems with single fields.
    #[must_use]
    pub fn problems(&self) -> &[FieldProblem] {
        match &self.refusal {
            Some(Refusal::InvalidInput { problems }) => problems,
            _ => &[],
        }
    }

    /// The problem with a field.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<&FieldProblem> {
        self.problems()
            .iter()
            .find(|problem| problem.field == field)
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
