//! What must hold of a room's tariffs: one version after another, and prices that can be reckoned.

use super::table_rules::{self, Of};
use super::{At, Findings, price_rules, surcharge_rules, when_rules};
use crate::town::{Facility, Room, RoomPrice, RoundingStage, Tariff, Town};

pub(super) fn check(
    town: &Town,
    facility: &Facility,
    room: &Room,
    at: &At,
    findings: &mut Findings<'_>,
) {
    let at = at.key("tariff");
    if room.tariffs.is_empty() {
        findings.add(
            &at,
            "料金表「tariff」がありません。無料の室場は price = { free = {} } と書いてください",
        );
    }
    check_versions(room, &at, findings);
    for (n, tariff) in room.tariffs.iter().enumerate() {
        let at = at.index(n);
        findings.text(&at, "article", &tariff.article);
        let of = Of {
            town,
            facility,
            room,
        };
        table_rules::check(of, &tariff.price, check_single, &at.key("price"), findings);
        check_bounds(tariff, &at, findings);
        check_rounding(tariff, &at.key("rounding"), findings);
        surcharge_rules::check(town, room, tariff, &at.key("surcharge"), findings);
    }
}

fn check_versions(room: &Room, at: &At, findings: &mut Findings<'_>) {
    for (n, tariff) in room.tariffs.iter().enumerate() {
        if tariff.until.is_some_and(|until| until < tariff.from) {
            findings.add(
                &at.index(n).key("until"),
                "料金表の終わりの日「until」が始まりの日「from」より前です",
            );
        }
    }
    for (n, pair) in room.tariffs.windows(2).enumerate() {
        let [older, newer] = pair else { continue };
        let at = at.index(n + 1).key("from");
        if newer.from <= older.from {
            findings.add(
                &at,
                format!(
                    "料金表は古い順に書いてください（{} の後に {} があります）",
                    older.from, newer.from
                ),
            );
        } else if let Some(until) = older.until {
            if until >= newer.from {
                findings.add(
                    &at,
                    format!("料金表が重なっています。前の料金表は {until} まで、この料金表は {} からです", newer.from),
                );
            } else if until.succ_opt() != Some(newer.from) {
                findings.add(
                    &at,
                    format!("{until} の翌日から {} の前日まで、料金表がありません。from か until を直してください", newer.from),
                );
            }
        }
    }
}

fn check_single(of: Of<'_>, price: &RoomPrice, at: &At, findings: &mut Findings<'_>) {
    match price {
        RoomPrice::Free {} | RoomPrice::Table(_) => {}
        RoomPrice::PerHour { yen, max_hours } => {
            let at = at.key("per_hour");
            price_rules::yen(*yen, &at.key("yen"), findings);
            check_count(*max_hours, &at.key("max_hours"), findings);
        }
        RoomPrice::PerHalfHour { yen } => {
            price_rules::yen(*yen, &at.key("per_half_hour").key("yen"), findings);
        }
        RoomPrice::PerHourByTime(bands) => {
            price_rules::bands(
                of.facility,
                bands,
                true,
                &at.key("per_hour_by_time"),
                findings,
            );
        }
        RoomPrice::PerUse { yen, minutes } => {
            let at = at.key("per_use");
            price_rules::yen(*yen, &at.key("yen"), findings);
            check_count(*minutes, &at.key("minutes"), findings);
        }
        RoomPrice::PerPerson { yen, minutes } => {
            let at = at.key("per_person");
            price_rules::yen(*yen, &at.key("yen"), findings);
            check_count(*minutes, &at.key("minutes"), findings);
        }
        RoomPrice::PerDivision(prices) => {
            price_rules::divisions(of.room, prices, &at.key("per_division"), findings);
        }
        RoomPrice::ShareOfAmount { attribute, percent } => {
            let at = at.key("share_of_amount");
            when_rules::amount(of.town, attribute, &at.key("attribute"), findings);
            price_rules::percent(*percent, &at.key("percent"), findings);
        }
    }
}

fn check_count(count: Option<u32>, at: &At, findings: &mut Findings<'_>) {
    if count == Some(0) {
        findings.add(at, "0 は書けません。限りがないときは項目を消してください");
    }
}

fn check_bounds(tariff: &Tariff, at: &At, findings: &mut Findings<'_>) {
    for (key, bound) in [
        ("minimum_yen", tariff.minimum_yen),
        ("maximum_yen", tariff.maximum_yen),
    ] {
        if let Some(bound) = bound {
            price_rules::yen(bound, &at.key(key), findings);
        }
    }
    if let (Some(least), Some(most)) = (tariff.minimum_yen, tariff.maximum_yen)
        && most < least
    {
        findings.add(
            &at.key("maximum_yen"),
            format!("上限 {most} が最低使用料 {least} より低くなっています"),
        );
    }
}

fn check_rounding(tariff: &Tariff, at: &At, findings: &mut Findings<'_>) {
    for (n, rule) in tariff.rounding.iter().enumerate() {
        let at = at.index(n);
        findings.unit(&at.key("round"), rule.round.unit());
        price_rules::components(&rule.of, &at.key("of"), findings);
    }
    for stage in [RoundingStage::Line, RoundingStage::Sum] {
        let rules = || {
            let numbered = tariff.rounding.iter().enumerate();
            numbered.filter(move |(_, rule)| rule.stage == stage)
        };
        for (n, later) in rules() {
            let shared = |earlier: &crate::town::RoundingRule| {
                earlier.of.is_empty()
                    || later.of.is_empty()
                    || earlier.of.iter().any(|it| later.of.contains(it))
            };
            if rules().any(|(m, earlier)| m < n && shared(earlier)) {
                findings.add(
                    &at.index(n),
                    "同じ対象の端数処理が二度書かれています。of を分けるか、片方を消してください",
                );
            }
        }
    }
}
