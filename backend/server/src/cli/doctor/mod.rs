//! `yoriai doctor` (点検): one line for each thing that has to work, and what to do where it does not.

mod outside;
mod own;

use std::process::ExitCode;
use std::sync::Arc;

use usecases::ports::chance::Chance;
use usecases::ports::store::{Municipality, Store as _};

use super::{CliFault, print};
use crate::config::{Config, Environment};
use crate::http::Tenants;
use crate::system::{SystemChance, chain};

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
            report.add("公開アドレス", own::public_url(&config.process.public_url))?;
            report.add("データ鍵", own::data_keys(&config))?;
            report.add("画面の部品", own::assets(&config))?;
            report.add("書面の書体", own::typeface())?;
            report.add("メール", outside::mail(&config).await)?;
            if let Some(database) = &database {
                // A database that stopped answering has been reported.
                let towns = database.municipalities().await.unwrap_or_default();
                for town in &towns {
                    let reading = database.read(town.id).await.ok();
                    let applied = match &reading {
                        Some(reading) => reading.town().await.ok().flatten(),
                        None => None,
                    };
                    check_town(&config, town, applied.as_deref(), &towns, &mut report).await?;
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
    applied: Option<&usecases::ports::store::AppliedTown>,
    towns: &[Municipality],
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
    let own_url = |other: &Municipality| {
        config
            .of_town(other.host.as_str())
            .ok()
            .and_then(|settings| settings.own_url)
    };
    let tenants = Tenants::new(
        &config.process.public_url,
        towns.iter().map(|other| (other, own_url(other))),
    );
    let chance: Arc<dyn Chance> = Arc::new(SystemChance);
    let identity = outside::identity(town, settings.identity(), &tenants, &chance).await;
    report.add(&format!("{name} ログイン"), identity)?;
    let charges = applied.is_some_and(|applied| own::takes_money(&applied.town));
    let stripe = outside::stripe(town, settings.stripe(), charges).await;
    report.add(&format!("{name} 決済"), stripe)
}
