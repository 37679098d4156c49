//! The clerks' guide to the rules of booking (予約の決まりの書き方): every example in it is a town file's
//! and passes the check.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use domain::town::{check, export};
use toml::{Table, Value};

const GUIDE: &str = include_str!("../../../docs/予約の決まりの書き方.md");
const SAMPLE: &str = include_str!("sample.toml");

/// Each example, with the line of the guide on which it begins.
fn examples() -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for (number, line) in GUIDE.lines().enumerate() {
        match line {
            "```toml" => {
                inside = true;
                found.push((number + 1, String::new()));
            }
            "```" => inside = false,
            _ if inside => {
                let (_, text) = found.last_mut().unwrap();
                text.push_str(line);
                text.push('\n');
            }
            _ => {}
        }
    }
    found
}

/// The sample town with an example written over its hall and its own tables.
fn town_with(example: &str) -> String {
    let mut town: Table = SAMPLE.parse().unwrap();
    for (key, value) in example.parse::<Table>().unwrap() {
        if key != "facility" {
            town.insert(key, value);
            continue;
        }
        let own = match value {
            Value::Array(facilities) => facilities.into_iter().next().unwrap(),
            table => table,
        };
        let facilities = town.get_mut("facility").unwrap().as_array_mut().unwrap();
        let hall = facilities.last_mut().unwrap().as_table_mut().unwrap();
        for (key, value) in own.as_table().unwrap() {
            hall.insert(key.clone(), value.clone());
        }
    }
    toml::to_string(&town).unwrap()
}

#[test]
fn every_example_of_the_guide_passes_the_check_and_survives_being_written() {
    let examples = examples();
    assert!(examples.len() >= 10, "the guide has lost its examples");
    for (line, example) in examples {
        let file = town_with(&example);
        let problems: Vec<String> = match check(file.as_bytes()) {
            Ok(town) => {
                let written = export(&town).unwrap();
                assert_eq!(check(written.as_bytes()), Ok(town), "line {line}");
                vec![]
            }
            Err(problems) => problems.iter().map(ToString::to_string).collect(),
        };
        assert_eq!(problems, Vec::<String>::new(), "line {line}: {example}");
    }
}
