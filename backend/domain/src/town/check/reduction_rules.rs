//! What must hold of the town's reductions and of each facility's stock.

use super::{At, Findings, price_rules, when_rules};
use crate::town::{Reduction, Town};

pub(super) fn check(town: &Town, findings: &mut Findings<'_>) {
    let at = At::top().key("reduction");
    findings.once(
        town.reductions
            .iter()
            .enumerate()
            .map(|(n, it)| (at.index(n).key("id"), &it.id)),
        |id| format!("減免の id「{id}」が二度使われています。別の id にしてください"),
    );
    for (n, reduction) in town.reductions.iter().enumerate() {
        check_reduction(town, reduction, &at.index(n), findings);
    }
    for (n, facility) in town.facilities.iter().enumerate() {
        let at = At::top().key("facility").index(n).key("stock");
        let stocks = || facility.stocks.iter().enumerate();
        for (n, stock) in stocks() {
            findings.text(&at.index(n), "name", &stock.name);
            if stock.count == 0 {
                findings.add(
                    &at.index(n).key("count"),
                    "備品の数「count」は 1 以上にしてください",
                );
            }
        }
        findings.once(
            stocks().map(|(n, it)| (at.index(n).key("id"), &it.id)),
            |id| format!("備品の id「{id}」が二度使われています。別の id にしてください"),
        );
    }
}

fn check_reduction(town: &Town, reduction: &Reduction, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "name", &reduction.name);
    findings.text(at, "decided_by", &reduction.decided_by);
    findings.text(at, "article", &reduction.article);
    price_rules::round(reduction.round, at, findings);
    price_rules::touches(&reduction.touches, at, findings);
    let facilities = town.facilities.iter();
    let its = facilities
        .filter(|it| reduction.facilities.is_empty() || reduction.facilities.contains(&it.id));
    let rooms = its.flat_map(|facility| facility.rooms.iter().map(|room| &**room));
    price_rules::touches_what_is_there(&reduction.touches, rooms, at, findings);
    if !(1..=100).contains(&reduction.rate.most()) {
        findings.add(
            &at.key("rate"),
            "減免の割合は 1 から 100 までにしてください（免除は 100）",
        );
    }
    for (n, exclusion) in reduction.excluded.iter().enumerate() {
        let at = at.key("excluded").index(n);
        findings.text(&at, "why", &exclusion.why);
        when_rules::check(town, None, &exclusion.when, &at.key("when"), findings);
        if exclusion.when.is_always() {
            findings.add(&at, "条件「when」が空で、この減免はいつも受けられません");
        }
    }
    for id in &reduction.facilities {
        if town.facility(id).is_none() {
            findings.add(
                &at.key("facilities"),
                format!("施設「{id}」がこの町にありません"),
            );
        }
    }
    for id in &reduction.not_rooms {
        if town.room(id).is_none() {
            findings.add(
                &at.key("not_rooms"),
                format!("室場「{id}」がこの町にありません"),
            );
        }
    }
}
