use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::*;
use crate::civil;
use crate::ids::StaffId;
use crate::samples;
use crate::town::{GroupRule, Validity};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Noon of a day in Japan.
fn noon(text: &str) -> DateTime<Utc> {
    civil::instant(day(text), "12:00".parse().unwrap())
}

/// 10人以上, 3年, 3か月前から更新 (玉村町・向日市), 中学生を除く15歳以上, 18歳未満は同意 (精華町・杉戸町).
fn rule() -> GroupRule {
    samples::town().group.unwrap()
}

const CLERK: StaffId = StaffId(Uuid::nil());

fn seen(documents: &[GroupDocument]) -> Vec<DocumentSeen> {
    let note = |document: &GroupDocument| DocumentSeen {
        document: *document,
        on: day("2026-11-20"),
        by: CLERK,
    };
    documents.iter().map(note).collect()
}

const GROWN_UP: Readiness = Readiness {
    needs_consent: false,
    needs_age: false,
};

fn registered(on: &str) -> GroupState {
    let papers = seen(&[GroupDocument::Rules, GroupDocument::Roster]);
    GroupState::apply(noon(on))
        .approve(&rule(), (GROWN_UP, &papers), CLERK, noon(on))
        .unwrap()
}

/// Scenario 21: 14歳は年齢規則で拒否、16歳は保護者同意待ち.
#[test]
fn scenario_21_a_14_year_old_is_refused_and_a_16_year_old_waits_for_consent() {
    let on = day("2026-11-20");
    let ready = |birthdate| readiness(&rule(), Some(day(birthdate)), 10, on);
    let refusals = ready("2012-05-01").unwrap_err();
    assert_eq!(refusals.len(), 1);
    assert_eq!(refusals[0].code(), "age.too_young");
    assert_eq!(refusals[0].article, "規則第4条");
    assert!(!refusals[0].next.is_empty());
    assert!(ready("2010-05-01").unwrap().needs_consent);
    assert!(!ready("1980-05-01").unwrap().needs_consent);
    // Nobody knows how old they are: the card or a paper tells.
    let unknown = readiness(&rule(), None, 10, on).unwrap_err();
    assert_eq!(unknown[0].code(), "age.unknown");
    let by_paper = readiness_at_the_counter(&rule(), None, 10, on).unwrap();
    assert!(by_paper.needs_age && !by_paper.needs_consent);
    let too_few = readiness_at_the_counter(&rule(), None, 9, on).unwrap_err();
    assert_eq!(too_few[0].code(), "group.too_small");
    let young = readiness_at_the_counter(&rule(), Some(day("2012-05-01")), 10, on);
    assert_eq!(young.unwrap_err()[0].code(), "age.too_young");
}

#[test]
fn everything_that_stands_in_the_way_is_said_at_once() {
    let young_and_few = readiness(&rule(), Some(day("2012-05-01")), 9, day("2026-11-20"));
    let codes: Vec<_> = young_and_few
        .unwrap_err()
        .iter()
        .map(crate::eligibility::RuleRefusal::code)
        .collect();
    assert_eq!(codes, ["age.too_young", "group.too_small"]);
}

#[test]
fn nobody_is_registered_before_every_paper_was_seen() {
    use GroupDocument::{Age, Consent, Roster, Rules};
    let minor = Readiness {
        needs_consent: true,
        ..GROWN_UP
    };
    let stranger = Readiness {
        needs_age: true,
        ..GROWN_UP
    };
    for (ready, papers, missing) in [
        (GROWN_UP, &[][..], Some(Rules)),
        (GROWN_UP, &[Rules], Some(Roster)),
        (GROWN_UP, &[Roster, Rules], None),
        (minor, &[Rules, Roster], Some(Consent)),
        (minor, &[Rules, Roster, Consent], None),
        (stranger, &[Rules, Roster], Some(Age)),
        (stranger, &[Rules, Roster, Age], None),
    ] {
        let now = noon("2026-11-20");
        let outcome = GroupState::apply(now).approve(&rule(), (ready, &seen(papers)), CLERK, now);
        let refused = missing.map(|document| GroupRefusal::DocumentMissing { document });
        assert_eq!(outcome.err(), refused);
    }
}

#[test]
fn a_registration_counts_from_its_day_and_a_renewal_in_time_from_the_end_of_the_old_one() {
    let papers = seen(&[GroupDocument::Rules, GroupDocument::Roster]);
    let first = registered("2026-11-20");
    assert_eq!(first.valid_until(), Some(day("2029-11-19")));
    assert_eq!(first.renewable_from(&rule()), Some(day("2029-08-20")));
    for (asked, until) in [
        // In time: the day after the old one ends.
        ("2029-08-20", "2032-11-19"),
        // Late: the day itself.
        ("2029-12-01", "2032-11-30"),
    ] {
        let asked_for = first.clone().ask_renewal(&rule(), noon(asked)).unwrap();
        assert_eq!(asked_for.to_decide_since(), Some(noon(asked)));
        assert_eq!(asked_for.valid_until(), Some(day("2029-11-19")));
        let renewed = asked_for
            .approve(&rule(), (GROWN_UP, &papers), CLERK, noon(asked))
            .unwrap();
        assert_eq!(renewed.valid_until(), Some(day(until)), "{asked}");
        assert_eq!(renewed.to_decide_since(), None);
    }
}

