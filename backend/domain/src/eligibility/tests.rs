use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;

use super::*;
use crate::asker::{Asker, Booker};
use crate::calendar::Holidays;
use crate::civil;
use crate::reservation::{Channel, StateName};
use crate::residency::Residence;
use crate::samples;
use crate::span::Span;
use crate::town::{
    AgeFrom, AgeRule, Bar, ChangeRule, GroupRule, IncidentKind, Limit, Opening, OtherTime,
    PenaltyRule, Points, QuotaAmount, QuotaCounts, QuotaHolder, QuotaPeriod, QuotaRule, ReviewRule,
    Shorter, Slug, Town, Validity, Who,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(date: &str, time: &str) -> DateTime<Utc> {
    civil::instant(day(date), time.parse().unwrap())
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn span(date: &str, start: &str, end: &str) -> Span {
    Span::on(day(date), start.parse().unwrap(), end.parse().unwrap()).unwrap()
}

fn age(from: Option<AgeFrom>, consent_under: Option<u8>) -> AgeRule {
    AgeRule {
        from,
        consent_under,
        article: "規則第4条".into(),
    }
}

/// Scenario 21. 精華町 [S37] and 杉戸町 [S40]: 15歳以上で中学生でない, 18歳未満は保護者の同意; 瑞穂町 [S41]:
/// 12歳に達した日の翌日以後の最初の4月1日から.
#[test]
fn fourteen_is_too_young_and_sixteen_waits_for_a_guardian() {
    use AgeFrom::{AprilAfter, Years};
    use AgeRuling::{Fine, NeedsConsent};
    let sugito = age(Some(AprilAfter(15)), Some(18));
    let mizuho = age(Some(AprilAfter(12)), None);
    let fifteen = age(Some(Years(15)), None);
    for (rule, born, on, expected) in [
        (&sugito, "2012-06-01", "2027-05-01", None), // 14
        (&sugito, "2012-06-01", "2027-06-01", None), // 15, but in 中学校 until March
        (&sugito, "2012-06-01", "2028-03-31", None),
        (&sugito, "2012-06-01", "2028-04-01", Some(NeedsConsent)),
        (&sugito, "2011-01-10", "2027-05-01", Some(NeedsConsent)), // 16
        (&sugito, "2009-05-02", "2027-05-01", Some(NeedsConsent)),
        (&sugito, "2009-05-01", "2027-05-01", Some(Fine)),
        // Who is born on 1 April is a year above who is born on the 2nd.
        (&mizuho, "2015-04-01", "2027-04-01", Some(Fine)),
        (&mizuho, "2015-04-02", "2027-04-01", None),
        (&mizuho, "2015-04-02", "2028-04-01", Some(Fine)),
        (&fifteen, "2012-02-29", "2027-02-28", None),
        (&fifteen, "2012-02-29", "2027-03-01", Some(Fine)),
    ] {
        let found = check_age(rule, Some(day(born)), day(on));
        assert_eq!(found.as_ref().ok().copied(), expected, "{born} {on}");
        if let Err(refusal) = found {
            assert_eq!(refusal.code(), "age.too_young");
            assert_eq!(refusal.next, [NextStep::AskGrownUp]);
        }
    }
    let unknown = check_age(&sugito, None, day("2027-05-01")).unwrap_err();
    assert_eq!(unknown.code(), "age.unknown");
    assert_eq!(unknown.next, [NextStep::ShowBirthdate]);
}

/// Scenario 22: 公民館で物販 → 要審査, 自動却下しない (社会教育法23条 [S23]).
#[test]
fn selling_in_a_community_hall_is_looked_at_first() {
    let rules = [
        ReviewRule {
            purposes: [slug("sale")].into(),
            class: None,
            label: "物品の販売".into(),
            article: "社会教育法第23条第1項第1号".into(),
        },
        ReviewRule {
            purposes: BTreeSet::new(),
            class: Some(slug("commercial")),
            label: "営利を目的とする利用".into(),
            article: "条例第7条".into(),
        },
    ];
    let looked_at = |purpose: &str, classes: &[Slug]| -> Vec<String> {
        reviews(&rules, &slug(purpose), classes)
            .map(|rule| rule.label.clone())
            .collect()
    };
    assert_eq!(looked_at("meeting", &[]), Vec::<String>::new());
    assert_eq!(looked_at("sale", &[]), ["物品の販売"]);
    let commercial = [slug("commercial")];
    assert_eq!(looked_at("meeting", &commercial), ["営利を目的とする利用"]);
    assert_eq!(looked_at("sale", &commercial).len(), 2);
}

fn group(validity: Validity) -> GroupRule {
    GroupRule {
        min_members: 10,
        validity,
        renew_months_before: 3,
        age: None,
        article: "規則第6条".into(),
    }
}

#[test]
fn a_registration_holds_for_years_or_for_fiscal_years() {
    // 向日市 [S36]: 3年. 瑞穂町 [S41]: 1年. Fiscal years are the other common shape.
    for (validity, registered, until) in [
        (Validity::Years(3), "2026-06-10", "2029-06-09"),
        (Validity::Years(1), "2028-02-29", "2029-02-27"),
        (Validity::FiscalYears(1), "2026-06-10", "2027-03-31"),
        (Validity::FiscalYears(1), "2027-03-31", "2027-03-31"),
        (Validity::FiscalYears(2), "2027-04-01", "2029-03-31"),
    ] {
        let found = group_valid_until(&group(validity), day(registered));
        assert_eq!(found, day(until), "{validity:?} {registered}");
    }
}

/// Scenario 51. 向日市 [S36]: 有効期限を超えて予約できない, 更新は3か月前から.
#[test]
fn a_group_cannot_book_beyond_its_registration() {
    let rule = group(Validity::Years(3));
    let until = day("2027-05-31");
    assert_eq!(
        check_group_validity(&rule, until, day("2027-05-31")),
        Ok(())
    );
    let refusal = check_group_validity(&rule, until, day("2027-06-01")).unwrap_err();
    assert_eq!(refusal.code(), "group.expired");
    assert_eq!(refusal.article, "規則第6条");
    let from = day("2027-03-01");
    assert_eq!(refusal.next, [NextStep::RenewGroup { from }]);
}

#[test]
fn a_group_needs_its_members() {
    // 玉村町 [S43]: 10人以上.
    let rule = group(Validity::Years(1));
    assert_eq!(check_group_size(&rule, 10), Ok(()));
    assert_eq!(
        check_group_size(&rule, 9).unwrap_err().code(),
        "group.too_small"
    );
}

#[test]
fn divisions_and_days_in_a_row_have_their_limits() {
    let limit = |most| Limit {
        most,
        article: "規則第5条".into(),
    };
    assert_eq!(check_divisions(&limit(2), 2), Ok(()));
    let refusal = check_divisions(&limit(2), 3).unwrap_err();
    assert_eq!(refusal.why, Why::TooManyDivisions { most: 2 });

    let booked: BTreeSet<NaiveDate> = ["2026-11-10", "2026-11-11", "2026-11-14"]
        .into_iter()
        .map(day)
        .collect();
    let check = |date| check_days_in_a_row(&limit(3), &booked, day(date));
    assert_eq!(check("2026-11-09"), Ok(()));
    assert_eq!(check("2026-11-12"), Ok(()));
    // With 13 the run is 13–14; with 12 as well it would be 10–14.
    assert_eq!(check("2026-11-13"), Ok(()));
    let booked: BTreeSet<NaiveDate> = booked.into_iter().chain([day("2026-11-12")]).collect();
    let refusal = check_days_in_a_row(&limit(3), &booked, day("2026-11-13")).unwrap_err();
    assert_eq!(refusal.code(), "quota.days_in_a_row");
    let date = day("2026-11-15");
    assert_eq!(
        refusal.next,
        [NextStep::ChooseDayFrom { date }, NextStep::CancelOne]
    );
}

fn quota(per: QuotaHolder, within: QuotaPeriod, most: QuotaAmount) -> QuotaRule {
    QuotaRule {
        label: "月4コマまで".into(),
        facilities: [slug("gym")].into(),
        rooms: BTreeSet::new(),
        who: Who::default(),
        per,
        within,
        most,
        counts: QuotaCounts::All,
        lifted_from: None,
        article: "規則第7条".into(),
    }
}

const MINE: Ties = Ties {
    same_person: true,
    same_group: false,
    same_household: true,
};

fn counted(date: &str, slots: u32, state: StateName) -> Counted {
    let end = if slots == 1 { "20:00" } else { "22:00" };
    Counted {
        facility: slug("gym"),
        room: slug("gym-whole"),
        span: span(date, "18:00", end),
        slots,
        state,
        ties: MINE,
    }
}

fn resident(booker: Booker) -> Asker<'static> {
    Asker {
        booker,
        ..Asker::person(Residence::InTown, Channel::Online)
    }
}

/// What a quota says to a resident who wants an evening slot of the gym.
fn asks(rule: &QuotaRule, booker: Booker, date: &str, bookings: &[Counted]) -> Vec<RuleRefusal> {
    let gym = samples::gym();
    let room = gym.room(&slug("gym-whole")).unwrap();
    let wanted = (&gym, room.as_ref(), span(date, "18:00", "20:00"));
    let rules = std::slice::from_ref(rule);
    check_quotas(
        rules,
        &resident(booker),
        wanted,
        bookings,
        at("2026-11-20", "12:00"),
    )
}

/// Scenario 10: 月上限4コマ到達 → 上限と次回可能日を表示.
#[test]
fn four_slots_a_month_are_four_and_the_next_month_is_named() {
    use StateName::{AwaitingPayment, Cancelled, Completed, Confirmed, Held, Released};
    let rule = quota(
        QuotaHolder::Person,
        QuotaPeriod::UseMonth,
        QuotaAmount::Slots(4),
    );
    let three = [
        counted("2026-12-01", 1, Completed),
        counted("2026-12-05", 1, Held),
        counted("2026-12-06", 1, AwaitingPayment),
        counted("2026-12-07", 2, Cancelled),
        counted("2026-12-08", 2, Released),
        counted("2027-01-08", 2, Confirmed),
    ];
    assert_eq!(
        asks(&rule, Booker::Person, "2026-12-20", &three),
        Vec::new()
    );
    let mut four = three.to_vec();
    four.push(counted("2026-12-12", 1, Confirmed));
    // January is half full: one slot more fits there.
    let refusals = asks(&rule, Booker::Person, "2026-12-20", &four);
    assert_eq!(refusals.len(), 1);
    let refusal = &refusals[0];
    assert_eq!(refusal.code(), "quota.reached");
    assert_eq!(
        refusal.to_string(),
        "「月4コマまで」の上限に達しています（上限 4コマ、予約済み 4）（規則第7条）"
    );
    let date = day("2027-01-01");
    assert_eq!(
        refusal.next,
        [NextStep::ChooseDayFrom { date }, NextStep::CancelOne]
    );
    // A full January is passed over.
    four.push(counted("2027-01-20", 2, Confirmed));
    let refusals = asks(&rule, Booker::Person, "2026-12-20", &four);
    let date = day("2027-02-01");
    assert_eq!(refusals[0].next[0], NextStep::ChooseDayFrom { date });
}

#[test]
fn a_quota_counts_the_days_that_belong_together() {
    use QuotaPeriod::{UseDay, UseFiscalYear, UseMonth, UseWeek};
    let booked = [counted("2027-03-31", 1, StateName::Confirmed)];
    for (within, date, fits) in [
        (UseDay, "2027-03-31", false),
        (UseDay, "2027-04-01", true),
        // 合志市: 同一週内1回. 2027-03-31 is a Wednesday.
        (UseWeek, "2027-03-29", false),
        (UseWeek, "2027-04-04", false),
        (UseWeek, "2027-04-05", true),
        (UseMonth, "2027-03-01", false),
        (UseMonth, "2027-04-01", true),
        (UseFiscalYear, "2026-12-01", false),
        (UseFiscalYear, "2027-04-01", true),
        (QuotaPeriod::Always, "2028-04-01", false),
    ] {
        let rule = quota(QuotaHolder::Person, within, QuotaAmount::Bookings(1));
        let refusals = asks(&rule, Booker::Person, date, &booked);
        assert_eq!(refusals.is_empty(), fits, "{within:?} {date}");
    }
}

#[test]
fn persons_households_and_groups_are_counted_apart() {
    use QuotaHolder::{Group, Household, Person};
    let ties = |same_person, same_group, same_household| Ties {
        same_person,
        same_group,
        same_household,
    };
    let booked = |ties| Counted {
        ties,
        ..counted("2026-12-05", 1, StateName::Confirmed)
    };
    for (per, booker, ties, fits) in [
        (Person, Booker::Person, ties(true, false, true), false),
        (Person, Booker::Person, ties(false, false, true), true),
        (Person, Booker::Group, ties(true, false, true), true),
        (Household, Booker::Person, ties(false, false, true), false),
        (Household, Booker::Person, ties(true, false, false), false),
        (Group, Booker::Group, ties(false, true, false), false),
        (Group, Booker::Group, ties(true, false, false), true),
        (Group, Booker::Person, ties(false, true, false), true),
    ] {
        let rule = quota(per, QuotaPeriod::UseMonth, QuotaAmount::Bookings(1));
        let refusals = asks(&rule, booker, "2026-12-20", &[booked(ties)]);
        assert_eq!(refusals.is_empty(), fits, "{per:?} {booker:?} {ties:?}");
    }
}

#[test]
fn a_cap_on_what_is_not_paid_says_to_pay() {
    // domain.md B [S47]: the cap counts unpaid holdings.
    let rule = QuotaRule {
        counts: QuotaCounts::Unpaid,
        ..quota(
            QuotaHolder::Person,
            QuotaPeriod::Always,
            QuotaAmount::Bookings(2),
        )
    };
    let mut booked = vec![
        counted("2026-12-05", 1, StateName::AwaitingPayment),
        counted("2026-12-06", 1, StateName::Confirmed),
    ];
    assert_eq!(
        asks(&rule, Booker::Person, "2026-12-20", &booked),
        Vec::new()
    );
    booked.push(counted("2027-02-06", 1, StateName::AwaitingReview));
    let refusals = asks(&rule, Booker::Person, "2026-12-20", &booked);
    assert_eq!(refusals[0].next, [NextStep::PayFirst, NextStep::CancelOne]);
}

#[test]
fn what_is_over_is_none_of_those_one_has_at_a_time() {
    let rule = quota(
        QuotaHolder::Person,
        QuotaPeriod::Always,
        QuotaAmount::Bookings(1),
    );
    // Asked on 2026-11-20.
    for (date, fits) in [("2026-11-19", true), ("2026-11-20", false)] {
        let booked = [counted(date, 1, StateName::Completed)];
        let refusals = asks(&rule, Booker::Person, "2026-12-20", &booked);
        assert_eq!(refusals.is_empty(), fits, "{date}");
    }
}

#[test]
fn as_much_of_the_past_is_asked_for_as_the_rules_count() {
    let mut town = samples::town();
    let from = |town: &Town| {
        let (facility, room) = town.room(&slug("gym-whole")).unwrap();
        counted_from(
            town,
            facility,
            room,
            day("2027-01-20"),
            at("2026-11-20", "12:00"),
        )
    };
    town.quotas = Vec::new();
    Arc::make_mut(&mut town.facilities[0])
        .booking
        .max_days_in_a_row = None;
    assert_eq!(from(&town), None);
    let per = |within| quota(QuotaHolder::Person, within, QuotaAmount::Bookings(1));
    town.quotas = vec![per(QuotaPeriod::UseMonth)];
    assert_eq!(from(&town), Some(day("2027-01-01")));
    town.quotas.push(per(QuotaPeriod::Always));
    assert_eq!(from(&town), Some(day("2026-11-20")));
    town.quotas.push(per(QuotaPeriod::UseFiscalYear));
    assert_eq!(from(&town), Some(day("2026-04-01")));
    town.quotas = vec![QuotaRule {
        facilities: [slug("hall")].into(),
        ..per(QuotaPeriod::UseMonth)
    }];
    assert_eq!(from(&town), None);
    Arc::make_mut(&mut town.facilities[0])
        .booking
        .max_days_in_a_row = Some(Limit {
        most: 3,
        article: "規則第6条".into(),
    });
    assert_eq!(from(&town), Some(day("2027-01-17")));
}

#[test]
fn two_hours_a_day_are_two_hours_and_less_can_be_asked_for() {
    // 南風原町 多目的広場: 1日1回2時間 (https://v2.spm-cloud.com/user/haebaru/contents/guide-3.html).
    let rule = quota(
        QuotaHolder::Person,
        QuotaPeriod::UseDay,
        QuotaAmount::Minutes(120),
    );
    assert_eq!(asks(&rule, Booker::Person, "2026-12-20", &[]), Vec::new());
    let rule = quota(
        QuotaHolder::Person,
        QuotaPeriod::UseDay,
        QuotaAmount::Minutes(60),
    );
    let refusals = asks(&rule, Booker::Person, "2026-12-20", &[]);
    assert_eq!(refusals[0].next, [NextStep::AskForLess]);
}

#[test]
fn a_quota_of_the_first_days_is_lifted_later_and_one_elsewhere_does_not_count() {
    // 合志市: 利用月の前月9日までは同一週内1回, 10日から2回目以降も可
    // (https://testkke.machikagi-remote.jp/notifications/1).
    let weekly = quota(
        QuotaHolder::Person,
        QuotaPeriod::UseWeek,
        QuotaAmount::Bookings(1),
    );
    let koshi = QuotaRule {
        lifted_from: Some(Opening::DayOfMonth { months: 1, day: 10 }),
        ..weekly.clone()
    };
    let booked = |date| [counted(date, 1, StateName::Confirmed)];
    // Asked on 2026-11-20: December is free of it since 11/10, January is not before 12/10.
    let refusals = |rule, date| asks(rule, Booker::Person, date, &booked(date)).len();
    assert_eq!(refusals(&koshi, "2026-12-16"), 0);
    assert_eq!(refusals(&koshi, "2027-01-13"), 1);
    let hall_only = QuotaRule {
        facilities: [slug("hall")].into(),
        ..weekly.clone()
    };
    assert_eq!(refusals(&hall_only, "2027-01-13"), 0);
    let outsiders_only = QuotaRule {
        who: Who {
            residence: Some(Residence::Outside),
            ..Who::default()
        },
        ..weekly.clone()
    };
    assert_eq!(refusals(&outsiders_only, "2027-01-13"), 0);
    let one_room = QuotaRule {
        facilities: BTreeSet::new(),
        rooms: [slug("gym-whole")].into(),
        ..weekly
    };
    assert_eq!(refusals(&one_room, "2027-01-13"), 1);
}

fn change(other_time: OtherTime) -> ChangeRule {
    ChangeRule {
        until_days_before: 1,
        most_times: Some(1),
        shorter: Shorter::AsCancelled,
        other_time,
        article: "規則第8条".into(),
    }
}

/// 都城市 [S112]: 時間の追加は差額, 別の日・全く違う時間は取消しと新規. 松前町 [S4]: 開始後は変更しない.
#[test]
fn added_time_is_paid_for_and_another_day_is_a_new_booking() {
    use ChangeRuling::{Moved, PayDifference, Same};
    let placed = |date, start, end| Placed {
        room: slug("gym-whole"),
        span: span(date, start, end),
    };
    let before = placed("2026-11-28", "18:00", "20:00");
    let elsewhere = Placed {
        room: slug("gym-half-north"),
        ..before.clone()
    };
    let shorter = ChangeRuling::Shorter(Shorter::AsCancelled);
    let (rebook, moves) = (change(OtherTime::CancelAndRebook), change(OtherTime::Move));
    for (rule, after, changed, now, expected) in [
        (&rebook, before.clone(), 0, "2026-11-20", Ok(Same)),
        (
            &rebook,
            placed("2026-11-28", "18:00", "22:00"),
            0,
            "2026-11-27",
            Ok(PayDifference),
        ),
        (
            &rebook,
            placed("2026-11-28", "19:00", "21:00"),
            0,
            "2026-11-20",
            Ok(PayDifference),
        ),
        (
            &rebook,
            placed("2026-11-28", "18:00", "19:00"),
            0,
            "2026-11-20",
            Ok(shorter),
        ),
        (
            &rebook,
            placed("2026-11-28", "20:00", "22:00"),
            0,
            "2026-11-20",
            Err("change.new_booking"),
        ),
        (
            &rebook,
            placed("2026-11-29", "18:00", "20:00"),
            0,
            "2026-11-20",
            Err("change.new_booking"),
        ),
        (
            &rebook,
            elsewhere.clone(),
            0,
            "2026-11-20",
            Err("change.new_booking"),
        ),
        (&moves, elsewhere, 0, "2026-11-20", Ok(Moved)),
        (
            &moves,
            placed("2026-11-29", "18:00", "20:00"),
            0,
            "2026-11-20",
            Ok(Moved),
        ),
        (
            &moves,
            placed("2026-11-29", "18:00", "20:00"),
            1,
            "2026-11-20",
            Err("change.too_often"),
        ),
        (
            &moves,
            placed("2026-11-29", "18:00", "20:00"),
            0,
            "2026-11-28",
            Err("change.too_late"),
        ),
        (
            &moves,
            placed("2026-11-30", "18:00", "20:00"),
            0,
            "2026-11-29",
            Err("change.started"),
        ),
    ] {
        let found = check_change(rule, &before, &after, changed, at(now, "12:00"));
        let found = found.map_err(|refusal| {
            assert_eq!(refusal.next, [NextStep::CancelAndRebook]);
            refusal.code()
        });
        assert_eq!(found, expected, "{after:?} {now}");
    }
}

/// 金沢市 [S49]: 無断不使用1点, 直前の取消し0.5点, 2点で登録取消と6か月の停止, 雨天の取消しは除く.
fn kanazawa() -> PenaltyRule {
    PenaltyRule {
        no_show: Points::tenths(10),
        late_cancel: Points::tenths(5),
        late_cancel_days: 3,
        rain_exempt: [IncidentKind::LateCancel, IncidentKind::NoShow].into(),
        threshold: Points::tenths(20),
        within_months: Some(12),
        bar: Bar::Months(6),
        deregister: true,
        article: "要綱第9条".into(),
    }
}

/// Scenarios 35 and 49.
#[test]
fn two_points_propose_a_suspension_and_rain_brings_none() {
    let incident = |kind, date, rain, told| Incident {
        kind,
        date: day(date),
        rain,
        told_before_start: told,
        forgiven: false,
    };
    use IncidentKind::{LateCancel, NoShow};
    let on = day("2026-11-20");
    let come_to = |incidents: &[Incident]| {
        let tally = tally(&kanazawa(), incidents, on);
        (tally.points.to_string(), tally.propose)
    };
    let no_show = incident(NoShow, "2026-11-01", false, false);
    let late = incident(LateCancel, "2026-11-08", false, true);
    assert_eq!(come_to(&[]), ("0".into(), false));
    assert_eq!(come_to(&[no_show, late]), ("1.5".into(), false));
    assert_eq!(come_to(&[no_show, late, late]), ("2".into(), true));
    // 雨天で屋外中止, 開始前連絡 → 無断扱いにしない; without a word it is one.
    let rained = |told| incident(NoShow, "2026-11-15", true, told);
    assert_eq!(come_to(&[no_show, rained(true)]), ("1".into(), false));
    assert_eq!(come_to(&[no_show, rained(false)]), ("2".into(), true));
    // What is a year old, still to come, or taken back does not count.
    let old = incident(NoShow, "2025-11-20", false, false);
    let to_come = incident(NoShow, "2026-11-21", false, false);
    let forgiven = Incident {
        forgiven: true,
        ..no_show
    };
    assert_eq!(
        come_to(&[no_show, old, to_come, forgiven]),
        ("1".into(), false)
    );
}

#[test]
fn a_suspension_ends_with_its_last_day() {
    assert_eq!(bar_until(&kanazawa(), day("2026-11-20")), day("2027-05-19"));
    // 船橋市 [S50]: 最長180日.
    let funabashi = PenaltyRule {
        bar: Bar::Days(180),
        ..kanazawa()
    };
    assert_eq!(bar_until(&funabashi, day("2026-11-20")), day("2027-05-18"));
}

#[test]
fn a_cancellation_is_late_when_too_few_days_are_left() {
    let late = |on| is_late_cancel(&kanazawa(), day("2026-11-28"), day(on));
    assert!(!late("2026-11-25"));
    assert!(late("2026-11-26"));
}

#[test]
fn points_are_written_in_tenths() {
    for (text, tenths) in [("1", 10), ("0.5", 5), ("2.0", 20), ("999", 9_990)] {
        assert_eq!(
            Points::try_from(text.to_owned()),
            Ok(Points::tenths(tenths))
        );
    }
    for text in ["", ".5", "1.", "0.25", "-1", "+1", "１", "1000", "1e3"] {
        assert!(Points::try_from(text.to_owned()).is_err(), "{text}");
    }
}

/// A person of 16 who wants the hall's meeting room for a sale on 2027-03-31, a Wednesday.
struct Asking {
    town: Town,
    born: Option<NaiveDate>,
    end: &'static str,
    registered_until: Option<NaiveDate>,
    booked: Vec<Counted>,
    now: DateTime<Utc>,
}

impl Asking {
    fn new() -> Self {
        let mut town = samples::town();
        let limit = |most| Limit {
            most,
            article: "規則第5条".into(),
        };
        let hall = Arc::make_mut(&mut town.facilities[1]);
        hall.booking.age = Some(age(Some(AgeFrom::Years(15)), Some(18)));
        hall.booking.max_divisions = Some(limit(2));
        hall.booking.max_days_in_a_row = Some(limit(1));
        town.quotas = vec![QuotaRule {
            facilities: BTreeSet::new(),
            ..quota(
                QuotaHolder::Person,
                QuotaPeriod::UseMonth,
                QuotaAmount::Slots(4),
            )
        }];
        Self {
            town,
            born: Some(day("2011-01-10")),
            end: "12:30",
            registered_until: None,
            booked: vec![],
            now: at("2027-03-20", "12:00"),
        }
    }

    fn answer(&self) -> Result<Vec<Condition>, Vec<&'static str>> {
        let (hall, room) = self.town.room(&slug("meeting")).unwrap();
        let booker = match self.registered_until {
            Some(_) => Booker::Group,
            None => Booker::Person,
        };
        let application = Application {
            asker: resident(booker),
            facility: hall,
            room,
            span: span("2027-03-31", "08:30", self.end),
            purpose: &slug("sale"),
            birthdate: self.born,
            group_valid_until: self.registered_until,
            bookings: &self.booked,
        };
        let holidays = Holidays::of(&self.town);
        assess(&self.town, &holidays, &application, self.now)
            .map_err(|refusals| refusals.iter().map(RuleRefusal::code).collect())
    }
}

