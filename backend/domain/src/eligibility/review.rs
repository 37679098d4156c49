//! Uses that somebody has to look at first.

use crate::town::{ReviewRule, Slug};

/// The rules that send this use to a review (要審査). Never a refusal: 社会教育法23条 bars what is
/// *exclusively* for profit, and only somebody who reads the application can tell (domain.md A2,
/// scenario 22).
pub fn reviews<'a>(
    rules: &'a [ReviewRule],
    purpose: &'a Slug,
    classes: &'a [Slug],
) -> impl Iterator<Item = &'a ReviewRule> {
    rules.iter().filter(move |rule| {
        rule.purposes.contains(purpose)
            || rule
                .class
                .as_ref()
                .is_some_and(|class| classes.contains(class))
    })
}
