use proptest::prelude::*;

use super::*;
use crate::calendar::Holidays;
use crate::civil;
use crate::samples;
use crate::span::Cell;
use crate::town::{ClosedDay, RefundFor, RefundOverride, RefundRounding, Until};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(date: &str, time: &str) -> DateTime<Utc> {
    civil::instant(day(date), time.parse().unwrap())
}

fn tier(until: Until, percent: u32) -> RefundTier {
    RefundTier { until, percent }
}

fn by_days(tiers: &[(u32, u32)]) -> Vec<RefundTier> {
    let days = |(days, percent): &(u32, u32)| tier(Until::DaysBefore(*days), *percent);
    tiers.iter().map(days).collect()
}

fn rule(tiers: Vec<RefundTier>, round_down_yen: u32) -> RefundRule {
    RefundRule {
        tiers,
        round_down_yen,
        rounded: RefundRounding::EachSlot,
        on_closed_day: None,
        rooms: vec![],
        reasons: vec![],
        overrides: vec![],
        article: "条例第10条".into(),
        illustrative: false,
    }
}

fn span_on(date: NaiveDate) -> Span {
    let cell = |time: &str| Cell::at(date, time.parse().unwrap()).unwrap();
    Span::new(cell("13:00"), cell("17:00")).unwrap()
}

/// A hall with a rule, closed on Mondays and from 12/29 to 1/3.
struct Hall(Facility, Holidays);

impl Hall {
    fn with(rule: RefundRule) -> Self {
        let mut facility = samples::hall();
        facility.refund = rule;
        Self(facility, Holidays::national())
    }

    fn used(&self, room: &str, date: &str) -> Use<'_> {
        Use {
            facility: &self.0,
            room: self.0.room(&room.parse().unwrap()).map(AsRef::as_ref),
            days: OpenDays::of(&self.0, &self.1),
            span: span_on(day(date)),
        }
    }

    /// What comes back of 1,000 円 for a use of the meeting room on 2026-11-28, a Saturday.
    fn back(&self, now: DateTime<Utc>) -> u32 {
        let used = self.used("meeting", "2026-11-28");
        let reckoning = refund_on_cancelling(used, Yen::new(1_000), now).unwrap();
        assert_eq!(reckoning.line.amount_yen, reckoning.refund_yen.into());
        assert_eq!(reckoning.line.basis, "条例第10条");
        reckoning.refund_yen.get()
    }
}

/// domain.md A4.
#[test]
fn each_town_gives_back_what_its_rule_says_to_the_day() {
    let ishinomaki = by_days(&[(30, 100), (7, 50)]);
    let nerima_hall = by_days(&[(180, 80), (60, 50)]);
    let takayama_hall = vec![
        tier(Until::MonthsBefore(6), 100),
        tier(Until::MonthsBefore(3), 50),
        tier(Until::DaysBefore(30), 20),
    ];
    let utsunomiya = vec![];
    for (tiers, now, refund) in [
        (&ishinomaki, at("2026-10-29", "23:59"), 1_000),
        (&ishinomaki, at("2026-10-30", "00:00"), 500),
        (&ishinomaki, at("2026-11-21", "23:59"), 500),
        (&ishinomaki, at("2026-11-22", "00:00"), 0),
        (&nerima_hall, at("2026-06-01", "12:00"), 800),
        (&nerima_hall, at("2026-06-02", "00:00"), 500),
        (&takayama_hall, at("2026-05-28", "23:59"), 1_000),
        (&takayama_hall, at("2026-05-29", "00:00"), 500),
        (&takayama_hall, at("2026-08-28", "23:59"), 500),
        (&takayama_hall, at("2026-08-29", "00:00"), 200),
        (&takayama_hall, at("2026-10-30", "00:00"), 0),
        (&utsunomiya, at("2026-06-01", "09:00"), 0),
    ] {
        assert_eq!(
            Hall::with(rule(tiers.clone(), 1)).back(now),
            refund,
            "{now}"
        );
    }
}

#[test]
fn a_month_that_is_too_short_ends_on_its_last_day() {
    let hall = Hall::with(rule(vec![tier(Until::MonthsBefore(3), 50)], 1));
    let used = hall.used("meeting", "2027-05-31");
    let terms = refund_terms(used, Yen::new(1_000)).unwrap();
    assert_eq!(terms[0].last_day, day("2027-02-28"));
}