#[test]
fn all_that_stands_in_the_way_is_said_at_once() {
    let conditions = Asking::new().answer().unwrap();
    let review = Condition::Review {
        label: "物品の販売".into(),
        article: "社会教育法第23条第1項第1号".into(),
    };
    let consent = Condition::GuardianConsent {
        article: "規則第4条".into(),
    };
    assert_eq!(conditions, [review, consent]);

    // The hall opens a month ahead on the same day, at 8:30, and closes online 3 days before.
    let day_before = Counted {
        room: slug("meeting"),
        slots: 2,
        ..counted("2027-03-30", 2, StateName::Confirmed)
    };
    let everything = Asking {
        born: Some(day("2013-01-10")),
        end: "21:30",
        booked: vec![day_before],
        now: at("2027-02-28", "08:29"),
        ..Asking::new()
    };
    assert_eq!(
        everything.answer(),
        Err(vec![
            "window.not_yet",
            "quota.divisions",
            "quota.days_in_a_row",
            "quota.reached",
            "age.too_young",
        ])
    );
    let late = Asking {
        now: at("2027-03-29", "00:00"),
        ..Asking::new()
    };
    assert_eq!(late.answer(), Err(vec!["window.counter_only"]));
    let expired = Asking {
        registered_until: Some(day("2027-03-30")),
        ..Asking::new()
    };
    assert_eq!(expired.answer(), Err(vec!["group.expired"]));
}

