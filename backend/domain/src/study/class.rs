//! Who pays which fee (料金区分): by the town's own questions, and by reduction.

use std::collections::BTreeMap;
use std::fmt;

use crate::fees::{AttributeValue, QuoteRequest};
use crate::town::{AttributeKind, Town, UserAttribute};

/// What held of a user and a use (利用者区分): the answers that a town's fees may depend on. Empty
/// where none held, which is what most pay.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    held: Vec<String>,
}

/// The reduction that a use had (減免), by its name; none for most.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReductionName(pub Option<String>);

/// As people read it: 「町外の方・営利目的で使う」.
impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.held.is_empty() {
            f.write_str("基本（どの区分にもあたらない）")
        } else {
            f.write_str(&self.held.join("・"))
        }
    }
}

/// As people read it; 「減免なし」 for none.
impl fmt::Display for ReductionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or("減免なし"))
    }
}

/// What answers and reductions are called: by the proposal, or by the town in force where only that
/// one knows them.
pub(super) struct Words {
    attributes: BTreeMap<String, UserAttribute>,
    reductions: BTreeMap<String, String>,
}

impl Words {
    pub(super) fn of(proposed: &Town, in_force: &Town) -> Self {
        // The later of two with one name stays: the proposal's.
        let towns = [in_force, proposed];
        let attributes = towns.iter().flat_map(|town| &town.attributes);
        let reductions = towns.iter().flat_map(|town| &town.reductions);
        Self {
            attributes: attributes
                .map(|one| (one.id.to_string(), one.clone()))
                .collect(),
            reductions: reductions
                .map(|one| (one.id.to_string(), one.name.clone()))
                .collect(),
        }
    }

    pub(super) fn class(&self, request: &QuoteRequest) -> Class {
        let answers = request.attributes.iter();
        Class {
            held: answers.filter_map(|(id, it)| self.held(id, it)).collect(),
        }
    }

    pub(super) fn reduction(&self, request: &QuoteRequest) -> ReductionName {
        let name = |id: &String| self.reductions.get(id).unwrap_or(id).clone();
        ReductionName(request.reduction.as_ref().map(name))
    }

    fn held(&self, id: &str, answer: &AttributeValue) -> Option<String> {
        let known = self.attributes.get(id);
        let label = known.map_or(id, |known| known.label.as_str());
        match answer {
            AttributeValue::Flag(false) | AttributeValue::Amount(0) => None,
            AttributeValue::Flag(true) => Some(label.to_owned()),
            AttributeValue::Amount(_) => Some(format!("{label}あり")),
            AttributeValue::Choice(chosen) => Some(chosen_words(known, chosen)),
        }
    }
}

fn chosen_words(known: Option<&UserAttribute>, chosen: &str) -> String {
    let choices = match known.map(|known| &known.kind) {
        Some(AttributeKind::Choice(choices)) => choices.as_slice(),
        Some(AttributeKind::Flag | AttributeKind::Amount) | None => &[],
    };
    let choice = choices.iter().find(|choice| choice.id.as_str() == chosen);
    choice.map_or_else(|| chosen.to_owned(), |choice| choice.label.clone())
}
