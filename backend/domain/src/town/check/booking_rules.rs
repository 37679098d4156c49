//! What must hold of the rules of booking in a facility, and of the town's about people.

use super::window_rules::{check_class, check_opening, check_who};
use super::{At, Findings};
use crate::town::{
    AgeFrom, AgeRule, Bar, Facility, GroupRule, Limit, PenaltyRule, Points, QuotaRule,
    ResidentRule, SlotRule, Slug, Town, Validity,
};

const OLDEST: u8 = 30;
const LONGEST_YEARS: u8 = 10;
const LONGEST_MONTHS: u32 = 120;

pub(super) fn check(town: &Town, facility: &Facility, at: &At, findings: &mut Findings<'_>) {
    let booking = &facility.booking;
    if let Some(limit) = &booking.max_divisions {
        let at = at.key("max_divisions");
        check_limit(limit, &at, findings);
        let mut rooms = facility.rooms.iter();
        if !rooms.any(|room| matches!(room.slots, SlotRule::Divisions(_))) {
            findings.add(
                &at,
                "区分で貸す室場がないので「max_divisions」は使われません。時間貸しの上限は室場の slots の max_minutes に書いてください",
            );
        }
    }
    if let Some(limit) = &booking.max_days_in_a_row {
        check_limit(limit, &at.key("max_days_in_a_row"), findings);
    }
    if let Some(age) = &booking.age {
        check_age(age, &at.key("age"), findings);
    }
    if let Some(change) = &booking.change {
        let at = at.key("change");
        findings.text(&at, "article", &change.article);
        if change.most_times == Some(0) {
            findings.add(
                &at.key("most_times"),
                "変更の回数「most_times」が 0 です。変更を認めないなら change の組を消してください",
            );
        }
    }
    if let Some(resident) = &booking.resident {
        check_resident(resident, &at.key("resident"), findings);
    }
    let at_review = at.key("review");
    for (n, review) in booking.reviews.iter().enumerate() {
        let at = at_review.index(n);
        findings.text(&at, "label", &review.label);
        findings.text(&at, "article", &review.article);
        if review.purposes.is_empty() && review.class.is_none() {
            findings.add(
                &at,
                "何を審査するのかが書かれていません。purposes（使用目的の id）か class（利用者区分）を書いてください",
            );
        }
        if let Some(class) = &review.class {
            check_class(town, class, &at.key("class"), findings);
        }
        for purpose in &review.purposes {
            let mut rooms = facility.rooms.iter();
            if !rooms.any(|room| room.purposes.iter().any(|it| it.id == *purpose)) {
                findings.add(
                    &at.key("purposes"),
                    format!("使用目的「{purpose}」はこの施設のどの室場にもありません"),
                );
            }
        }
    }
}

/// What the town says about people: residents, groups, penalties, quotas.
pub(super) fn check_town(town: &Town, findings: &mut Findings<'_>) {
    let top = At::top();
    if let Some(resident) = &town.resident {
        check_resident(resident, &top.key("resident"), findings);
    }
    if let Some(group) = &town.group {
        check_group(group, &top.key("group"), findings);
    }
    if let Some(penalty) = &town.penalty {
        check_penalty(penalty, &top.key("penalty"), findings);
    }
    for (n, quota) in town.quotas.iter().enumerate() {
        check_quota(town, quota, &top.key("quota").index(n), findings);
    }
}

fn check_limit(limit: &Limit, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "article", &limit.article);
    if limit.most == 0 {
        findings.add(
            &at.key("most"),
            "上限「most」が 0 です。1 以上にするか、この項目を消してください",
        );
    }
}

fn check_age(age: &AgeRule, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "article", &age.article);
    let from = age
        .from
        .map(|(AgeFrom::Years(years) | AgeFrom::AprilAfter(years))| years);
    for (key, years) in [("from", from), ("consent_under", age.consent_under)] {
        if years.is_some_and(|years| !(1..=OLDEST).contains(&years)) {
            findings.add(
                &at.key(key),
                format!("年齢「{key}」は 1 から {OLDEST} までにしてください"),
            );
        }
    }
    match (from, age.consent_under) {
        (None, None) => findings.add(
            at,
            "年齢の決まりに from も consent_under もありません。どちらかを書くか、この組を消してください",
        ),
        (Some(from), Some(under)) if under <= from => findings.add(
            &at.key("consent_under"),
            "保護者の同意がいる年齢「consent_under」が from 以下なので、使われません",
        ),
        _ => {}
    }
}

