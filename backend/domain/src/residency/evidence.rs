//! From evidence to a residence.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Residence;
use crate::town::{Facility, OnMovingAway, ResidentRule, Town, TownTie};

/// What shows that somebody is tied to the town (町内の証拠). Of the paper itself nothing is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// What it shows.
    pub tie: TownTie,
    /// Where from.
    pub source: Source,
    /// The day on which it was read or seen, in Japan.
    pub on: NaiveDate,
}

/// Where evidence is from (確認の方法).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The address on the card, read when signing in (カードの住所).
    Card,
    /// A paper that a clerk saw: 社員証, 在学証明書, 郵便物.
    SeenAtCounter,
}

/// Whether somebody counts as living in the town, and why (町内判定).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What they count as.
    pub residence: Residence,
    /// The evidence that makes them residents.
    pub because: Option<Evidence>,
    /// The last day on which it is good; absent, until it is found otherwise.
    pub until: Option<NaiveDate>,
}

impl Finding {
    const OUTSIDE: Self = Self {
        residence: Residence::Outside,
        because: None,
        until: None,
    };
}

/// The members of a group (団体の構成員).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// How many count as living in the town.
    pub in_town: u32,
    /// How many there are.
    pub all: u32,
}

/// The rule that holds in a facility: its own, or the town's; `None` where neither says anything
/// and living there is what counts.
#[must_use]
pub fn rule_for<'a>(town: &'a Town, facility: &'a Facility) -> Option<&'a ResidentRule> {
    facility
        .booking
        .resident
        .as_ref()
        .or(town.resident.as_ref())
}

/// What somebody counts as on a day, by all that is known of them: the evidence that holds longest
/// decides. Without a rule living there is what counts, until it is found otherwise.
#[must_use]
pub fn residence(rule: Option<&ResidentRule>, known: &[Evidence], on: NaiveDate) -> Finding {
    let counts = |tie| rule.map_or(tie == TownTie::Lives, |rule| rule.ties.contains(&tie));
    let good = known
        .iter()
        .filter(|it| counts(it.tie) && it.on <= on)
        .map(|it| (good_until(rule, it.on), it))
        .filter(|(until, _)| until.is_none_or(|until| on <= until));
    // Evidence without an end outlasts every other.
    let longest = good.max_by_key(|(until, it)| (until.unwrap_or(NaiveDate::MAX), it.on));
    longest.map_or(Finding::OUTSIDE, |(until, it)| Finding {
        residence: Residence::InTown,
        because: Some(*it),
        until,
    })
}

/// What a group counts as by its members as they were counted on a day (恵庭市 [S21]: 構成員の半数以上).
/// Where the town has no share, it is for the clerk to say, and a group is from outside until then.
#[must_use]
pub fn group_residence(rule: &ResidentRule, members: Members) -> Residence {
    let enough = rule.group_percent.is_some_and(|percent| {
        let share = u64::from(members.in_town) * 100;
        members.all > 0 && share >= u64::from(members.all) * u64::from(percent)
    });
    if enough {
        Residence::InTown
    } else {
        Residence::Outside
    }
}

/// What becomes of a booking whose person has moved away (予約後の転出).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovedAway {
    /// Nothing: it was permitted as it was, or they have not moved.
    Stays,
    /// The difference to the fee for people from outside is charged.
    ChargeDifference,
}

/// What becomes of a booking made by somebody who counted as `then` and counts as `now` (scenario
/// 39). New bookings go by `now` alone; a fee never falls because somebody has moved in.
#[must_use]
pub fn after_moving_away(
    rule: Option<&ResidentRule>,
    then: Residence,
    now: Residence,
) -> MovedAway {
    let policy = rule.map(|rule| rule.on_moving_away).unwrap_or_default();
    match (then, now, policy) {
        (Residence::InTown, Residence::Outside, OnMovingAway::ChargeDifference) => {
            MovedAway::ChargeDifference
        }
        (Residence::InTown | Residence::Outside, _, _) => MovedAway::Stays,
    }
}

fn good_until(rule: Option<&ResidentRule>, on: NaiveDate) -> Option<NaiveDate> {
    let months = rule?.evidence_months?;
    on.checked_add_months(Months::new(months))?.pred_opt()
}
