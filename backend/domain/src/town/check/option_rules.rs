//! What must hold of what can be booked with a room.

use super::table_rules::{self, Of};
use super::{At, Findings, price_rules, when_rules};
use crate::quote::Component;
use crate::town::{Facility, FeeOption, OptionPrice, Room, Town};

pub(super) fn check(
    town: &Town,
    facility: &Facility,
    room: &Room,
    at: &At,
    findings: &mut Findings<'_>,
) {
    let at = at.key("option");
    let options = room.options.iter().enumerate();
    findings.once(
        options.map(|(n, it)| (at.index(n).key("id"), &it.id)),
        |id| format!("設備の id「{id}」が二度使われています。別の id にしてください"),
    );
    for (n, option) in room.options.iter().enumerate() {
        let at = at.index(n);
        findings.text(&at, "name", &option.name);
        findings.text(&at, "article", &option.article);
        price_rules::round(option.round, &at, findings);
        if option.max_quantity == 0 || option.max_quantity > 9_999 {
            findings.add(
                &at.key("max_quantity"),
                "数の上限「max_quantity」は 1 から 9999 までにしてください（照明などは 1）",
            );
        }
        if matches!(option.component, Component::Room | Component::Rounding) {
            findings.add(
                &at.key("component"),
                "種別「component」は air（冷暖房）・light（照明）・equipment（備品・券）のどれかにしてください",
            );
        }
        if let Some(when) = &option.automatic {
            when_rules::check(town, Some(room), when, &at.key("automatic"), findings);
        }
        let of = Of {
            town,
            facility,
            room,
        };
        let at_price = at.key("price");
        table_rules::check(of, &option.price, check_single, &at_price, findings);
        check_excludes(room, option, &at.key("excludes"), findings);
        check_stock(facility, option, &at, findings);
    }
}

fn check_single(of: Of<'_>, price: &OptionPrice, at: &At, findings: &mut Findings<'_>) {
    match price {
        OptionPrice::PerHour(yen)
        | OptionPrice::PerHalfHour(yen)
        | OptionPrice::PerUse(yen)
        | OptionPrice::PerPiece(yen)
        | OptionPrice::PerPerson(yen) => price_rules::yen(*yen, at, findings),
        OptionPrice::HourAndHalf { hour, half } => {
            price_rules::yen(*hour, at, findings);
            price_rules::yen(*half, at, findings);
        }
        OptionPrice::PerDivision(prices) => {
            price_rules::divisions(of.room, prices, &at.key("per_division"), findings);
        }
        OptionPrice::PerHourByTime(bands) => {
            let at = at.key("per_hour_by_time");
            price_rules::bands(of.facility, bands, false, &at, findings);
        }
        OptionPrice::ShareOfRoom { percent, .. } => {
            price_rules::percent(*percent, &at.key("share_of_room"), findings);
        }
        OptionPrice::Table(_) => {}
    }
}

fn check_excludes(room: &Room, option: &FeeOption, at: &At, findings: &mut Findings<'_>) {
    for id in &option.excludes {
        if *id == option.id {
            findings.add(at, "自分自身とは別の設備の id を書いてください");
        } else if !room.options.iter().any(|known| known.id == *id) {
            findings.add(at, format!("設備「{id}」はこの室場にありません"));
        }
    }
}

fn check_stock(facility: &Facility, option: &FeeOption, at: &At, findings: &mut Findings<'_>) {
    let Some(id) = &option.stock else { return };
    let Some(stock) = facility.stocks.iter().find(|stock| stock.id == *id) else {
        findings.add(
            &at.key("stock"),
            format!("備品「{id}」がこの施設にありません。[[facility.stock]] に書き足してください"),
        );
        return;
    };
    if option.max_quantity > stock.count {
        findings.add(
            &at.key("max_quantity"),
            format!(
                "「{}」は {} 点しかありません。max_quantity をそれ以下にしてください",
                stock.name, stock.count
            ),
        );
    }
}
