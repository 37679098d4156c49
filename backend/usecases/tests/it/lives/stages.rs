//! Where lives are lived (舞台): the test town, and towns whose tariffs are shipped, with what their
//! sources are silent about filled in: reductions, a use that is looked at, refunds, groups.

use std::sync::Arc;

use domain::money::Yen;
use domain::quote::Component;
use domain::town::{
    Addition, EffectiveBasis, Facility, GroupRule, Purpose, Reduction, ReductionRate,
    RefundOverride, RefundReason, RefundRounding, RefundRule, RefundTier, ReviewRule, Room,
    RoomPrice, Rounding, RoundingRule, RoundingStage, ShareOf, Surcharge, Tax, Town, Until,
    Validity, When,
};

use super::wanted::{self, Wanted};
use crate::bench::Dice;

/// The purpose that somebody looks at before it is permitted.
pub const LOOKED_AT: &str = "sale";

/// A town, what is wanted there, and its refund terms once more by hand.
pub struct Stage {
    /// The town; its first facility is called `gym`, where the bench's clerk sits.
    pub town: Town,
    /// What somebody wants.
    pub wants: fn(&mut Dice) -> Wanted,
    /// By how many days of notice how much comes back, percent, the longest first.
    pub own: &'static [(i64, u32)],
    /// In which rooms a fee is rounded by more than a yen.
    pub rounds: fn(&str) -> bool,
    /// What is cut off a refund, yen.
    pub unit: u32,
    /// Whether that is done once for several slots.
    pub once: bool,
}

/// The test town: by the hour, with a share on a share and a fixed amount for trade; a room whose
/// table has no tax inside and rounds the sum; a room whose price is that of the day of payment.
pub fn test_town() -> Stage {
    let mut town = testkit::town().unwrap();
    let gym = facility(&mut town);
    let commercial = |id: &str, add, of| Surcharge {
        id: id.parse().unwrap(),
        when: When {
            is: ["commercial".parse().unwrap()].into(),
            ..When::default()
        },
        label: "営利利用 加算".to_owned(),
        add,
        of,
        touches: vec![Component::Room],
        round: None,
        instead_of: Vec::new(),
        article: "条例第8条第3項".to_owned(),
    };
    let full = &mut room(gym, "gym-full").tariffs[0];
    full.surcharges.extend([
        commercial("trade", Addition::Percent(50), ShareOf::Running),
        commercial("handling", Addition::Yen(Yen::new(330)), ShareOf::Base),
    ]);
    let north = &mut room(gym, "gym-north").tariffs[0];
    north.tax = Tax::Excluded;
    north.price = by_the_hour(371);
    north.rounding = vec![RoundingRule {
        stage: RoundingStage::Sum,
        of: Vec::new(),
        round: Rounding::Down(10),
    }];
    let south = room(gym, "gym-south");
    let mut dearer = south.tariffs[0].clone();
    dearer.from = "2026-11-24".parse().unwrap();
    dearer.price = by_the_hour(530);
    south.tariffs.push(dearer);
    for tariff in &mut south.tariffs {
        tariff.effective = EffectiveBasis::Received;
    }
    let own = &[(7, 100), (1, 50)];
    Stage {
        rounds: |room| room == "gym-north",
        ..furnished(town, wanted::in_the_test_town, own, (100, false))
    }
}

/// 大川市: a matrix of divisions, runs and the whole day by what the use is for; a fifth more on
/// Saturdays, Sundays and holidays; by the person.
pub fn okawa() -> Stage {
    let town = shipped(include_str!("../../../../../towns/okawa.toml"));
    let own = &[(10, 70), (3, 30)];
    furnished(town, wanted::in_okawa, own, (10, true))
}

/// 長門市: fourfold for trade and half for the young, by the piece, the square metre, the person and
/// the use, rounded on the sum.
pub fn nagato() -> Stage {
    let town = shipped(include_str!("../../../../../towns/nagato.toml"));
    let own = &[(5, 80), (2, 35)];
    Stage {
        rounds: |_| true,
        ..furnished(town, wanted::in_nagato, own, (10, false))
    }
}

/// 益田市: by the time of day, with lights of which one excludes the other, showers and lockers by the
/// piece; air conditioning stays out of the sum that is rounded.
pub fn masuda() -> Stage {
    let town = shipped(include_str!("../../../../../towns/masuda.toml"));
    let own = &[(7, 100), (1, 50)];
    Stage {
        rounds: |_| true,
        ..furnished(town, wanted::in_masuda, own, (1, true))
    }
}