#[test]
fn days_are_counted_in_japan_not_in_utc() {
    let hall = Hall::with(rule(by_days(&[(1, 50)]), 1));
    // 23:59 in Japan is 14:59 UTC of the same day; 00:30 is 15:30 UTC of the day before.
    assert_eq!(hall.back(at("2026-11-27", "23:59")), 500);
    assert_eq!(hall.back(at("2026-11-28", "00:30")), 0);
}

#[test]
fn fractions_are_rounded_down_but_the_whole_is_given_back_whole() {
    let hall = Hall::with(rule(by_days(&[(7, 100), (3, 50)]), 10));
    let refund = |date: &str| {
        let used = hall.used("meeting", "2026-11-28");
        refund_on_cancelling(used, Yen::new(815), at(date, "12:00")).unwrap()
    };
    assert_eq!(refund("2026-11-21").refund_yen, Yen::new(815));
    assert_eq!(refund("2026-11-22").refund_yen, Yen::new(400));
    assert_eq!(
        refund("2026-11-25").line.label,
        "利用日の3日前までの取消（50%）"
    );
    assert_eq!(
        refund_by_facility(&hall.0.refund, Yen::new(815)).refund_yen,
        Yen::new(815)
    );
}

#[test]
fn the_confirmation_says_until_when_how_much_comes_back() {
    let hall = Hall::with(rule(by_days(&[(7, 100), (3, 50)]), 10));
    let terms = refund_terms(hall.used("meeting", "2026-11-28"), Yen::new(815)).unwrap();
    let said: Vec<_> = terms
        .iter()
        .map(|term| (term.last_day.to_string(), term.refund_yen.get()))
        .collect();
    assert_eq!(
        said,
        [
            ("2026-11-21".to_owned(), 815),
            ("2026-11-25".to_owned(), 400)
        ]
    );
}

/// Scenario 43: 還付期限が休館日. 高山市 [S30]: the next open day is still in time; 日の出町
/// (https://www.town.hinode.tokyo.jp/0000000151.html): the weekday before.
#[test]
fn a_last_day_on_which_the_hall_is_closed_moves_as_the_town_says() {
    // Seven days before 2026-11-23 is a Monday on which the hall rests.
    let back = |on_closed_day, now| {
        let hall = Hall::with(RefundRule {
            on_closed_day,
            ..rule(by_days(&[(7, 100)]), 1)
        });
        let used = hall.used("meeting", "2026-11-23");
        refund_on_cancelling(used, Yen::new(1_000), now)
            .unwrap()
            .refund_yen
            .get()
    };
    let (next, previous) = (Some(ClosedDay::NextOpen), Some(ClosedDay::PreviousOpen));
    for (rule, now, refund) in [
        (None, at("2026-11-16", "23:59"), 1_000),
        (None, at("2026-11-17", "00:00"), 0),
        (next, at("2026-11-17", "23:59"), 1_000),
        (next, at("2026-11-18", "00:00"), 0),
        (previous, at("2026-11-15", "23:59"), 1_000),
        (previous, at("2026-11-16", "00:00"), 0),
    ] {
        assert_eq!(back(rule, now), refund, "{rule:?} {now}");
    }
}

#[test]
fn a_last_day_never_moves_beyond_the_day_of_use() {
    // The day before 2027-01-04 lies in the year-end closure, and 1/4 is a Monday.
    let hall = Hall::with(RefundRule {
        on_closed_day: Some(ClosedDay::NextOpen),
        ..rule(by_days(&[(1, 50)]), 1)
    });
    let terms = refund_terms(hall.used("meeting", "2027-01-04"), Yen::new(100)).unwrap();
    assert_eq!(terms[0].last_day, day("2027-01-04"));
}

#[test]
fn halls_and_rooms_of_one_house_have_their_own_tiers() {
    // 練馬産業振興公社 [S31]: 会議室は7日前まで全額, ホールは180日前80%・60日前50%.
    let hall = Hall::with(RefundRule {
        rooms: vec![RefundFor {
            kinds: ["会議室".to_owned()].into(),
            rooms: ["study".parse().unwrap()].into(),
            tiers: by_days(&[(7, 100)]),
            article: Some("条例第10条第2項".into()),
        }],
        ..rule(by_days(&[(180, 80), (60, 50)]), 1)
    });
    let now = at("2026-11-01", "12:00");
    let of = |room| {
        let used = hall.used(room, "2026-11-28");
        let reckoning = refund_on_cancelling(used, Yen::new(1_000), now).unwrap();
        (reckoning.refund_yen.get(), reckoning.line.basis)
    };
    assert_eq!(of("meeting"), (1_000, "条例第10条第2項".to_owned()));
    // A room that the town has given up since falls under the rule of the house.
    assert_eq!(of("theatre"), (0, "条例第10条".to_owned()));
}