proptest! {
    /// More bookings never make room, and what is refused leads to a day on which it would fit.
    #[test]
    fn a_quota_never_loosens_and_its_way_on_holds(
        days in prop::collection::vec((0_u64..120, 1_u32..3), 0..12),
        most in 1_u32..6,
        period in 0_usize..4,
        wanted in 0_u64..120,
    ) {
        let periods = [
            QuotaPeriod::UseDay,
            QuotaPeriod::UseWeek,
            QuotaPeriod::UseMonth,
            QuotaPeriod::UseFiscalYear,
        ];
        let rule = quota(QuotaHolder::Person, periods[period], QuotaAmount::Slots(most));
        let date = |ahead| (day("2026-12-01") + chrono::Days::new(ahead)).to_string();
        let all: Vec<Counted> = days
            .iter()
            .map(|(ahead, slots)| counted(&date(*ahead), *slots, StateName::Confirmed))
            .collect();
        let refused = |date: &str, bookings: &[Counted]| {
            asks(&rule, Booker::Person, date, bookings)
        };
        let with_all = refused(&date(wanted), &all);
        for fewer in 0..all.len() {
            if with_all.is_empty() {
                prop_assert_eq!(refused(&date(wanted), &all[..fewer]), Vec::new());
            }
        }
        for refusal in with_all {
            for step in refusal.next {
                if let NextStep::ChooseDayFrom { date } = step {
                    prop_assert_eq!(refused(&date.to_string(), &all), Vec::new());
                }
            }
        }
    }
}