fn check_resident(rule: &ResidentRule, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "article", &rule.article);
    if rule.ties.is_empty() {
        findings.add(
            &at.key("ties"),
            "町内の範囲「ties」が空です。lives（在住）・works（在勤）・studies（在学）から書いてください",
        );
    }
    if rule
        .evidence_months
        .is_some_and(|months| !(1..=LONGEST_MONTHS).contains(&months))
    {
        findings.add(
            &at.key("evidence_months"),
            format!(
                "確認の有効月数「evidence_months」は 1 から {LONGEST_MONTHS} までにしてください"
            ),
        );
    }
    if rule
        .group_percent
        .is_some_and(|percent| !(1..=100).contains(&percent))
    {
        findings.add(
            &at.key("group_percent"),
            "構成員の割合「group_percent」は 1 から 100 までにしてください（半数以上なら 50）",
        );
    }
}

fn check_group(rule: &GroupRule, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "article", &rule.article);
    if rule.min_members == 0 {
        findings.add(
            &at.key("min_members"),
            "団体の人数「min_members」は 1 以上にしてください",
        );
    }
    let (Validity::Years(years) | Validity::FiscalYears(years)) = rule.validity;
    if !(1..=LONGEST_YEARS).contains(&years) {
        findings.add(
            &at.key("validity"),
            format!("登録の有効期間「validity」は 1 から {LONGEST_YEARS} 年までにしてください"),
        );
    }
    if rule.renew_months_before > 12 {
        findings.add(
            &at.key("renew_months_before"),
            "更新の受付「renew_months_before」は 12 か月前までにしてください",
        );
    }
    if let Some(age) = &rule.age {
        check_age(age, &at.key("age"), findings);
    }
}

fn check_penalty(rule: &PenaltyRule, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "article", &rule.article);
    if rule.threshold == Points::ZERO {
        findings.add(
            &at.key("threshold"),
            "停止を検討する点数「threshold」は \"0\" より大きくしてください",
        );
    }
    if rule.no_show == Points::ZERO && rule.late_cancel == Points::ZERO {
        findings.add(
            &at.key("no_show"),
            "点数がどちらも \"0\" です。no_show か late_cancel に点数を書くか、penalty の組を消してください",
        );
    }
    if rule.within_months == Some(0) {
        findings.add(
            &at.key("within_months"),
            "点数を数える月数「within_months」は 1 以上にしてください",
        );
    }
    let (Bar::Months(length) | Bar::Days(length)) = rule.bar;
    if length == 0 {
        findings.add(
            &at.key("bar"),
            "停止の期間「bar」は 1 以上にしてください（例 { months = 6 }）",
        );
    }
}

fn check_quota(town: &Town, quota: &QuotaRule, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "label", &quota.label);
    findings.text(at, "article", &quota.article);
    check_who(town, &quota.who, &at.key("who"), findings);
    if quota.most.get() == 0 {
        findings.add(
            &at.key("most"),
            "上限「most」が 0 です。1 以上にしてください",
        );
    }
    if let Some(opening) = &quota.lifted_from {
        check_opening(opening, &at.key("lifted_from"), findings);
    }
    let known = |id: &Slug| town.facility(id).is_some();
    for facility in quota.facilities.iter().filter(|id| !known(id)) {
        findings.add(
            &at.key("facilities"),
            format!("施設「{facility}」はありません。施設の id を確かめてください"),
        );
    }
    for room in quota.rooms.iter().filter(|id| town.room(id).is_none()) {
        findings.add(
            &at.key("rooms"),
            format!("室場「{room}」はありません。室場の id を確かめてください"),
        );
    }
}