fn reason(id: &str, rooms: &[&str], tiers: Vec<RefundTier>) -> RefundReason {
    RefundReason {
        id: id.parse().unwrap(),
        label: id.to_uppercase(),
        rooms: rooms.iter().map(|room| room.parse().unwrap()).collect(),
        tiers,
        article: "規則第9条".into(),
    }
}

#[test]
fn each_reason_gives_back_its_own_share() {
    // 美馬市 [S28]: 不可抗力 100%; 3日前までの正当な理由 50%, 自己都合 30%. 高山市 [S30]: 災害は1週間以内の
    // 届出で全額. 松前町 [S4]: 雨天の屋外は利用開始前の連絡.
    let hall = Hall::with(RefundRule {
        reasons: vec![
            reason("disaster", &[], vec![tier(Until::DaysAfter(7), 100)]),
            reason("good-cause", &[], by_days(&[(3, 50)])),
            reason("rain", &["study"], vec![tier(Until::Start, 100)]),
        ],
        ..rule(by_days(&[(3, 30)]), 1)
    });
    let back = |id: &str, room, now| {
        let used = hall.used(room, "2026-11-28");
        let found = refund_for_reason(used, &id.parse().unwrap(), Yen::new(1_000), now).unwrap();
        found.map(|it| (it.refund_yen.get(), it.line.label))
    };
    let said = |yen, label: &str| Some((yen, label.to_owned()));
    for (id, room, now, expected) in [
        (
            "disaster",
            "meeting",
            at("2026-12-05", "23:59"),
            said(1_000, "DISASTER: 利用日の後7日までの届出（100%）"),
        ),
        (
            "disaster",
            "meeting",
            at("2026-12-06", "00:00"),
            said(0, "DISASTER: 期限を過ぎた届出（還付なし）"),
        ),
        (
            "good-cause",
            "meeting",
            at("2026-11-25", "12:00"),
            said(500, "GOOD-CAUSE: 利用日の3日前までの届出（50%）"),
        ),
        (
            "rain",
            "study",
            at("2026-11-28", "12:59"),
            said(1_000, "RAIN: 利用開始前の届出（100%）"),
        ),
        (
            "rain",
            "study",
            at("2026-11-28", "13:00"),
            said(0, "RAIN: 期限を過ぎた届出（還付なし）"),
        ),
        ("rain", "meeting", at("2026-11-28", "12:00"), None),
        ("whim", "meeting", at("2026-11-28", "12:00"), None),
    ] {
        assert_eq!(back(id, room, now), expected, "{id} {room} {now}");
    }
    assert_eq!(hall.back(at("2026-11-25", "12:00")), 300);
}

#[test]
fn an_amount_out_of_the_rule_needs_one_of_the_towns_reasons() {
    let rule = RefundRule {
        overrides: vec![RefundOverride {
            id: "mayor".parse().unwrap(),
            label: "町長が特に必要と認める".into(),
            article: "規則第9条第3号".into(),
        }],
        ..rule(vec![], 10)
    };
    let back = |yen, reason: &str| {
        refund_by_override(
            &rule,
            Yen::new(1_000),
            Yen::new(yen),
            &reason.parse().unwrap(),
        )
    };
    let granted = back(725, "mayor").unwrap();
    assert_eq!((granted.refund_yen, granted.percent), (Yen::new(725), 72));
    assert_eq!(granted.line.basis, "規則第9条第3号");
    assert_eq!(
        back(725, "whim").unwrap_err().code(),
        "refund.override_reason"
    );
    assert_eq!(back(1_001, "mayor").unwrap_err().code(), "refund.too_much");
}

