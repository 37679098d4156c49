//! From bytes to a town, or what stands in the way: encoding, TOML, unknown and missing keys.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::lines::{Lines, line_at};
use super::{Problem, wording};
use crate::town::{Example, Facility, Room, Town};

/// Reads a file. On failure every problem of its shape that can be told apart.
pub(super) fn read(file: &[u8]) -> Result<(Lines<'_>, Town), Vec<Problem>> {
    let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    let text = std::str::from_utf8(file).map_err(|broken| {
        let before = String::from_utf8_lossy(file.get(..broken.valid_up_to()).unwrap_or_default());
        vec![Problem {
            line: line_at(&before, before.len()),
            message: "文字コードが UTF-8 ではありません。UTF-8 で保存し直してください".to_owned(),
        }]
    })?;
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(sorted(errors.iter().map(|error| Problem {
            line: line_at(text, error.span().map_or(0, |span| span.start)),
            message: wording::syntax(error.message()),
        })));
    }
    let lines = Lines::new(text, table);
    match toml::from_str::<Town>(text) {
        Ok(town) => Ok((lines, town)),
        Err(first) => {
            let mut problems = vec![misfit(&lines, &first)];
            problems.extend(misfits_of_facilities(&lines));
            Err(sorted(problems))
        }
    }
}

/// serde stops at the first misfit; so each facility and each room is tried on its own.
fn misfits_of_facilities(lines: &Lines<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for example in tables(lines.table().get_ref(), "example") {
        problems.extend(try_as::<Example>(lines, example));
    }
    for facility in tables(lines.table().get_ref(), "facility") {
        problems.extend(try_as::<Facility>(lines, facility));
        let rooms = facility.get_ref().as_table();
        for room in rooms.into_iter().flat_map(|table| tables(table, "room")) {
            problems.extend(try_as::<Room>(lines, room));
        }
    }
    problems
}

fn tables<'a, 'i>(
    table: &'a DeTable<'i>,
    key: &str,
) -> impl Iterator<Item = &'a Spanned<DeValue<'i>>> {
    let array = table.get(key).and_then(|value| value.get_ref().as_array());
    array.into_iter().flat_map(|array| array.iter())
}

fn try_as<T: DeserializeOwned>(lines: &Lines<'_>, value: &Spanned<DeValue<'_>>) -> Option<Problem> {
    let tried = T::deserialize(ValueDeserializer::from(value.clone()));
    tried.err().map(|error| misfit(lines, &error))
}

fn misfit(lines: &Lines<'_>, error: &toml::de::Error) -> Problem {
    Problem {
        line: lines.line_at(error.span().map_or(0, |span| span.start)),
        message: wording::misfit(error.message()),
    }
}

fn sorted(problems: impl IntoIterator<Item = Problem>) -> Vec<Problem> {
    let mut problems: Vec<Problem> = problems.into_iter().collect();
    problems.sort();
    problems.dedup();
    problems
}
