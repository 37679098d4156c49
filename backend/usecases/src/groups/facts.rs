//! A group as it is shown, without anybody's name.

use chrono::NaiveDate;
use contract::{Call, Fault, GroupFacts, GroupLine, Refusal};
use domain::civil;
use domain::eligibility::RuleRefusal;
use domain::group::{DocumentSeen, GroupDocument, Readiness, readiness_at_the_counter};
use domain::residency::group_residence;
use domain::town::{GroupRule, Town};

use crate::ports::store::{GroupRecord, PersonRecord};
use crate::ports::vault::Vault;
use crate::profile::open_profile;

/// The town's rule; where there is none no group can be registered.
pub(super) fn rule_of(town: &Town) -> Result<&GroupRule, Refusal> {
    town.group.as_ref().ok_or(Refusal::NotFound)
}

/// A group in a list.
pub(crate) fn line(town: &Town, record: &GroupRecord, today: NaiveDate) -> GroupLine {
    let state = &record.state;
    let rule = town.group.as_ref();
    let renewable_from = rule.and_then(|rule| state.renewable_from(rule));
    let waits = state.to_decide_since().is_some();
    GroupLine {
        id: record.id,
        name: record.name.clone(),
        kana: record.kana.clone(),
        state: state.clone(),
        expired: state.valid_until().is_some_and(|until| until < today),
        can_renew: !waits && renewable_from.is_some_and(|from| from <= today),
        renewable_from,
        applied_at: record.created_at,
    }
}

/// What a group still has to show, or why it cannot be registered as it is.
pub(super) fn standing(
    vault: &dyn Vault,
    call: &Call,
    rule: &GroupRule,
    record: &GroupRecord,
    representative: &PersonRecord,
) -> Result<Result<Readiness, Vec<RuleRefusal>>, Fault> {
    let profile = open_profile(vault, call.municipality(), representative)?;
    let birthdate = profile.birthdate.map(|day| *day.reveal());
    let today = civil::date_at(call.now());
    Ok(readiness_at_the_counter(
        rule,
        birthdate,
        record.members.all,
        today,
    ))
}

/// The looks that count for what waits: those since it was asked for. Older ones counted for what was
/// decided then.
pub(super) fn that_count(record: &GroupRecord, seen: &[DocumentSeen]) -> Vec<DocumentSeen> {
    let Some(since) = record.state.to_decide_since() else {
        return Vec::new();
    };
    let since = civil::date_at(since);
    seen.iter().copied().filter(|it| it.on >= since).collect()
}

/// Everything about a group that names nobody.
pub(super) fn facts(
    town: &Town,
    record: &GroupRecord,
    (ready, seen): (Option<Readiness>, &[DocumentSeen]),
    today: NaiveDate,
) -> GroupFacts {
    let counted = that_count(record, seen);
    let is_missing =
        |document: &GroupDocument| counted.iter().all(|seen| seen.document != *document);
    let missing = match (ready, record.state.to_decide_since()) {
        (Some(ready), Some(_)) => ready.documents().filter(is_missing).collect(),
        _ => Vec::new(),
    };
    let rule = town.resident.as_ref();
    let rule = rule.filter(|rule| rule.group_percent.is_some());
    GroupFacts {
        line: line(town, record, today),
        activity: record.activity.clone(),
        members: record.members,
        residence: rule.map(|rule| group_residence(rule, record.members)),
        missing,
    }
}
