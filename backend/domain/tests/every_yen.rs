//! Every yen counts (検算): one yen more anywhere in a town file of ours, and the check says so, with
//! the line of the figure or of the sum under its table.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::thread;

use domain::town::{Town, check};
use toml::de::{DeTable, DeValue};

/// Whole numbers under these keys are no money. Whatever else a file may come to count is money
/// until it stands here.
const COUNTS: [&str; 37] = [
    "age",
    "capacity",
    "closes_days_before",
    "closes_months_before",
    "consent_under",
    "count",
    "day",
    "days",
    "days_after",
    "days_before",
    "evidence_months",
    "group_percent",
    "hold_minutes",
    "late_cancel_days",
    "lead_days",
    "max_hours",
    "max_minutes",
    "max_quantity",
    "min_members",
    "min_minutes",
    "minutes",
    "months",
    "months_before",
    "most",
    "nth",
    "people",
    "percent",
    "quantity",
    "renew_months_before",
    "slots",
    "step_minutes",
    "times",
    "until_days_before",
    "up_to",
    "validity",
    "within_months",
    "years",
];

/// The town files of this repository.
fn files() -> Vec<(PathBuf, String)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../../towns", "../server/towns"].map(|it| here.join(it));
    let entries = folders.iter().flat_map(|it| fs::read_dir(it).unwrap());
    let read = |path: PathBuf| {
        let file = fs::read_to_string(&path).unwrap();
        (path, file)
    };
    let mut files: Vec<_> = entries.map(|it| read(it.unwrap().path())).collect();
    files.sort();
    files
}

/// Where the amounts of money stand in a file.
fn figures(file: &str) -> Vec<Range<usize>> {
    let table = DeTable::parse(file).unwrap();
    let mut found = Vec::new();
    for (key, value) in table.get_ref() {
        figures_in(key.get_ref(), value.get_ref(), value.span(), &mut found);
    }
    found
}

fn figures_in(key: &str, value: &DeValue<'_>, span: Range<usize>, found: &mut Vec<Range<usize>>) {
    if COUNTS.contains(&key) {
        return;
    }
    match value {
        DeValue::Integer(_) => found.push(span),
        DeValue::Array(items) => {
            for item in items.iter() {
                figures_in(key, item.get_ref(), item.span(), found);
            }
        }
        DeValue::Table(table) => {
            for (key, value) in table {
                figures_in(key.get_ref(), value.get_ref(), value.span(), found);
            }
        }
        _ => {}
    }
}

/// What the check does not see when one yen is added at one figure.
fn unseen(file: &str, figure: &Range<usize>) -> Option<String> {
    let yen: i64 = file[figure.clone()].parse().unwrap();
    let mut more = file.to_owned();
    more.replace_range(figure.clone(), &(yen + 1).to_string());
    let line = file[..figure.start].lines().count();
    let problems = check(more.as_bytes()).err().unwrap_or_default();
    let seen = problems.iter().any(|problem| {
        let said = file.lines().nth(problem.line - 1).unwrap();
        problem.line == line || said.contains("sum_yen = ")
    });
    (!seen).then(|| format!("{line}行目 {yen}円: {problems:?}"))
}

#[test]
fn one_yen_more_anywhere_is_found_with_its_line() {
    let files = files();
    let figures: Vec<_> = files
        .iter()
        .flat_map(|(path, file)| figures(file).into_iter().map(move |it| (path, file, it)))
        .collect();
    assert!(figures.len() > 1_000, "{}", figures.len());
    let unseen_among = |some: &[(&PathBuf, &String, Range<usize>)]| -> Vec<String> {
        let unseen = some.iter().filter_map(|(path, file, figure)| {
            Some(format!("{} {}", path.display(), unseen(file, figure)?))
        });
        unseen.collect()
    };
    let hands = thread::available_parallelism().unwrap().get();
    let share = figures.len().div_ceil(hands);
    let missed: Vec<String> = thread::scope(|scope| {
        let shares = figures.chunks(share);
        let hands: Vec<_> = shares
            .map(|some| scope.spawn(move || unseen_among(some)))
            .collect();
        let joined = hands.into_iter().map(|hand| hand.join().unwrap());
        joined.flatten().collect()
    });
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_table_of_ours_has_its_sum_under_it() {
    for (path, file) in files() {
        let town: Town = check(file.as_bytes()).unwrap();
        let path = path.display();
        assert_eq!(
            town.examples_sum_yen.map(Into::into),
            town.examples_control_total(),
            "{path}"
        );
        for reduction in &town.reductions {
            let stated = reduction.sum_yen.map(Into::into);
            assert_eq!(stated, reduction.control_total(), "{path} {}", reduction.id);
        }
        for room in town.facilities.iter().flat_map(|it| &it.rooms) {
            let stated = room.options_sum_yen.map(Into::into);
            assert_eq!(stated, room.options_control_total(), "{path} {}", room.id);
            for tariff in &room.tariffs {
                let stated = tariff.sum_yen.map(Into::into);
                assert_eq!(stated, tariff.control_total(), "{path} {}", room.id);
            }
        }
    }
}
