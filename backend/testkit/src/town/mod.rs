//! A small town that has one of everything that matters for claims.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use domain::town::{ClosingRule, Room, Slug, Town};

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

/// The same town with a gym of `count` courts (`court-0`, `court-1`, …), each a room of one unit,
/// lent by the hour: room for as many bookings as figures need.
///
/// # Errors
/// When [`TOWN_FILE`] has no gym any more.
pub fn courts(count: usize) -> Result<Town> {
    let mut town = town()?;
    let gym = Arc::make_mut(town.facilities.first_mut().context("no facility")?);
    let unit = gym.units.first().context("no unit")?.clone();
    let north = "gym-north".parse()?;
    let room = Room::clone(gym.room(&north).context("no room")?);
    (gym.units, gym.rooms) = (Vec::new(), Vec::new());
    // Nothing is closed, so that every day has as many slots as any other.
    gym.closing = ClosingRule::default();
    for number in 0..count {
        let id: Slug = format!("court-{number}").parse()?;
        let (mut unit, mut room) = (unit.clone(), room.clone());
        (unit.id, unit.name) = (id.clone(), format!("コート{number}"));
        (room.id, room.name) = (id.clone(), unit.name.clone());
        room.units = [id].into();
        gym.units.push(unit);
        gym.rooms.push(Arc::new(room));
    }
    Ok(town)
}

#[cfg(test)]
mod tests {
    use super::{TOWN_FILE, courts};

    #[test]
    fn the_test_town_is_one_a_clerk_could_apply() {
        assert_eq!(domain::town::check(TOWN_FILE.as_bytes()).err(), None);
    }

    #[test]
    fn a_town_of_courts_is_one_a_clerk_could_apply() {
        let file = toml::to_string(&courts(3).unwrap()).unwrap();
        assert_eq!(domain::town::check(file.as_bytes()).err(), None);
    }
}
