//! `cargo demo`, `cargo verify`, `cargo bundle`: the only build tool of Yoriai.
//!
//! It knows how to build, start and check the other crates, and what a fresh machine lacks for
//! that. It knows nothing of towns, reservations or money, and no crate may depend on it. What
//! it fetches comes from the package registries (Rust's, npm's, Debian's) by their own clients.

mod bundle;
mod compiler;
mod debian;
mod demo;
mod place;
mod process;
mod rules;
mod stack;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The build tool of Yoriai.
#[derive(Parser)]
#[command(name = "cargo", bin_name = "cargo")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the browser's half into frontend/dist: wasm, styles, static files, precompressed
    Bundle,
    /// Start everything on SQLite with the stand-ins and two towns, and print the addresses
    Demo(demo::Options),
    /// Every check and test; name steps to run only those
    Verify(verify::Options),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().task {
        Task::Bundle => place::Place::find().and_then(|place| bundle::run(&place).map(drop)),
        Task::Demo(options) => place::Place::find().and_then(|place| demo::run(&place, &options)),
        Task::Verify(options) => {
            place::Place::find().and_then(|place| verify::run(&place, &options))
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
