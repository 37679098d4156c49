//! What must hold of surcharges: they name what there is, and none stands for itself.

use super::price_rules::{self, HIGHEST_PERCENT};
use super::{At, Findings, when_rules};
use crate::town::{Addition, Room, ShareOf, Slug, Surcharge, Tariff, Town};

pub(super) fn check(
    town: &Town,
    room: &Room,
    tariff: &Tariff,
    at: &At,
    findings: &mut Findings<'_>,
) {
    let surcharges = || tariff.surcharges.iter().enumerate();
    findings.once(
        surcharges().map(|(n, it)| (at.index(n).key("id"), &it.id)),
        |id| format!("加算の id「{id}」が二度使われています。別の id にしてください"),
    );
    for (n, surcharge) in surcharges() {
        let at = at.index(n);
        findings.text(&at, "label", &surcharge.label);
        findings.text(&at, "article", &surcharge.article);
        price_rules::round(surcharge.round, &at, findings);
        price_rules::touches(&surcharge.touches, &at, findings);
        price_rules::touches_what_is_there(&surcharge.touches, [room], &at, findings);
        when_rules::check(town, Some(room), &surcharge.when, &at.key("when"), findings);
        check_addition(town, surcharge, &at, findings);
        check_instead_of(tariff, surcharge, &at.key("instead_of"), findings);
    }
}

fn check_addition(town: &Town, surcharge: &Surcharge, at: &At, findings: &mut Findings<'_>) {
    let at_add = at.key("add");
    match &surcharge.add {
        Addition::Percent(percent) => {
            let most = i32::try_from(HIGHEST_PERCENT).unwrap_or(i32::MAX);
            if *percent == 0 || !(-100..=most).contains(percent) {
                findings.add(
                    &at_add,
                    format!("加算の割合「percent」は 1 から {most} まで（5割増なら 50、3倍なら 200）、割引は -100 から -1 まで（5割引なら -50）にしてください"),
                );
            }
        }
        Addition::Yen(yen) => price_rules::yen(*yen, &at_add, findings),
        Addition::AmountTimes { attribute, times } => {
            let at = at_add.key("amount_times");
            when_rules::amount(town, attribute, &at.key("attribute"), findings);
            if *times == 0 || *times > 1_000 {
                findings.add(
                    &at.key("times"),
                    "倍数「times」は 1 から 1000 までにしてください",
                );
            }
        }
    }
    if surcharge.of != ShareOf::Base && !matches!(surcharge.add, Addition::Percent(_)) {
        findings.add(
            &at.key("of"),
            "of は割合「percent」の加算だけに書けます。消してください",
        );
    }
}

fn check_instead_of(tariff: &Tariff, surcharge: &Surcharge, at: &At, findings: &mut Findings<'_>) {
    for id in &surcharge.instead_of {
        if !tariff.surcharges.iter().any(|it| it.id == *id) {
            findings.add(
                at,
                format!("加算「{id}」がこの料金表にありません。instead_of には同じ料金表の加算の id を書いてください"),
            );
        }
    }
    if reaches(
        tariff,
        &surcharge.id,
        &surcharge.id,
        tariff.surcharges.len(),
    ) {
        findings.add(
            at,
            format!("加算「{}」が、めぐりめぐって自分自身に置き換わります。instead_of を片方だけにしてください", surcharge.id),
        );
    }
}

/// True when following `instead_of` from one surcharge comes to another.
fn reaches(tariff: &Tariff, from: &Slug, to: &Slug, steps: usize) -> bool {
    let next = tariff.surcharges.iter().filter(|it| it.id == *from);
    steps > 0
        && next
            .flat_map(|it| &it.instead_of)
            .any(|id| id == to || reaches(tariff, id, to, steps - 1))
}
