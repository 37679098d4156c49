//! What must hold of a table: every row can be the one, and every case has a row.

use super::{At, Findings, when_rules};
use crate::town::{Room, Row, Town};

pub(super) fn check<P>(
    town: &Town,
    room: &Room,
    rows: &[Row<P>],
    at: &At,
    findings: &mut Findings<'_>,
) {
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
