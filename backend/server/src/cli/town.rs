//! `yoriai town check | apply | export`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use app::text::revision;
use contract::{Call, TownPreview};
use domain::ids::RequestId;
use domain::town::{Town, check as checked, export as exported};
use store::Database;
use usecases::apply_town::apply_town;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{Municipality, Store as _, StoreFailure};
use usecases::town_effect;

use super::columns::columns;
use super::{CliFault, print};
use crate::config::{DatabaseSettings, Environment};
use crate::system::{SystemChance, SystemClock};
use crate::wiring;

/// Says that a file is right, or everything that is wrong with it, by line.
pub(super) fn check(file: &Path) -> Result<(), CliFault> {
    let town = read(file)?;
    let rooms: usize = town
        .facilities
        .iter()
        .map(|facility| facility.rooms.len())
        .sum();
    print(&format!(
        "{}: 問題ありません。{}（{}）施設{}・部屋{rooms}\n",
        file.display(),
        town.name,
        town.code,
        town.facilities.len(),
    ))
}

/// Puts files in force, if all of them are right; with `preview`, only says what that would touch.
pub(super) async fn apply(
    environment: &Environment,
    files: &[PathBuf],
    preview: bool,
) -> Result<(), CliFault> {
    let towns = files
        .iter()
        .map(|file| read(file))
        .collect::<Result<Vec<_>, _>>()?;
    let database = open(environment).await?;
    for town in &towns {
        let effect = effect(&database, town).await?;
        if preview {
            print(&listed(town, &effect))?;
            continue;
        }
        let applied = apply_town(&database, &SystemChance, &SystemClock, town).await?;
        let (name, code, version) = (&town.name, &town.code, applied.version);
        print(&if applied.changed {
            format!(
                "{name}（{code}）: 第{version}版として適用しました。{}\n",
                told(&effect)
            )
        } else {
            format!("{name}（{code}）: 第{version}版のまま、変更はありません。\n")
        })?;
    }
    database.close().await.map_err(CliFault::Database)
}

/// What putting a town in force now would touch.
async fn effect(database: &Database, town: &Town) -> Result<TownPreview, CliFault> {
    let towns = database.municipalities().await.map_err(store_failed)?;
    let now = SystemClock.now();
    let Some(found) = towns.iter().find(|known| known.code == town.code) else {
        return Ok(TownPreview::of_nothing());
    };
    let call = Call::system(found.id, RequestId(SystemChance.id(now)), now);
    Ok(town_effect(database, &call, town).await?)
}

/// How many were touched, where any were.
fn told(effect: &TownPreview) -> String {
    match effect.touched.len() {
        0 => String::new(),
        touched => format!(
            "これからの予約{touched}件に影響があります。{}",
            revision::STAYS
        ),
    }
}

/// Every booking that would be touched, and how.
fn listed(town: &Town, effect: &TownPreview) -> String {
    let (name, code) = (&town.name, &town.code);
    let mut text = format!("{name}（{code}）: {}\n", revision::sentence(effect));
    let rows: Vec<_> = effect
        .touched
        .iter()
        .map(|one| {
            vec![
                one.number.clone(),
                revision::span(one.span),
                revision::place(one),
                one.state.label().to_owned(),
                revision::effects(one).join("、"),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let head = [
            revision::NUMBER,
            revision::WHEN,
            revision::WHERE,
            revision::STATE,
            revision::EFFECT,
        ];
        text += &columns(&head, head.len(), &rows);
        text += revision::STAYS;
        text.push('\n');
    }
    text
}

/// Writes the town in force.
pub(super) async fn export(environment: &Environment, code: &str) -> Result<(), CliFault> {
    let database = open(environment).await?;
    let found = municipality(&database, code).await?;
    let reading = database.read(found.id).await.map_err(store_failed)?;
    let applied = reading.town().await.map_err(store_failed)?;
    let applied = applied.ok_or_else(|| CliFault::NoSuchTown {
        code: code.to_owned(),
        known: String::new(),
    })?;
    print(&exported(&applied.town)?)?;
    drop(reading);
    database.close().await.map_err(CliFault::Database)
}

/// A town file that is right.
pub(super) fn read(file: &Path) -> Result<Town, CliFault> {
    let bytes =
        std::fs::read(file).map_err(|error| CliFault::Unreadable(file.to_owned(), error))?;
    checked(&bytes).map_err(|problems| {
        let list = problems.iter().fold(String::new(), |mut list, problem| {
            // Writing to a String never fails.
            let _written = writeln!(
                list,
                "{}:{}: {}",
                file.display(),
                problem.line,
                problem.message
            );
            list
        });
        CliFault::Town(list.trim_end().to_owned())
    })
}

/// The municipality of this code.
pub(super) async fn municipality(
    database: &Database,
    code: &str,
) -> Result<Municipality, CliFault> {
    let towns = database.municipalities().await.map_err(store_failed)?;
    let names = towns
        .iter()
        .map(|town| format!("{} {}", town.code, town.name));
    let known = names.collect::<Vec<_>>().join("、");
    let found = towns.into_iter().find(|town| town.code == code);
    found.ok_or_else(|| CliFault::NoSuchTown {
        code: code.to_owned(),
        known,
    })
}

pub(super) async fn open(environment: &Environment) -> Result<Database, CliFault> {
    let settings: DatabaseSettings = environment.read("")?;
    let database = wiring::open(&settings).await.map_err(CliFault::Database)?;
    if database.is_ready().await.map_err(store_failed)? {
        Ok(database)
    } else {
        Err(CliFault::NotMigrated)
    }
}

pub(super) fn store_failed(failure: StoreFailure) -> CliFault {
    CliFault::Failed(failure.into())
}
