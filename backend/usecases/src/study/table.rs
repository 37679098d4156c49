//! A study as one table for a spreadsheet.

use domain::money::SignedYen;
use domain::study::{KindChange, Permille, Study, Tally, Unpriced};

use crate::ports::documents::{Field, Table};

const HEAD: [&str; 16] = [
    "集計",
    "施設",
    "室場",
    "利用者区分",
    "減免",
    "時間",
    "件数",
    "見直し前（円）",
    "見直し後（円）",
    "増減（円）",
    "増減率%",
    "値上がり件数",
    "値下がり件数",
    "計算できない件数",
    "計算できない予約の見直し前（円）",
    "計算できない理由",
];

/// The rows of every grouping below each other, told apart by the first column.
#[must_use]
pub fn study_table(study: &Study) -> Table {
    let mut rows = vec![row(["全体", "", "", "", "", ""], counted(&study.total))];
    for one in &study.rooms {
        let names = ["室場別", &one.of.facility, &one.of.room, "", "", ""];
        rows.push(row(names, counted(&one.tally)));
    }
    for one in &study.classes {
        let class = one.of.to_string();
        rows.push(row(
            ["利用者区分別", "", "", &class, "", ""],
            counted(&one.tally),
        ));
    }
    for one in &study.reductions {
        let reduction = one.of.to_string();
        rows.push(row(
            ["減免別", "", "", "", &reduction, ""],
            counted(&one.tally),
        ));
    }
    rows.extend(study.largest.iter().map(changed));
    rows.extend(study.unpriced.iter().map(unpriced));
    Table {
        head: HEAD.to_vec(),
        rows,
    }
}

fn row(names: [&str; 6], numbers: [Field; 10]) -> Vec<Field> {
    let named = names.map(|name| match name {
        "" => Field::Empty,
        name => Field::Text(name.to_owned()),
    });
    named.into_iter().chain(numbers).collect()
}

fn counted(tally: &Tally) -> [Field; 10] {
    [
        number(tally.uses),
        number(tally.before_yen),
        number(tally.after_yen),
        difference(tally.difference()),
        change(tally.change()),
        number(tally.raised),
        number(tally.lowered),
        number(tally.unpriced),
        number(tally.unpriced_yen),
        Field::Empty,
    ]
}

fn changed(one: &KindChange) -> Vec<Field> {
    let kind = &one.kind;
    let (class, reduction) = (kind.class.to_string(), kind.reduction.to_string());
    let names = [
        "増減の大きい予約（1件あたり）",
        &kind.place.facility,
        &kind.place.room,
        &class,
        &reduction,
        &format!("{}–{}", kind.start, kind.end),
    ];
    let numbers = [
        number(one.uses),
        Field::Number(one.before.as_i64()),
        Field::Number(one.after.as_i64()),
        difference(one.difference()),
        change(one.change()),
        Field::Empty,
        Field::Empty,
        Field::Empty,
        Field::Empty,
        Field::Empty,
    ];
    row(names, numbers)
}

fn unpriced(one: &Unpriced) -> Vec<Field> {
    let (facility, room) = (&one.place.facility, &one.place.room);
    let names = ["計算できない予約", facility, room, "", "", ""];
    let blank = || Field::Empty;
    let numbers = [
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        number(one.uses),
        number(one.yen),
        Field::Text(one.why.clone()),
    ];
    row(names, numbers)
}

fn number(count: u64) -> Field {
    Field::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

const fn difference(yen: SignedYen) -> Field {
    Field::Number(yen.get())
}

fn change(change: Option<Permille>) -> Field {
    change.map_or(Field::Empty, Field::Change)
}
