//! `yoriai fee quote`: a town file and a request in, a quote out, no database.

use std::io::Read as _;
use std::path::Path;

use domain::fees::{QuoteRequest, quote_for_town};

use super::{CliFault, json, print, town};

/// Prints the quote of a request.
pub(super) fn quote(town_file: &Path, request_file: &Path) -> Result<(), CliFault> {
    let town = town::read(town_file)?;
    let request: QuoteRequest =
        serde_json::from_slice(&read(request_file)?).map_err(CliFault::Request)?;
    let quote = quote_for_town(&town, &request).map_err(|refusal| CliFault::NoQuote {
        code: refusal.code(),
        sentence: refusal.to_string(),
    })?;
    print(&json(&quote)?)
}

fn read(file: &Path) -> Result<Vec<u8>, CliFault> {
    let unreadable = |error| CliFault::Unreadable(file.to_owned(), error);
    if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        Ok(bytes)
    } else {
        std::fs::read(file).map_err(unreadable)
    }
}
