//! `yoriai doctor` (点検): one line for each thing that has to work, and what to do where it does not.

mod outside;
mod own;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Arc;

use usecases::ports::chance::Chance;
use usecases::ports::store::{AppliedTown, Municipality, Store as _};

use super::{CliFault, print};
use crate::config::{Config, Environment};
use crate::system::{SystemChance, chain};
use crate::towns::Address;

/// What was found out about one thing.
enum Finding {
    /// It works; a word about it.
    Fine(String),
    /// It does not: what is wrong, and what to do.
    Wrong { what: String, todo: &'static str },
}

impl Finding {
    fn fine(note: impl Into<String>) -> Self {
        Self::Fine(note.into())
    }

    fn wrong(error: &dyn std::error::Error, todo: &'static str) -> Self {
        Self::Wrong {
            what: chain(error),
            todo,
        }
    }
}

/// Prints findings as they come, and remembers whether one was bad.
struct Report {
    healthy: bool,
}

impl Report {
    fn add(&mut self, subject: &str, finding: Finding) -> Result<(), CliFault> {
        print(&match finding {
            Finding::Fine(note) => format!("OK  {subject}: {note}\n"),
            Finding::Wrong { what, todo } => {
                self.healthy = false;
                format!("NG  {subject}: {what}\n    → {todo}\n")
            }
        })
    }
}

/// Checks everything that can be checked; exit code 1 when something is wrong.
pub(super) async fn run(environment: &Environment) -> Result<ExitCode, CliFault> {
    let mut report = Report { healthy: true };
    let database = own::database(environment, &mut report).await?;
    match Config::read(environment) {
        Err(fault) => report.add(
            "設定",
            Finding::wrong(&fault, "docs/導入.md の「設定」の表を見てください"),
        )?,
        Ok(config) => {
            report.add("データ鍵", own::data_keys(&config))?;
            report.add("画面の部品", own::assets(&config))?;
            report.add("書面の書体", own::typeface())?;
            report.add("メール", outside::mail(&config).await)?;
            if let Some(database) = &database {
                // A database that stopped answering has been reported.
                let towns = database.municipalities().await.unwrap_or_default();
                let mut taken = BTreeSet::new();
                for town in &towns {
                    let reading = database.read(town.id).await.ok();
                    let applied = match &reading {
                        Some(reading) => reading.town().await.ok().flatten(),
                        None => None,
                    };
                    let applied = applied.as_deref();
                    check_town(&config, town, applied, &mut taken, &mut report).await?;
                }
            }
        }
    }
    Ok(if report.healthy {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn check_town(
    config: &Config,
    town: &Municipality,
    applied: Option<&AppliedTown>,
    taken: &mut BTreeSet<String>,
    report: &mut Report,
) -> Result<(), CliFault> {
    let name = &town.name;
    let settings = match config.of_town(town.host.as_str()) {
        Ok(settings) => settings,
        Err(fault) => {
            return report.add(
                name,
                Finding::wrong(&fault, "TOWN_…の環境変数を直してください"),
            );
        }
    };
    let subject = format!("{name} アドレス");
    let address = Address::of(config, town, settings.own_url.as_ref());
    match address.and_then(|address| address.unless_taken(taken, town)) {
        Err(fault) => report.add(
            &subject,
            Finding::wrong(&fault, "PUBLIC_URL か TOWN_…_OWN_URL を直してください"),
        )?,
        Ok(address) => {
            report.add(&subject, own::address(&address.origin))?;
            let chance: Arc<dyn Chance> = Arc::new(SystemChance);
            let identity = outside::identity(town, &settings, &address, &chance).await;
            report.add(&format!("{name} ログイン"), identity)?;
            let staff = match config.staff_of_town(town.host.as_str()) {
                Ok(settings) => outside::staff(town, &settings, &address, &chance).await,
                Err(fault) => Finding::wrong(&fault, "STAFF_…の環境変数を直してください"),
            };
            report.add(&format!("{name} 職員のログイン"), staff)?;
        }
    }
    let charges = applied.is_some_and(|applied| own::takes_money(&applied.town));
    let stripe = outside::stripe(town, &settings, charges).await;
    report.add(&format!("{name} 決済"), stripe)
}