#[test]
fn a_fiscal_years_registration_ends_in_march() {
    let rule = GroupRule {
        validity: Validity::FiscalYears(1),
        ..rule()
    };
    let papers = seen(&[GroupDocument::Rules, GroupDocument::Roster]);
    let now = noon("2027-02-01");
    let state = GroupState::apply(now)
        .approve(&rule, (GROWN_UP, &papers), CLERK, now)
        .unwrap();
    assert_eq!(state.valid_until(), Some(day("2027-03-31")));
}

#[test]
fn a_renewal_is_asked_for_once_and_not_too_early() {
    let state = registered("2026-11-20");
    let early = state.clone().ask_renewal(&rule(), noon("2029-08-19"));
    let from = day("2029-08-20");
    assert_eq!(early.unwrap_err(), GroupRefusal::RenewalNotYet { from });
    let asked = state.ask_renewal(&rule(), noon("2029-08-20")).unwrap();
    let again = asked.clone().ask_renewal(&rule(), noon("2029-08-21"));
    assert_eq!(again.unwrap_err(), GroupRefusal::RenewalAsked);
    // A refused one leaves the registration as it was, and can be asked for again.
    let now = noon("2029-08-22");
    let refused = asked.refuse("名簿の人数が足りません", CLERK, now).unwrap();
    assert_eq!(refused.valid_until(), Some(day("2029-11-19")));
    assert!(refused.ask_renewal(&rule(), noon("2029-08-23")).is_ok());
}

#[test]
fn a_refusal_says_why_and_what_is_over_stays_over() {
    let now = noon("2026-11-20");
    let applied = GroupState::apply(now);
    let silent = applied.clone().refuse(" ", CLERK, now);
    assert_eq!(silent.unwrap_err(), GroupRefusal::ReasonMissing);
    let long = "あ".repeat(LONGEST_REASON + 1);
    let long = applied.clone().refuse(&long, CLERK, now);
    assert_eq!(long.unwrap_err().code(), "group.reason_too_long");
    let refused = applied
        .refuse("町外の方のみの団体です", CLERK, now)
        .unwrap();
    let ended = registered("2026-11-20").end("解散", now).unwrap();
    for (over, state) in [
        (refused, GroupStateName::Refused),
        (ended, GroupStateName::Ended),
    ] {
        let wrong = GroupRefusal::WrongState { state };
        let papers = seen(&GroupDocument::ALL);
        let approved = over
            .clone()
            .approve(&rule(), (GROWN_UP, &papers), CLERK, now);
        assert_eq!(approved.unwrap_err(), wrong);
        assert_eq!(over.clone().refuse("理由", CLERK, now).unwrap_err(), wrong);
        assert_eq!(over.clone().ask_renewal(&rule(), now).unwrap_err(), wrong);
        assert_eq!(over.end("理由", now).unwrap_err(), wrong);
    }
    let nothing = registered("2026-11-20").refuse("理由", CLERK, now);
    assert_eq!(nothing.unwrap_err(), GroupRefusal::NoRenewal);
}

#[test]
fn a_state_is_stored_with_its_facts_and_read_back() {
    let now = noon("2029-09-01");
    let asked = registered("2026-11-20").ask_renewal(&rule(), now).unwrap();
    for state in [
        GroupState::apply(now),
        registered("2026-11-20"),
        asked,
        GroupState::apply(now).refuse("理由", CLERK, now).unwrap(),
        registered("2026-11-20").end("解散", now).unwrap(),
    ] {
        let json = serde_json::to_value(&state).unwrap();
        assert_eq!(json["state"], state.name().as_str());
        assert_eq!(serde_json::from_value::<GroupState>(json).unwrap(), state);
    }
    for document in GroupDocument::ALL {
        assert_eq!(serde_json::to_value(document).unwrap(), document.as_str());
    }
}

#[test]
fn a_group_is_found_by_any_part_of_its_name_or_reading_however_it_is_typed() {
    let searched = searched("むくのき 剣道クラブ", "ムクノキ ケンドウクラブ");
    for typed in ["剣道", "むくのき", "ｸﾗﾌﾞ", "けんどう", "むくのき剣道"] {
        assert!(searched.contains(&searched_for(typed).unwrap()), "{typed}");
    }
    assert_eq!(searched_for(" 　%_"), None);
}
