//! stub
use crate::place::Place;
use anyhow::Result;
/// Options.
#[derive(clap::Args)]
pub struct Options {}
/// Run.
pub fn run(place: &Place, _options: &Options) -> Result<()> {
    crate::rules::run(place)
}
