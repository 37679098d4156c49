//! What a quote costs (DESIGN.md §8): worked examples of real towns, from the simplest tariff to the
//! largest.
//!
//! ```text
//! cargo bench --package domain --bench quote
//! ```

use std::hint::black_box;

use anyhow::{Context as _, Result, anyhow};
use criterion::Criterion;
use domain::fees::{QuoteRequest, quote_for_town};
use domain::town::{Town, check};

/// What it shows, its town file, and the example's name there.
const QUOTES: [(&str, &str, &str); 4] = [
    (
        "one price an hour (nishihara)",
        include_str!("../../../towns/nishihara.toml"),
        "",
    ),
    (
        "a large table of divisions (okawa)",
        include_str!("../../../towns/okawa.toml"),
        "日曜の全日 入場料あり その他",
    ),
    (
        "six surcharges by entry fee (osato)",
        include_str!("../../../towns/osato.toml"),
        "日曜の全日 入場料3,001円",
    ),
    (
        "four options, rounded once (masuda)",
        include_str!("../../../towns/masuda.toml"),
        "空調は端数処理の外",
    ),
];

fn main() -> Result<()> {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("quote");
    for (name, file, example) in QUOTES {
        let (town, request) = example_of(file, example)?;
        group.bench_function(name, |bencher| {
            bencher.iter(|| quote_for_town(black_box(&town), black_box(&request)));
        });
    }
    group.finish();
    criterion.final_summary();
    Ok(())
}

/// A town, and what one of its examples asks (the first, without a name); it has a price.
fn example_of(file: &str, name: &str) -> Result<(Town, QuoteRequest)> {
    let town = check(file.as_bytes()).map_err(|problems| anyhow!("{problems:?}"))?;
    let mut examples = town.examples.iter();
    let example = examples.find(|it| it.name == name || name.is_empty());
    let request = example.context("no such example")?.request.clone();
    quote_for_town(&town, &request)?;
    Ok((town, request))
}
