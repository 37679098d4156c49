//! `cargo demo`: everything on this machine, for trying out by hand.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::bundle;
use crate::compiler;
use crate::place::Place;
use crate::process;
use crate::stack::{Addresses, Database, LOOKED_AT, Ports, Services, Stack, TOWNS, probe};

/// Where the demo keeps what it must not forget; ignored by git.
const FOLDER: &str = ".demo";

/// `cargo demo`
#[derive(clap::Args)]
pub struct Options {
    /// Start everything on fresh data, ask for each page once, stop
    #[arg(long)]
    check: bool,
}

/// Builds, starts and waits until somebody stops it.
///
/// # Errors
/// When something is missing, does not build, does not start or ends by itself.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    compiler::ready()?;
    let services = Services::supervised()?;
    println!("1/3 The browser's half");
    bundle::run(place)?;
    println!("2/3 The server and the stand-ins");
    process::run(process::cargo().current_dir(&place.root).args([
        "build",
        "--package",
        "server",
        "--package",
        "standin",
        "--package",
        "testkit",
    ]))?;
    println!("3/3 Starting");
    if options.check {
        return check(place, &services);
    }

    let folder = place.path(FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("making {FOLDER}"))?;
    let lock = fs::File::create(folder.join("lock"))?;
    if lock.try_lock().is_err() {
        bail!("another `cargo demo` of this clone is running");
    }
    let ports = Ports::familiar()?;
    let stack = Stack::start(place, &services, &folder, Database::Sqlite, &ports)?;
    Stack::sample_month(place, &folder, &Database::Sqlite, &ports)?;
    welcome(&stack.addresses);
    Err(services.wait_for_an_end())
}

fn check(place: &Place, services: &Services) -> Result<()> {
    let folder = place.target.join("demo-check");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let ports = Ports::any()?;
    let stack = Stack::start(place, services, &folder, Database::Sqlite, &ports)?;
    Stack::sample_month(place, &folder, &Database::Sqlite, &ports)?;
    let Addresses {
        towns,
        idp,
        mailbox,
        ..
    } = &stack.addresses;
    let beat = format!("{idp}/healthz");
    for address in towns.values().chain([mailbox, &beat]) {
        let status = probe::get(address)?;
        println!("{status} {address}");
        if status != 200 {
            bail!("{address} answered {status}");
        }
    }
    Ok(())
}

fn welcome(addresses: &Addresses) {
    println!();
    for town in TOWNS {
        if let Some(address) = addresses.towns.get(town.host) {
            println!("  {}  {address}", town.name);
        }
    }
    println!();
    println!("  Sign in: choose any card on the identity provider's page, for example");
    println!("           山田 花子 (lives in 精華町) or 西川 健二 (lives elsewhere), or make one.");
    println!(
        "  Clerk:   /counter of either town, as 佐藤 (窓口). Open a drawer at /counter/till first."
    );
    println!("  Manager: /manage of either town, as 鈴木 (施設管理者).");
    println!(
        "  Others:  /staff; 高橋 (会計), 田中 (管理者), 渡辺 (閲覧), and 中村, who has no role."
    );
    println!("  Pay:     card 4242 4242 4242 4242, any date to come, any CVC.");
    println!("  Mail:    {}", addresses.mailbox);
    for host in LOOKED_AT {
        if let Some(address) = addresses.towns.get(host) {
            println!("  Fees:    {address}/fees of another town, to be looked at only.");
        }
    }
    println!();
    println!("  Both towns have a month of made-up reservations around today.");
    println!("  Data and logs are in {FOLDER}/; `rm -r {FOLDER}` forgets everything.");
    println!("  Ctrl-C stops.");
}
