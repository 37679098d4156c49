//! Town files that somebody wrote (町ファイルの案): read and held against the town they are for.

use contract::{Fault, WrongFile};
use domain::town::{Town, check, export};

/// The town that a file describes.
///
/// # Errors
/// [`WrongFile`] when it is wrong, or another municipality's.
pub(crate) fn read(file: &str, in_force: &Town) -> Result<Town, WrongFile> {
    let town = check(file.as_bytes()).map_err(WrongFile::Problems)?;
    if town.code == in_force.code {
        Ok(town)
    } else {
        let Town { code, name, .. } = town;
        Err(WrongFile::Elsewhere { code, name })
    }
}

/// The town in force as a file, to be changed.
///
/// # Errors
/// [`Fault`] if it cannot be written, which every town in force can.
pub(crate) fn written(in_force: &Town) -> Result<String, Fault> {
    export(in_force).map_err(|error| Fault::new("write a town file", error))
}