/// Scenario 44: 2コマ中1コマ取消, 枠ごとの率, 端数は規則どおり.
#[test]
fn one_of_two_slots_comes_back_by_its_own_rate() {
    let hall = |rounded| {
        Hall::with(RefundRule {
            rounded,
            ..rule(by_days(&[(7, 100), (3, 50)]), 10)
        })
    };
    let now = at("2026-11-22", "12:00");
    let each = |hall: &Hall, slots: &[(&str, u32)]| -> Vec<u32> {
        let slots: Vec<_> = slots
            .iter()
            .map(|(date, paid)| SlotPaid {
                used: hall.used("meeting", date),
                paid: Yen::new(*paid),
            })
            .collect();
        let reckonings = refund_of_slots(&slots, now).unwrap();
        reckonings.iter().map(|it| it.refund_yen.get()).collect()
    };
    let by_slot = hall(RefundRounding::EachSlot);
    let in_all = hall(RefundRounding::Total);
    // 1,230 円 a slot: half of it is 615.
    assert_eq!(each(&by_slot, &[("2026-11-28", 1_230)]), [610]);
    let two = [("2026-11-28", 1_230), ("2026-11-28", 1_230)];
    assert_eq!(each(&by_slot, &two), [610, 610]);
    assert_eq!(each(&in_all, &two), [610, 620]);
    // The second day is a week off and comes back whole.
    let days = [("2026-11-28", 1_230), ("2026-11-29", 1_230)];
    assert_eq!(each(&by_slot, &days), [610, 1_230]);
    assert_eq!(each(&in_all, &days), [610, 1_230]);
    assert_eq!(each(&in_all, &[]), Vec::<u32>::new());
}

proptest! {
    /// Nothing gives back more than was paid, and waiting never pays.
    #[test]
    fn waiting_never_gives_more_back(
        paid in 0_u32..5_000_000,
        unit in prop::sample::select(vec![1_u32, 10, 100]),
        on_closed_day in prop::sample::select(
            vec![None, Some(ClosedDay::NextOpen), Some(ClosedDay::PreviousOpen)]),
        early in 0_i64..120,
        wait in 0_i64..60,
    ) {
        let tiers = vec![
            tier(Until::MonthsBefore(2), 100),
            tier(Until::DaysBefore(30), 80),
            tier(Until::DaysBefore(7), 50),
            tier(Until::DaysBefore(1), 20),
        ];
        let hall = Hall::with(RefundRule { on_closed_day, ..rule(tiers, unit) });
        let used = hall.used("meeting", "2026-11-28");
        let now = civil::instant(day("2026-11-28"), civil::TimeOfDay::MIDNIGHT)
            - chrono::Duration::days(early);
        let refund = |now| refund_on_cancelling(used, Yen::new(paid), now).unwrap().refund_yen;
        let first = refund(now);
        prop_assert!(first <= Yen::new(paid));
        prop_assert!(refund(now + chrono::Duration::days(wait)) <= first);
        // What the confirmation page promises is what cancelling on that day gives.
        for term in refund_terms(used, Yen::new(paid)).unwrap() {
            let at = civil::instant(term.last_day, "23:59".parse().unwrap());
            prop_assert_eq!(refund(at), term.refund_yen);
        }
    }

    /// What was paid splits without loss, and slots never give back more than was paid for them.
    #[test]
    fn slots_never_give_back_more_than_was_paid(
        paid in 0_u32..1_000_000,
        prices in prop::collection::vec(0_u32..100_000, 1..5),
        unit in prop::sample::select(vec![1_u32, 10, 100]),
        day_of_use in 20_u32..28,
    ) {
        let prices: Vec<Yen> = prices.into_iter().map(Yen::new).collect();
        let parts = split_paid(Yen::new(paid), &prices).unwrap();
        prop_assert_eq!(Yen::sum(parts.iter().copied()), Ok(Yen::new(paid)));
        let back = |rounded| {
            let tiers = by_days(&[(7, 100), (3, 50), (1, 30)]);
            let hall = Hall::with(RefundRule { rounded, ..rule(tiers, unit) });
            let slots: Vec<_> = (day_of_use..)
                .zip(&parts)
                .map(|(day, paid)| {
                    let date = format!("2026-11-{:02}", day.min(30));
                    SlotPaid { used: hall.used("meeting", &date), paid: *paid }
                })
                .collect();
            let now = at("2026-11-20", "12:00");
            let each = refund_of_slots(&slots, now).unwrap();
            Yen::sum(each.iter().map(|it| it.refund_yen)).unwrap()
        };
        let in_all = back(RefundRounding::Total);
        prop_assert!(in_all <= Yen::new(paid));
        let each = back(RefundRounding::EachSlot);
        prop_assert!(each <= Yen::new(paid));
    }
}

mod parts {
    use std::collections::BTreeSet;

    use super::*;
    use crate::civil::TimeOfDay;
    use crate::slots::slots_of;

    fn spans(times: &[(&str, &str)]) -> Vec<Span> {
        let span = |(start, end): &(&str, &str)| {
            Span::on(
                day("2026-11-28"),
                start.parse().unwrap(),
                end.parse().unwrap(),
            )
            .unwrap()
        };
        times.iter().map(span).collect()
    }

