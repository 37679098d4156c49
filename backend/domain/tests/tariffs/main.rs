//! Tariffs of every shape: the written guide, what a file is told when it is wrong, and what holds
//! of any request.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

mod always;
mod guide;
mod rules;
mod slips;
mod stock;

use domain::fees::{QuoteRefusal, QuoteRequest, quote_for_town};
use domain::quote::Quote;
use domain::town::{Town, check};

/// The guide's blocks: its town, then one room (and what goes with it) in each.
fn guide() -> (String, Vec<String>) {
    let guide = include_str!("../../../../docs/料金表の書き方.md");
    let mut blocks = guide.split("```toml\n").skip(1).map(|rest| {
        let (block, _) = rest.split_once("```").unwrap();
        block.to_owned()
    });
    let town = blocks.next().unwrap();
    (town, blocks.collect())
}

/// The guide's town with one of its rooms, the one whose block has these words.
fn guide_with(words: &str) -> String {
    let (town, blocks) = guide();
    let mut having = blocks.iter().filter(|block| block.contains(words));
    let block = having.next().unwrap();
    assert_eq!(having.next(), None, "{words}");
    format!("{town}\n{block}")
}

fn problems(file: &str) -> Vec<String> {
    match check(file.as_bytes()) {
        Ok(_) => vec![],
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

fn town(file: &str) -> Town {
    match check(file.as_bytes()) {
        Ok(town) => town,
        Err(problems) => panic!("{problems:?}"),
    }
}

fn ask(town: &Town, json: &str) -> Result<Quote, QuoteRefusal> {
    let request: QuoteRequest = serde_json::from_str(json).unwrap();
    quote_for_town(town, &request)
}
