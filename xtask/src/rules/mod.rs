//! The rules of the house that no compiler and no lint can say.

mod imports;
mod manifests;
mod sources;

use anyhow::{Result, bail};

use crate::place::Place;

/// Checks who imports whom, that every crate takes the workspace's lints, and the sources.
///
/// # Errors
/// When a rule is broken: each breach is printed, the message counts them.
pub fn run(place: &Place) -> Result<()> {
    let mut breaches = imports::breaches(&imports::edges(&place.workspace));
    breaches.extend(manifests::breaches(place)?);
    let (files, in_sources) = sources::breaches(&place.root)?;
    breaches.extend(in_sources);
    if breaches.is_empty() {
        println!(
            "{} crates and {files} source files keep the rules",
            place.workspace.packages.len()
        );
        return Ok(());
    }
    for breach in &breaches {
        eprintln!("{breach}");
    }
    bail!("{} breaches of the rules of the house", breaches.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_house_keeps_its_import_rules() {
        let place = Place::find().unwrap();
        let edges = imports::edges(&place.workspace);
        assert!(
            edges.len() > place.workspace.packages.len(),
            "cargo metadata told too little"
        );
        assert_eq!(imports::breaches(&edges), Vec::<String>::new());
    }
}
