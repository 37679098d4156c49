use chrono::{DateTime, Duration, Utc};

use super::*;
use crate::span::Span;
use crate::town::ReductionRate;

fn item(kind: ReviewKind) -> ReviewItem {
    ReviewItem {
        kind,
        label: format!("{kind:?}"),
        article: "条例第4条".to_owned(),
        reduction: (kind == ReviewKind::Reduction).then(|| "club".parse().unwrap()),
    }
}

const YES: Verdict = Verdict::Granted { percent: None };
const HALF: Verdict = Verdict::Granted { percent: Some(50) };

#[test]
fn nothing_follows_before_everything_is_decided_unless_the_use_is_refused() {
    let (purpose, reduction) = (item(ReviewKind::Purpose), item(ReviewKind::Reduction));
    let granted = Some((YES, ""));
    assert_eq!(
        outcome([(&purpose, granted), (&reduction, None)]),
        Outcome::Waits
    );
    let refused = Some((Verdict::Refused, "営利のみを目的とするため"));
    let told = Outcome::Refused {
        reason: "Purpose：営利のみを目的とするため".to_owned(),
    };
    assert_eq!(outcome([(&purpose, refused), (&reduction, None)]), told);
}

#[test]
fn a_reduction_that_is_refused_leaves_the_permission_alone() {
    let (guardian, reduction) = (item(ReviewKind::Guardian), item(ReviewKind::Reduction));
    let why = Some((Verdict::Refused, "名簿で確認できないため"));
    let whole = Outcome::Permitted { reduction: None };
    assert_eq!(
        outcome([(&guardian, Some((YES, ""))), (&reduction, why)]),
        whole
    );
    let half = Outcome::Permitted {
        reduction: Some(("club".parse().unwrap(), 50)),
    };
    assert_eq!(outcome([(&reduction, Some((HALF, "")))]), half);
}

#[test]
fn a_ceiling_needs_somebody_to_say_how_much() {
    let ceiling = ReductionRate::UpTo(50);
    assert_eq!(decided_percent(ceiling, Some(30)), Ok(30));
    assert_eq!(
        decided_percent(ceiling, None),
        Err(PercentRefusal::Missing { most: 50 })
    );
    for wrong in [0, 51] {
        assert_eq!(
            decided_percent(ceiling, Some(wrong)),
            Err(PercentRefusal::NotAllowed { most: 50 })
        );
    }
    let fixed = ReductionRate::Percent(100);
    assert_eq!(decided_percent(fixed, None), Ok(100));
    assert_eq!(
        decided_percent(fixed, Some(50)),
        Err(PercentRefusal::NotAllowed { most: 100 })
    );
}

#[test]
fn what_was_decided_is_paid_within_two_weeks_and_before_the_use_begins() {
    let now: DateTime<Utc> = "2026-11-21T00:00:00Z".parse().unwrap();
    let on = |day: &str| {
        let (from, to) = ("18:00".parse().unwrap(), "20:00".parse().unwrap());
        Span::on(day.parse().unwrap(), from, to).unwrap()
    };
    assert_eq!(
        due_after_review(now, on("2027-01-16")),
        now + Duration::days(14)
    );
    let soon = on("2026-11-28");
    assert_eq!(due_after_review(now, soon), soon.start().instant());
}

#[test]
fn the_conditions_and_the_reduction_are_what_is_decided() {
    let conditions = [
        Condition::Review {
            label: "物品の販売".to_owned(),
            article: "規則第3条".to_owned(),
        },
        Condition::GuardianConsent {
            article: "規則第5条".to_owned(),
        },
    ];
    let kinds: Vec<ReviewKind> = items(&conditions, None)
        .into_iter()
        .map(|item| item.kind)
        .collect();
    assert_eq!(kinds, [ReviewKind::Purpose, ReviewKind::Guardian]);
    assert!(items(&[], None).is_empty());
}
