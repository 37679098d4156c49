//! What exactly is wrong: which rule says no and why, which field cannot be read.

use domain::closure::ClosureRefusal;
use domain::eligibility::{NextStep, RuleRefusal};
use domain::group::GroupRefusal;
use domain::refunds::PartRefusal;
use serde::Serialize;

use super::Refusal;

/// Why one of the town's rules says no (お断りの理由), its article and what can be done next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleProblem {
    /// The stable code (`quota.reached`).
    pub code: &'static str,
    /// Why, in Japanese.
    pub words: String,
    /// The article that says so.
    pub article: String,
    /// What can be done next (次にできること), the best first.
    pub next: Vec<NextStep>,
    /// The other rules that say no as well: whoever mends one should not meet the next only then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<RuleProblem>,
}

impl From<RuleRefusal> for RuleProblem {
    fn from(refusal: RuleRefusal) -> Self {
        Self {
            code: refusal.code(),
            words: refusal.why.to_string(),
            article: refusal.article,
            next: refusal.next,
            also: Vec::new(),
        }
    }
}

impl From<RuleRefusal> for Refusal {
    fn from(refusal: RuleRefusal) -> Self {
        Self::Rule(refusal.into())
    }
}

impl Refusal {
    /// Everything that the rules say no to, the first with the others beside it; `None` when that is
    /// nothing.
    #[must_use]
    pub fn of_rules(refusals: impl IntoIterator<Item = RuleRefusal>) -> Option<Self> {
        let mut problems = refusals.into_iter().map(RuleProblem::from);
        let first = problems.next()?;
        Some(Self::Rule(RuleProblem {
            also: problems.collect(),
            ..first
        }))
    }
}

/// What is wrong with a closure (休館を受け付けられない理由).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClosureProblem {
    /// The stable code (`closure.people_inside`).
    pub code: &'static str,
    /// What is the matter and what to do, in Japanese.
    pub words: String,
}

impl From<ClosureRefusal> for Refusal {
    fn from(refusal: ClosureRefusal) -> Self {
        Self::Closure(ClosureProblem {
            code: refusal.code(),
            words: refusal.to_string(),
        })
    }
}

/// Why a step of a group's registration cannot be taken (団体登録の手続きができない理由).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupProblem {
    /// The stable code (`group.document_missing`).
    pub code: &'static str,
    /// What is the matter and what to do, in Japanese.
    pub words: String,
}

impl From<GroupRefusal> for Refusal {
    fn from(refusal: GroupRefusal) -> Self {
        Self::Group(GroupProblem {
            code: refusal.code(),
            words: refusal.to_string(),
        })
    }
}

/// Why some slots cannot be given up (一部取消できない理由).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartProblem {
    /// The stable code (`part.in_the_middle`).
    pub code: &'static str,
    /// What is the matter and what to do, in Japanese.
    pub words: String,
}

impl From<PartRefusal> for Refusal {
    fn from(refusal: PartRefusal) -> Self {
        Self::Part(PartProblem {
            code: refusal.code(),
            words: refusal.to_string(),
        })
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The field's name in the form or body.
    pub field: String,
    /// What is wrong.
    pub problem: ProblemKind,
}

/// The ways a field can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ProblemKind {
    /// Nothing was given.
    Missing,
    /// Too long.
    TooLong {
        /// How many characters fit.
        max: u32,
    },
    /// Not of the right form.
    Malformed,
    /// A number out of range.
    OutOfRange {
        /// The smallest.
        min: u32,
        /// The largest.
        max: u32,
    },
    /// Not one of the choices.
    NotAChoice,
    /// Says the opposite of what another field says: which of them is meant, only people know.
    Contradicts,
    /// A date that has passed.
    InThePast,
    /// Twelve digits: a マイナンバー, perhaps, and that is never asked for nor kept.
    TwelveDigits,
}
