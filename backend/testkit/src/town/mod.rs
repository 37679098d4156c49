//! A small town that has one of everything that matters for claims.

use domain::town::Town;

/// The town file of [`town`].
///
/// A gym with the units `gym-a` and `gym-b` and the rooms `gym-full` (全面: both), `gym-north`
/// (北側: A) and `gym-south` (南側: B), on a grid of 30 minutes with lighting; a hall `hall` with
/// the divisions `morning` and `afternoon`, free of charge.
pub const TOWN_FILE: &str = include_str!("town.toml");

/// The town as the domain reads it.
///
/// # Errors
/// When [`TOWN_FILE`] is no longer a town file.
pub fn town() -> Result<Town, toml::de::Error> {
    toml::from_str(TOWN_FILE)
}

#[cfg(test)]
mod tests {
    use super::TOWN_FILE;

    #[test]
    fn the_test_town_is_one_a_clerk_could_apply() {
        assert_eq!(domain::town::check(TOWN_FILE.as_bytes()).err(), None);
    }
}
