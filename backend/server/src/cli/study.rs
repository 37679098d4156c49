//! `yoriai fee study`: what the uses of a period would have cost under a proposed town file.

use std::path::Path;

use app::text::study as words;
use chrono::NaiveDate;
use contract::{Call, Period, StudyView};
use documents::Printer;
use domain::ids::RequestId;
use domain::study::{KindChange, Tally, Unpriced};
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::documents::Documents as _;
use usecases::study::{fee_study, study_table};

use super::columns::columns;
use super::{CliFault, print, print_bytes, town};
use crate::config::Environment;
use crate::system::{SystemChance, SystemClock};

/// What is asked for on the command line.
pub(super) struct Asked<'a> {
    pub(super) town_file: &'a Path,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    /// For a spreadsheet rather than for reading.
    pub(super) csv: bool,
}

/// Prints the study.
pub(super) async fn study(environment: &Environment, asked: &Asked<'_>) -> Result<(), CliFault> {
    let proposed = town::read(asked.town_file)?;
    let period = Period::new(asked.from, asked.to)?;
    let database = town::open(environment).await?;
    let municipality = town::municipality(&database, &proposed.code).await?;
    let now = SystemClock.now();
    let call = Call::system(municipality.id, RequestId(SystemChance.id(now)), now);
    let view = fee_study(&database, &call, &proposed, period).await?;
    if asked.csv {
        let csv = Printer::new()
            .and_then(|printer| printer.table_csv(&study_table(&view.study)))
            .map_err(CliFault::Csv)?;
        print_bytes(&csv.bytes)?;
    } else {
        let title = format!("{}（{}） {}", proposed.name, proposed.code, words::HEADING);
        print(&format!("{title}\n{}", readable(&view)))?;
    }
    database.close().await.map_err(CliFault::Database)
}

fn readable(view: &StudyView) -> String {
    let study = &view.study;
    let mut text = format!("{}\n", words::sentence(view));
    let mut add = |caption: &str, table: String| {
        text += &format!("\n{caption}\n{table}");
    };
    let mut rooms: Vec<_> = study
        .rooms
        .iter()
        .map(|row| tallied(words::place(&row.of), &row.tally))
        .collect();
    rooms.push(tallied(words::TOTAL.to_owned(), &study.total));
    add(words::BY_ROOM, table(words::ROOM, &rooms));
    let classes = study.classes.iter();
    let classes: Vec<_> = classes
        .map(|row| tallied(row.of.to_string(), &row.tally))
        .collect();
    add(words::BY_CLASS, table(words::CLASS, &classes));
    let reductions = study.reductions.iter();
    let reductions: Vec<_> = reductions
        .map(|row| tallied(row.of.to_string(), &row.tally))
        .collect();
    add(words::BY_REDUCTION, table(words::REDUCTION, &reductions));
    if !study.largest.is_empty() {
        let rows: Vec<_> = study.largest.iter().map(changed).collect();
        let head = [
            words::ROOM,
            words::KIND,
            words::USES,
            words::BEFORE,
            words::AFTER,
            words::DIFFERENCE,
            words::CHANGE,
        ];
        add(words::LARGEST, columns(&head, 2, &rows));
    }
    if !study.unpriced.is_empty() {
        let rows: Vec<_> = study.unpriced.iter().map(unpriced).collect();
        let head = [words::ROOM, words::WHY, words::USES, words::BEFORE];
        add(words::UNPRICED, columns(&head, 2, &rows));
    }
    let how = words::HOW_LINES.map(|line| format!("- {line}\n")).concat();
    add(words::HOW, how);
    text
}

fn table(of: &str, rows: &[Vec<String>]) -> String {
    let head = [
        of,
        words::USES,
        words::BEFORE,
        words::AFTER,
        words::DIFFERENCE,
        words::CHANGE,
        words::RAISED,
        words::LOWERED,
        words::CANNOT,
    ];
    columns(&head, 1, rows)
}

fn tallied(of: String, tally: &Tally) -> Vec<String> {
    vec![
        of,
        words::count(tally.uses),
        words::sum(tally.before_yen),
        words::sum(tally.after_yen),
        words::difference(tally.difference()),
        words::change(tally.change()),
        words::count(tally.raised),
        words::count(tally.lowered),
        words::count(tally.unpriced),
    ]
}

fn changed(one: &KindChange) -> Vec<String> {
    vec![
        words::place(&one.kind.place),
        words::kind(&one.kind),
        words::count(one.uses),
        one.before.to_string(),
        one.after.to_string(),
        words::difference(one.difference()),
        words::change(one.change()),
    ]
}

fn unpriced(one: &Unpriced) -> Vec<String> {
    vec![
        words::place(&one.place),
        one.why.clone(),
        words::count(one.uses),
        words::sum(one.yen),
    ]
}
