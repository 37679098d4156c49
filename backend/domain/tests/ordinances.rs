//! Towns written from public ordinances, as unlike each other as ordinances are: every file holds
//! together, and its worked examples come out to the yen.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::fs;
use std::path::{Path, PathBuf};

use domain::town::{Town, check, export};

fn files() -> Vec<PathBuf> {
    let towns = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../towns");
    let mut files: Vec<PathBuf> = fs::read_dir(towns)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

fn problems(file: &str) -> Vec<String> {
    match check(file.as_bytes()) {
        Ok(_) => vec![],
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn every_town_comes_out_as_its_ordinance_says() {
    let files = files();
    assert!(files.len() >= 20, "{files:?}");
    let mut wrong = Vec::new();
    for path in files {
        let file = fs::read_to_string(&path).unwrap();
        for problem in problems(&file) {
            wrong.push(format!("{}: {problem}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_town_survives_being_written() {
    for path in files() {
        let town: Town = check(&fs::read(&path).unwrap()).unwrap();
        assert!(town.examples.len() >= 5, "{}", path.display());
        let written = export(&town).unwrap();
        assert_eq!(
            check(written.as_bytes()).as_ref(),
            Ok(&town),
            "{}",
            path.display()
        );
    }
}

#[test]
fn one_yen_more_in_any_example_is_found_on_its_line() {
    for path in files() {
        let file = fs::read_to_string(&path).unwrap();
        for (n, line) in file.lines().enumerate() {
            let Some(yen) = line.strip_prefix("total_yen = ") else {
                continue;
            };
            let more = format!("total_yen = {}", yen.parse::<u32>().unwrap() + 1);
            let mut lines: Vec<&str> = file.lines().collect();
            lines[n] = &more;
            let found = problems(&lines.join("\n"));
            let [problem] = found.as_slice() else {
                panic!("{} line {}: {found:?}", path.display(), n + 1);
            };
            assert!(
                problem.starts_with(&format!("{}行目: 計算例", n + 1)),
                "{problem}"
            );
        }
    }
}
