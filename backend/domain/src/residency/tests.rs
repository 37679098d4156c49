use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::samples;
use crate::town::{OnMovingAway, ResidentRule, TownTie};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rule(ties: &[TownTie]) -> ResidentRule {
    ResidentRule {
        ties: ties.iter().copied().collect(),
        evidence_months: None,
        group_percent: Some(50),
        on_moving_away: OnMovingAway::KeepFee,
        article: "条例第8条".into(),
    }
}

fn evidence(tie: TownTie, on: &str) -> Evidence {
    Evidence {
        tie,
        source: Source::SeenAtCounter,
        on: day(on),
    }
}

/// 瑞穂町: 体育施設は在住・在勤, 競技場は在住・在勤・在学
/// (https://www.town.mizuho.tokyo.jp/kyoikuiinkai/sports/001/p010583.html).
#[test]
fn one_town_has_two_meanings_of_resident() {
    use Residence::{InTown, Outside};
    use TownTie::{Lives, Studies, Works};
    let sports = rule(&[Lives, Works]);
    let stadium = rule(&[Lives, Works, Studies]);
    let on = day("2026-11-20");
    for (tie, by_sports, by_stadium, by_nothing) in [
        (Lives, InTown, InTown, InTown),
        (Works, InTown, InTown, Outside),
        (Studies, Outside, InTown, Outside),
    ] {
        let known = [evidence(tie, "2026-04-01")];
        let found = |rule| residence(rule, &known, on).residence;
        assert_eq!(found(Some(&sports)), by_sports, "{tie:?}");
        assert_eq!(found(Some(&stadium)), by_stadium, "{tie:?}");
        assert_eq!(found(None), by_nothing, "{tie:?}");
    }
    assert_eq!(residence(Some(&stadium), &[], on).residence, Outside);
}

#[test]
fn a_facilitys_own_rule_goes_before_the_towns() {
    let mut town = samples::town();
    town.resident = None;
    let mut gym = samples::gym();
    assert_eq!(rule_for(&town, &gym), None);
    town.resident = Some(rule(&[TownTie::Lives]));
    assert_eq!(rule_for(&town, &gym), town.resident.as_ref());
    gym.booking.resident = Some(rule(&[TownTie::Studies]));
    assert_eq!(rule_for(&town, &gym), gym.booking.resident.as_ref());
}

#[test]
fn evidence_runs_out_and_the_longest_decides() {
    let rule = ResidentRule {
        evidence_months: Some(12),
        ..rule(&[TownTie::Lives, TownTie::Works])
    };
    let known = [
        evidence(TownTie::Works, "2026-04-01"),
        evidence(TownTie::Lives, "2026-01-15"),
    ];
    for (on, residence_then, until) in [
        ("2026-01-14", Residence::Outside, None),
        ("2026-02-01", Residence::InTown, Some("2027-01-14")),
        ("2026-11-20", Residence::InTown, Some("2027-03-31")),
        ("2027-03-31", Residence::InTown, Some("2027-03-31")),
        ("2027-04-01", Residence::Outside, None),
    ] {
        let found = residence(Some(&rule), &known, day(on));
        assert_eq!(found.residence, residence_then, "{on}");
        assert_eq!(found.until, until.map(day), "{on}");
        assert_eq!(found.because.is_some(), until.is_some(), "{on}");
    }
}

#[test]
fn a_group_is_the_towns_when_half_of_it_is() {
    // 恵庭市 [S21].
    let rule = rule(&[TownTie::Lives]);
    for (in_town, all, expected) in [
        (5, 10, Residence::InTown),
        (4, 9, Residence::Outside),
        (5, 9, Residence::InTown),
        (0, 0, Residence::Outside),
    ] {
        assert_eq!(group_residence(&rule, Members { in_town, all }), expected);
    }
    let silent = ResidentRule {
        group_percent: None,
        ..rule
    };
    let all_of_them = Members { in_town: 9, all: 9 };
    assert_eq!(group_residence(&silent, all_of_them), Residence::Outside);
}

/// Scenario 39: 予約後に町外転出.
#[test]
fn who_moves_away_keeps_the_booking_as_the_town_says() {
    use MovedAway::{ChargeDifference, Stays};
    use Residence::{InTown, Outside};
    let keeps = rule(&[TownTie::Lives]);
    let charges = ResidentRule {
        on_moving_away: OnMovingAway::ChargeDifference,
        ..keeps.clone()
    };
    for (rule, then, now, expected) in [
        (Some(&keeps), InTown, Outside, Stays),
        (Some(&charges), InTown, Outside, ChargeDifference),
        (Some(&charges), InTown, InTown, Stays),
        (Some(&charges), Outside, InTown, Stays),
        (None, InTown, Outside, Stays),
    ] {
        assert_eq!(after_moving_away(rule, then, now), expected);
    }
}

proptest! {
    /// More evidence never makes anybody less of a resident, nor shortens what is known.
    #[test]
    fn more_evidence_never_hurts(
        seen in prop::collection::vec((0_u8..3, 0_u64..900), 0..8),
        months in prop::option::of(1_u32..24),
        on in 0_u64..1000,
    ) {
        let rule = ResidentRule {
            evidence_months: months,
            ..rule(&[TownTie::Lives, TownTie::Works])
        };
        let known: Vec<Evidence> = seen
            .into_iter()
            .map(|(tie, ahead)| {
                let tie = [TownTie::Lives, TownTie::Works, TownTie::Studies][usize::from(tie)];
                let on = day("2025-01-01") + chrono::Days::new(ahead);
                Evidence { tie, source: Source::Card, on }
            })
            .collect();
        let on = day("2025-01-01") + chrono::Days::new(on);
        let all = residence(Some(&rule), &known, on);
        for fewer in 0..known.len() {
            let less = residence(Some(&rule), &known[..fewer], on);
            if less.residence == Residence::InTown {
                prop_assert_eq!(all.residence, Residence::InTown);
                prop_assert!(all.until >= less.until);
            }
        }
    }
}
