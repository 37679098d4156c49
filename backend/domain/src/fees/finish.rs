//! From exact items to lines in whole yen: rounding where the ordinance says so, seen in a line.

use super::bill::{Bill, Item};
use super::exact::Exact;
use crate::money::{SignedYen, Yen, YenOutOfRange};
use crate::quote::{Component, QuoteLine};
use crate::town::{Rounding, RoundingRule, RoundingStage, Tariff};

/// Less than a yen is never owed (国等の債権債務等の金額の端数計算に関する法律第2条第1項).
const WHOLE_YEN: Rounding = Rounding::Down(1);

/// Rounds each line for itself where the tariff says so. A line that takes away still takes no more
/// than its component has come to.
pub(super) fn round_lines(bill: Bill, tariff: &Tariff) -> Result<Bill, YenOutOfRange> {
    let of_lines = |rule: &&RoundingRule| rule.stage == RoundingStage::Line;
    let rules: Vec<&RoundingRule> = tariff.rounding.iter().filter(of_lines).collect();
    let mut rounded = Bill::default();
    for item in bill.items {
        let rule = rules.iter().find(|rule| rule.covers(item.component));
        let amount = rule.map_or(Ok(item.amount), |rule| item.amount.round(rule.round))?;
        let there_is = rounded.sum_of(item.component)?.at_least(Exact::ZERO)?;
        let amount = amount.at_least(there_is.times(-1)?)?;
        if amount == item.amount {
            rounded.items.push(item);
        } else {
            let item = Item::lump(item.label, &item.basis, item.component, amount);
            rounded.items.push(item);
        }
    }
    Ok(rounded)
}

/// The lines and their sum. Sums are rounded as the tariff says, or all together as a reduction
/// says; what that takes or adds is a line of its own.
pub(super) fn lines(
    bill: &Bill,
    tariff: &Tariff,
    of_reduction: Option<Rounding>,
) -> Result<(Vec<QuoteLine>, Yen), YenOutOfRange> {
    let of_sums = |rule: &&RoundingRule| rule.stage == RoundingStage::Sum;
    let rules: Vec<&RoundingRule> = match of_reduction {
        Some(_) => Vec::new(),
        None => tariff.rounding.iter().filter(of_sums).collect(),
    };
    let section = |item: &Item| rules.iter().position(|rule| rule.covers(item.component));
    let sections = (0..rules.len()).map(Some).chain([None]);
    let mut lines = bill.items.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    for n in sections {
        let rule = n.and_then(|n| rules.get(n)).map(|rule| rule.round);
        let rounding = rule.or(of_reduction).unwrap_or(WHOLE_YEN);
        let items = || bill.items.iter().filter(|item| section(item) == n);
        let rounded = Exact::sum(items().map(|item| item.amount))?.round(rounding)?;
        let written = Exact::sum(items().map(|item| Exact::yen(item.amount.floor())))?;
        let difference = rounded.minus(written)?;
        if !difference.is_zero() {
            let label = format!("端数処理（{}）", words(rounding));
            let item = Item::lump(label, &tariff.article, Component::Rounding, difference);
            lines.push(line(&item)?);
        }
    }
    let total = SignedYen::sum(lines.iter().map(|line| line.amount_yen))?;
    Ok((lines, total))
}

fn line(item: &Item) -> Result<QuoteLine, YenOutOfRange> {
    let whole = |exact: Exact| {
        let yen = i64::try_from(exact.floor()).map_err(|_past_range| YenOutOfRange)?;
        Ok::<_, YenOutOfRange>(SignedYen::new(yen))
    };
    let amount_yen = whole(item.amount)?;
    let as_it_is = item.unit.is_whole();
    Ok(QuoteLine {
        label: item.label.clone(),
        basis: item.basis.clone(),
        component: item.component,
        quantity: if as_it_is { item.quantity } else { 1 },
        unit_yen: if as_it_is {
            whole(item.unit)?
        } else {
            amount_yen
        },
        amount_yen,
    })
}

fn words(rounding: Rounding) -> String {
    let unit = Yen::new(rounding.unit());
    match rounding {
        Rounding::Down(_) => format!("{unit}未満切捨て"),
        Rounding::Up(_) => format!("{unit}未満切上げ"),
        Rounding::HalfUp(_) => format!("{unit}未満四捨五入"),
    }
}