    fn starts(times: &[&str]) -> BTreeSet<TimeOfDay> {
        times.iter().map(|time| time.parse().unwrap()).collect()
    }

    /// Morning, afternoon and evening, with gaps between them.
    fn three() -> Vec<Span> {
        spans(&[("09:00", "12:00"), ("13:00", "17:00"), ("18:00", "21:00")])
    }

    #[test]
    fn what_stays_is_one_stretch_from_either_end() {
        for (gone, left) in [
            (&["09:00"][..], "13:00–21:00"),
            (&["18:00"], "9:00–17:00"),
            (&["09:00", "18:00"], "13:00–17:00"),
            (&["13:00", "18:00"], "9:00–12:00"),
        ] {
            let part = give_up(&three(), &starts(gone)).unwrap();
            assert_eq!(part.left.clock(), left, "{gone:?}");
            assert_eq!(part.given_up.len(), gone.len());
        }
    }

    #[test]
    fn the_middle_everything_nothing_and_what_is_no_slot_are_refused() {
        for (gone, why) in [
            (&["13:00"][..], PartRefusal::InTheMiddle),
            (&["09:00", "13:00", "18:00"], PartRefusal::Everything),
            (&[], PartRefusal::Nothing),
            (&["12:00"], PartRefusal::NotASlot),
            (&["09:00", "09:30"], PartRefusal::NotASlot),
        ] {
            assert_eq!(give_up(&three(), &starts(gone)), Err(why), "{gone:?}");
        }
    }

    #[test]
    fn a_time_is_cut_into_the_divisions_or_steps_it_was_lent_in() {
        let hall = samples::hall();
        for room in &hall.rooms {
            let all = spans(&[("09:00", "12:00")]);
            let cut = slots_of(room, all[0]);
            assert_eq!(cut.first().unwrap().start(), all[0].start());
            assert_eq!(cut.last().unwrap().end(), all[0].end());
        }
    }

    /// An amount out of the rule is one line; a reason is one for each slot.
    #[test]
    fn a_reason_counts_for_each_slot_and_an_override_once() {
        let mut rule = rule(by_days(&[(7, 100)]), 10);
        rule.reasons = vec![RefundReason {
            id: "illness".parse().unwrap(),
            label: "やむを得ない理由".into(),
            rooms: BTreeSet::new(),
            tiers: vec![tier(Until::Start, 75)],
            article: "規則第7条".into(),
        }];
        rule.overrides = vec![RefundOverride {
            id: "mayor".parse().unwrap(),
            label: "町長が特に必要と認める".into(),
            article: "条例第10条ただし書".into(),
        }];
        let hall = Hall::with(rule);
        let used = hall.used("meeting", "2026-11-28");
        let slots = [1_050, 1_550].map(|yen| SlotPaid {
            used,
            paid: Yen::new(yen),
        });
        let now = at("2026-11-27", "12:00");
        let yen = |because: &Because| -> Vec<u32> {
            let each = refund_because(&slots, because, now).unwrap();
            each.iter().map(|one| one.refund_yen.get()).collect()
        };
        assert_eq!(yen(&Because::Own), [0, 0]);
        assert_eq!(
            yen(&Because::Reason("illness".parse().unwrap())),
            [780, 1_160]
        );
        let reason: Slug = "mayor".parse().unwrap();
        let by = |amount| Because::Override {
            reason: reason.clone(),
            amount: Yen::new(amount),
        };
        assert_eq!(yen(&by(2_600)), [2_600]);
        let more = refund_because(&slots, &by(2_601), now);
        assert!(matches!(more, Err(NotReckoned::Rule(_))), "{more:?}");
        let unknown = refund_because(&slots, &Because::Reason(reason.clone()), now);
        assert_eq!(unknown, Err(NotReckoned::ReasonUnknown));
    }

    #[test]
    fn grounds_read_as_they_are_kept() {
        let code: Slug = "rain".parse().unwrap();
        for grounds in [
            Grounds::Own,
            Grounds::Reason(code.clone()),
            Grounds::Override(code),
            Grounds::Facility,
            Grounds::Slip,
            Grounds::Shorter,
        ] {
            let read = Grounds::read(grounds.as_str(), grounds.code().cloned());
            assert_eq!(read, Some(grounds));
        }
        assert_eq!(Grounds::read("reason", None), None);
    }
}