const fn by_the_hour(yen: u32) -> RoomPrice {
    RoomPrice::PerHour {
        yen: Yen::new(yen),
        max_hours: None,
    }
}

fn shipped(file: &str) -> Town {
    let mut town = domain::town::check(file.as_bytes()).unwrap();
    facility(&mut town).id = "gym".parse().unwrap();
    town
}

fn facility(town: &mut Town) -> &mut Facility {
    Arc::make_mut(&mut town.facilities[0])
}

fn room<'a>(facility: &'a mut Facility, id: &str) -> &'a mut Room {
    let mut rooms = facility.rooms.iter_mut();
    Arc::make_mut(rooms.find(|room| room.id.as_str() == id).unwrap())
}

fn furnished(
    mut town: Town,
    wants: fn(&mut Dice) -> Wanted,
    own: &'static [(i64, u32)],
    (unit, once): (u32, bool),
) -> Stage {
    town.reductions.extend(reductions());
    town.group = Some(GroupRule {
        min_members: 2,
        validity: Validity::FiscalYears(1),
        renew_months_before: 3,
        age: None,
        article: "規則第4条".to_owned(),
    });
    let gym = facility(&mut town);
    gym.booking.reviews.push(ReviewRule {
        purposes: [LOOKED_AT.parse().unwrap()].into(),
        class: None,
        label: "物品の販売を伴う利用".to_owned(),
        article: "社会教育法第23条".to_owned(),
    });
    for room in &mut gym.rooms {
        Arc::make_mut(room).purposes.push(Purpose {
            id: LOOKED_AT.parse().unwrap(),
            name: "物品の販売".to_owned(),
        });
    }
    gym.refund = refunds(own, (unit, once));
    Stage {
        town,
        wants,
        rounds: |_| false,
        own,
        unit,
        once,
    }
}

/// By a document alone, in part and in whole; by decision, a fixed share, up to a share, all of it.
fn reductions() -> Vec<Reduction> {
    let all = [
        Component::Room,
        Component::Air,
        Component::Light,
        Component::Equipment,
    ];
    let one = |id: &str, rate, touches: &[Component], evidence: &[&str]| Reduction {
        id: id.parse().unwrap(),
        name: format!("減免 {id}"),
        rate,
        touches: touches.to_vec(),
        excluded: Vec::new(),
        sum_yen: None,
        facilities: Vec::new(),
        not_rooms: Vec::new(),
        round: None,
        evidence: evidence.iter().map(|one| (*one).to_owned()).collect(),
        decided_by: "教育長".to_owned(),
        article: "条例第9条".to_owned(),
    };
    vec![
        one(
            "disabled",
            ReductionRate::Percent(50),
            &all[..1],
            &["障害者手帳"],
        ),
        one("welfare", ReductionRate::Percent(100), &all, &["受給者証"]),
        one("hosted", ReductionRate::Percent(100), &all[..1], &[]),
        Reduction {
            round: Some(Rounding::Down(10)),
            ..one("school", ReductionRate::Percent(33), &all[..1], &[])
        },
        one("sports", ReductionRate::UpTo(80), &all, &["大会要項"]),
    ]
}

fn refunds(own: &[(i64, u32)], (unit, once): (u32, bool)) -> RefundRule {
    let tier = |(days, percent): &(i64, u32)| RefundTier {
        until: Until::DaysBefore(u32::try_from(*days).unwrap()),
        percent: *percent,
    };
    RefundRule {
        tiers: own.iter().map(tier).collect(),
        round_down_yen: unit,
        rounded: if once {
            RefundRounding::Total
        } else {
            RefundRounding::EachSlot
        },
        on_closed_day: None,
        rooms: Vec::new(),
        reasons: vec![RefundReason {
            id: "illness".parse().unwrap(),
            label: "やむを得ない理由".to_owned(),
            rooms: [].into(),
            tiers: vec![RefundTier {
                until: Until::Start,
                percent: 80,
            }],
            article: "規則第7条".to_owned(),
        }],
        overrides: vec![RefundOverride {
            id: "mayor".parse().unwrap(),
            label: "町長が特に必要と認める".to_owned(),
            article: "条例第10条ただし書".to_owned(),
        }],
        article: "条例第10条".to_owned(),
        illustrative: true,
    }
}
