//! Prints every sample paper into a folder and says how long each takes and what memory is held.
//!
//! `cargo run -p documents --example print -- target/papers`, then look at them, e.g. with
//! `pdftoppm -r 80 -png target/papers/permit.pdf permit`.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use documents::Printer;
use usecases::ports::documents::{DocumentFault, Documents, Pdf};

#[expect(clippy::unwrap_used, reason = "the sheets are shared with the tests")]
#[path = "../tests/papers/sheets.rs"]
mod sheets;

const WARM_RUNS: u32 = 20;

type Print = fn(&Printer) -> Result<Pdf, DocumentFault>;

const PAPERS: [(&str, Print); 13] = [
    ("permit", |printer| printer.permit(&sheets::permit())),
    ("receipt", |printer| printer.receipt(&sheets::receipt())),
    ("refund", |printer| printer.refund(&sheets::refund())),
    ("reduced-permit", |printer| {
        printer.permit(&sheets::reduced_permit())
    }),
    ("reduced-receipt", |printer| {
        printer.receipt(&sheets::reduced_receipt())
    }),
    ("part-refund", |printer| {
        printer.refund(&sheets::part_refund())
    }),
    ("day-sheet", |printer| {
        printer.day_sheet(&sheets::day_sheet())
    }),
    ("crowded-receipt", |printer| {
        printer.receipt(&sheets::crowded_receipt())
    }),
    ("hostile-permit", |printer| {
        printer.permit(&sheets::hostile_permit())
    }),
    ("hostile-receipt", |printer| {
        printer.receipt(&sheets::hostile_receipt())
    }),
    ("hostile-refund", |printer| {
        printer.refund(&sheets::hostile_refund())
    }),
    ("crowded-day-sheet", |printer| {
        printer.day_sheet(&sheets::crowded_day_sheet())
    }),
    ("hostile-day-sheet", |printer| {
        printer.day_sheet(&sheets::hostile_day_sheet())
    }),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: print FOLDER")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;

    let begun = Instant::now();
    let printer = Printer::new()?;
    println!(
        "{:<18}{:>9.1} ms",
        "open the printer",
        milliseconds(begun.elapsed())
    );
    println!(
        "{:<18}{:>12}{:>12}{:>12}",
        "paper", "first", "median", "bytes"
    );
    println!("{:<18}{}", "memory", memory()?);
    for (name, print) in PAPERS {
        let begun = Instant::now();
        let pdf = print(&printer)?;
        let first = begun.elapsed();
        std::fs::write(folder.join(name).with_extension("pdf"), &pdf.bytes)?;
        println!(
            "{name:<18}{:>9.1} ms{:>9.1} ms{:>12}",
            milliseconds(first),
            milliseconds(median(&printer, print)?),
            pdf.bytes.len(),
        );
        println!("{:<18}{}", "", memory()?);
    }
    Ok(())
}

/// What this process holds now, how much of it is its own and no page of the binary, and what it
/// held at most, as Linux counts it.
fn memory() -> Result<String, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let counted = ["VmRSS:", "RssAnon:", "VmHWM:"].map(|what| {
        let line = status.lines().find(|line| line.starts_with(what));
        line.unwrap_or(what)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    });
    Ok(counted.join(", "))
}

/// The median of repeated prints.
fn median(printer: &Printer, print: Print) -> Result<Duration, DocumentFault> {
    let mut times = Vec::new();
    for _ in 0..WARM_RUNS {
        let begun = Instant::now();
        black_box(print(printer)?);
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
