//! Control totals (検算) come out: no figure was changed, left out or written twice unseen.

use super::{At, Findings};
use crate::money::{SignedYen, Yen};
use crate::town::Town;

pub(super) fn check(town: &Town, findings: &mut Findings<'_>) {
    let top = At::top();
    compare(
        town.examples_sum_yen,
        town.examples_control_total(),
        &top,
        ("examples_sum_yen", "計算例の申し込みに書いた額"),
        findings,
    );
    for (n, reduction) in town.reductions.iter().enumerate() {
        compare(
            reduction.sum_yen,
            reduction.control_total(),
            &top.key("reduction").index(n),
            ("sum_yen", "この減免の条件の額"),
            findings,
        );
    }
    for (n, facility) in town.facilities.iter().enumerate() {
        let at = top.key("facility").index(n).key("room");
        for (n, room) in facility.rooms.iter().enumerate() {
            let at = at.index(n);
            compare(
                room.options_sum_yen,
                room.options_control_total(),
                &at,
                ("options_sum_yen", "この室場の設備の円の数字"),
                findings,
            );
            for (n, tariff) in room.tariffs.iter().enumerate() {
                compare(
                    tariff.sum_yen,
                    tariff.control_total(),
                    &at.key("tariff").index(n),
                    ("sum_yen", "この料金表の円の数字"),
                    findings,
                );
            }
        }
    }
}

/// A stated total, where there is one, against the figures.
fn compare(
    stated: Option<Yen>,
    actual: Option<SignedYen>,
    at: &At,
    (key, figures): (&'static str, &str),
    findings: &mut Findings<'_>,
) {
    let (Some(stated), actual) = (stated, actual.unwrap_or_default()) else {
        return;
    };
    let more = actual.get().saturating_sub(stated.as_i64());
    if more == 0 {
        return;
    }
    let difference = SignedYen::new(more.saturating_abs());
    let way = if more > 0 { "多い" } else { "少ない" };
    findings.add(
        &at.key(key),
        format!(
            "検算が合いません。「{key}」は {stated} ですが、{figures}を全部足すと {actual} です（{difference} {way}）。\
             条例の表と見くらべて、ちがう数字を直してください。表のほうが正しければ {key} = {} にしてください",
            actual.get()
        ),
    );
}
