//! A town's worked examples come out as it says.

use super::{At, Findings};
use crate::fees::quote_for_town;
use crate::quote::Quote;
use crate::town::{Example, Town};

pub(super) fn check(town: &Town, findings: &mut Findings<'_>) {
    for (n, example) in town.examples.iter().enumerate() {
        let at = At::top().key("example").index(n);
        findings.text(&at, "name", &example.name);
        findings.text(&at, "source", &example.source);
        if example.refused.is_some() && !example.lines_yen.is_empty() {
            findings.add(
                &at.key("lines_yen"),
                "断る計算例に内訳はありません。lines_yen を消してください",
            );
        }
        match (example.total_yen, &example.refused) {
            (Some(_), None) | (None, Some(_)) => run(town, example, &at, findings),
            _ => findings.add(
                &at,
                "計算例には total_yen（料金）か refused（断る理由の符号）のどちらか一つを書いてください",
            ),
        }
    }
}

fn run(town: &Town, example: &Example, at: &At, findings: &mut Findings<'_>) {
    match (quote_for_town(town, &example.request), &example.refused) {
        (Ok(quote), None) => {
            let amounts = quote.lines.iter().map(|line| line.amount_yen);
            let lines_differ =
                !example.lines_yen.is_empty() && !amounts.eq(example.lines_yen.iter().copied());
            if let Some(total) = example.total_yen.filter(|total| *total != quote.total_yen) {
                findings.add(
                    &at.key("total_yen"),
                    format!(
                        "計算例「{}」は {total} のはずですが、この料金表では {} になります（{}）。料金表か計算例を直してください",
                        example.name, quote.total_yen, breakdown(&quote)
                    ),
                );
            } else if lines_differ {
                findings.add(
                    &at.key("lines_yen"),
                    format!(
                        "計算例「{}」の内訳が違います（{}）",
                        example.name,
                        breakdown(&quote)
                    ),
                );
            }
        }
        (Err(refusal), Some(code)) if refusal.code() == code => {}
        (Err(refusal), _) => findings.add(
            &at.key("request"),
            format!(
                "計算例「{}」の料金を計算できません: {refusal}（{}）",
                example.name,
                refusal.code()
            ),
        ),
        (Ok(quote), Some(_)) => findings.add(
            &at.key("refused"),
            format!(
                "計算例「{}」は断られるはずですが、{} になります（{}）",
                example.name,
                quote.total_yen,
                breakdown(&quote)
            ),
        ),
    }
}

fn breakdown(quote: &Quote) -> String {
    let line = |line: &crate::quote::QuoteLine| format!("{} {}", line.label, line.amount_yen);
    quote.lines.iter().map(line).collect::<Vec<_>>().join("、")
}
