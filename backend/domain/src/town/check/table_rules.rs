//! What must hold of a price that may be a table: every row can be the one, and every case has a row.

use super::{At, Findings, when_rules};
use crate::town::{Facility, Room, Row, Town, when::Price};

/// The room that a price is of, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Of<'a> {
    /// The town.
    pub(super) town: &'a Town,
    /// The facility.
    pub(super) facility: &'a Facility,
    /// The room.
    pub(super) room: &'a Room,
}

/// A price, or the rows of its table and the price of each.
pub(super) fn check<P: Price>(
    of: Of<'_>,
    price: &P,
    single: fn(Of<'_>, &P, &At, &mut Findings<'_>),
    at: &At,
    findings: &mut Findings<'_>,
) {
    let Some(rows) = price.table() else {
        return single(of, price, at, findings);
    };
    let at = at.key("table");
    check_rows(of.town, of.room, rows, &at, findings);
    for (n, row) in rows.iter().enumerate() {
        let at = at.index(n).key("price");
        if row.price.table().is_some() {
            findings.add(
                &at,
                "表の中に表「table」は書けません。条件を一つの行にまとめて書いてください",
            );
        } else {
            single(of, &row.price, &at, findings);
        }
    }
}

fn check_rows<P>(town: &Town, room: &Room, rows: &[Row<P>], at: &At, findings: &mut Findings<'_>) {
    let before = findings.problems.len();
    if rows.is_empty() {
        findings.add(at, "料金の表「table」に行がありません");
    }
    for (n, row) in rows.iter().enumerate() {
        when_rules::check(
            town,
            Some(room),
            &row.when,
            &at.index(n).key("when"),
            findings,
        );
    }
    if findings.problems.len() > before {
        return;
    }
    let whens: Vec<_> = rows.iter().map(|row| &row.when).collect();
    let Some(seen) = crate::fees::rows_seen(town, room, &whens) else {
        return;
    };
    for n in (0..rows.len()).filter(|n| !seen.rows.contains(n)) {
        findings.add(
            &at.index(n),
            "この行が選ばれることはありません。表は上から見て最初に合う行を使うので、細かい条件の行を上に書いてください",
        );
    }
    if let Some(case) = seen.without_row {
        findings.add(
            at,
            format!(
                "{case}の料金の行がありません。行を書き足すか、最後に when のない行を置いてください"
            ),
        );
    }
}
