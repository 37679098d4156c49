//! The JSON Schema of the town file (町ファイルの形): every file of ours fits it, what the check
//! refuses for its shape does not, and everything in it is told in Japanese.

#![cfg(feature = "schema")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

mod fits;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use domain::town::{check, export, json_schema};
use serde_json::{Value, json};

const WORDS: &str = include_str!("../../src/town/schema/ja.toml");

/// Every town file of the repository, by name.
fn files() -> Vec<(String, String)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../../towns", "../server/towns"].map(|it| here.join(it));
    let paths = folders.iter().flat_map(|it| fs::read_dir(it).unwrap());
    let paths = paths.map(|it| it.unwrap().path());
    let mut paths: Vec<_> = paths.collect();
    paths.push(here.join("tests/sample.toml"));
    let read = |path: &Path| {
        (
            path.display().to_string(),
            fs::read_to_string(path).unwrap(),
        )
    };
    paths.iter().map(|path| read(path)).collect()
}

fn schema() -> Value {
    serde_json::to_value(json_schema()).unwrap()
}

fn document(file: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(file).unwrap()).unwrap()
}

#[test]
fn every_town_file_of_ours_fits_the_schema_and_so_does_what_is_exported() {
    let schema = schema();
    for (name, file) in files() {
        let exported = export(&check(file.as_bytes()).unwrap()).unwrap();
        for file in [file, exported] {
            let found = fits::misfits(&schema, &document(&file));
            assert_eq!(found, Vec::<String>::new(), "{name}");
        }
    }
}

#[test]
fn what_the_check_refuses_for_its_shape_does_not_fit_the_schema() {
    let schema = schema();
    let (_, sample) = files().pop().unwrap();
    for (from, to) in [
        // A key nobody knows, at every depth.
        ("host = \"seika\"", "host = \"seika\"\nhoste = \"seika\""),
        ("capacity = 100", "capasity = 100"),
        ("price = { per_hour = 200 }", "price = { per_our = 200 }"),
        (
            "when = { is = [\"outsider\"] }",
            "when = { are = [\"outsider\"] }",
        ),
        ("{ days_before = 7,", "{ days_befor = 7,"),
        // A key that is missing, a value of another kind.
        ("kind = \"体育館\"\n", ""),
        ("capacity = 100", "capacity = \"100\""),
        ("per_hour = { yen = 200 }", "per_hour = { yen = -200 }"),
        ("per_hour = { yen = 200 }", "per_hour = { yen = 200.5 }"),
        ("effective = \"used\"", "effective = \"sold\""),
        ("weekdays = [\"mon\"]", "weekdays = [\"月\"]"),
        ("start = \"18:00\"", "start = \"25:00\""),
        ("from = \"12-29\"", "from = \"13-29\""),
        ("threshold = \"2\"", "threshold = \"二\""),
        ("id = \"gym\"", "id = \"体育館\""),
    ] {
        assert!(sample.contains(from), "{from}");
        let wrong = sample.replacen(from, to, 1);
        assert!(check(wrong.as_bytes()).is_err(), "{to}");
        let found = fits::misfits(&schema, &document(&wrong));
        assert_ne!(found, Vec::<String>::new(), "{to}");
    }
}

/// Every type, key and choice of a schema: its path and its description.
fn places(schema: &Value, path: &str, found: &mut Vec<(String, Option<String>)>) {
    let described = |it: &Value| it["description"].as_str().map(str::to_owned);
    let inner = |key: &str| format!("{path}.{key}");
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        found.push((inner(key), described(value)));
        places(value, &inner(key), found);
    }
    for several in ["oneOf", "anyOf"] {
        for choice in schema[several].as_array().into_iter().flatten() {
            if let Some(word) = choice["const"].as_str() {
                found.push((inner(word), described(choice)));
            }
            places(choice, path, found);
        }
    }
    for word in schema["enum"].as_array().into_iter().flatten() {
        found.push((inner(word.as_str().unwrap()), None));
    }
    if schema["items"].is_object() {
        places(&schema["items"], path, found);
    }
}

fn all_places() -> Vec<(String, Option<String>)> {
    let schema = schema();
    let mut found = vec![(
        "Town".to_owned(),
        schema["description"].as_str().map(str::to_owned),
    )];
    places(&schema, "Town", &mut found);
    for (name, of) in schema["$defs"].as_object().unwrap() {
        found.push((name.clone(), of["description"].as_str().map(str::to_owned)));
        places(of, name, &mut found);
    }
    found
}

#[test]
fn every_type_key_and_choice_is_told_in_japanese() {
    let japanese = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or_default();
        text.chars()
            .any(|it| matches!(it, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'))
    };
    let places = all_places();
    assert!(places.len() > 400, "{}", places.len());
    let silent: Vec<_> = places.iter().filter(|(_, text)| !japanese(text)).collect();
    assert_eq!(silent, Vec::<&(String, Option<String>)>::new());
}

#[test]
fn no_words_are_kept_for_what_is_no_longer_there() {
    let places: BTreeSet<String> = all_places().into_iter().map(|(path, _)| path).collect();
    let words: toml::Table = WORDS.parse().unwrap();
    for (name, keys) in &words {
        for key in keys.as_table().unwrap().keys() {
            let there = match (name.as_str(), key.as_str()) {
                ("any", _) => places.iter().any(|it| it.ends_with(&format!(".{key}"))),
                (_, "self") => places.contains(name),
                _ => places.contains(&format!("{name}.{key}")),
            };
            assert!(there, "[{name}] {key}");
        }
    }
}

#[test]
fn nothing_in_the_schema_is_null() {
    let text = serde_json::to_string(&schema()).unwrap();
    assert!(!text.contains("null"), "TOML has no null");
    assert_eq!(
        schema()["$schema"],
        json!("https://json-schema.org/draft/2020-12/schema")
    );
}
