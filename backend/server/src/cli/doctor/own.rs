//! What is on this machine: database, keys, files.

use std::sync::Arc;

use contract::Fault;
use documents::Printer;
use domain::town::{RoomPrice, Town};
use store::Database;
use url::{Host, Url};
use usecases::ports::chance::Chance;
use usecases::ports::store::Store as _;

use super::{CliFault, Finding, Report};
use crate::config::{Config, DatabaseSettings, Environment};
use crate::http::Assets;
use crate::system::SystemChance;
use crate::wiring;

const MIGRATE: &str = "`yoriai migrate` を実行してください";
const REACH: &str =
    "DATABASE_URL と、データベースが動いているかを確かめてください（初めてなら `yoriai migrate`）";

/// Whether the database answers, has this build's schema, and knows a town.
pub(super) async fn database(
    environment: &Environment,
    report: &mut Report,
) -> Result<Option<Database>, CliFault> {
    const SUBJECT: &str = "データベース";
    let opened = match environment.read::<DatabaseSettings>("") {
        Ok(settings) => wiring::open(&settings).await,
        Err(fault) => Err(Fault::new("DATABASE_URL", fault)),
    };
    let database = match opened {
        Ok(database) => database,
        Err(fault) => {
            report.add(SUBJECT, Finding::wrong(&fault, REACH))?;
            return Ok(None);
        }
    };
    let finding = match database.is_ready().await {
        Ok(true) => Finding::fine("応答し、最新の形です"),
        Ok(false) => Finding::Wrong {
            what: "形が古いままです".to_owned(),
            todo: MIGRATE,
        },
        Err(failure) => Finding::wrong(&failure, REACH),
    };
    let usable = matches!(finding, Finding::Fine(_));
    report.add(SUBJECT, finding)?;
    if !usable {
        return Ok(None);
    }
    report.add("自治体", towns(&database).await)?;
    Ok(Some(database))
}

async fn towns(database: &Database) -> Finding {
    match database.municipalities().await {
        Ok(towns) if towns.is_empty() => Finding::Wrong {
            what: "まだありません".to_owned(),
            todo: "`yoriai town apply 設定ファイル` で適用してください",
        },
        Ok(towns) => {
            let names = towns.iter().map(|town| town.name.as_str());
            Finding::fine(names.collect::<Vec<_>>().join("、"))
        }
        Err(failure) => Finding::wrong(&failure, REACH),
    }
}

/// Browsers keep our cookies (`__Host-`, Secure) only over TLS or on this machine.
pub(super) fn public_url(url: &Url) -> Finding {
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if url.scheme() == "https" || local {
        Finding::fine(url.as_str())
    } else {
        Finding::Wrong {
            what: format!("{url} ではログインが続きません"),
            todo: "PUBLIC_URL を https:// にしてください（プロキシでTLSを受けます）",
        }
    }
}

/// Whether the data keys can be read.
pub(super) fn data_keys(config: &Config) -> Finding {
    let chance: Arc<dyn Chance> = Arc::new(SystemChance);
    match wiring::vault(config, &chance) {
        Ok(_vault) => Finding::fine(config.process.data_key_file.display().to_string()),
        Err(fault) => Finding::wrong(
            &fault,
            "`echo \"2026-11:$(openssl rand -base64 32)\"` の1行を DATA_KEY_FILE に置き、控えを別の場所に保管してください",
        ),
    }
}

/// Whether the frontend has been bundled.
pub(super) fn assets(config: &Config) -> Finding {
    let whole = Assets::read(&config.process.assets_dir).and_then(|assets| assets.bundle());
    match whole {
        Ok(bundle) => Finding::fine(bundle.style),
        Err(fault) => Finding::wrong(&fault, "`cargo bundle` で作り、ASSETS_DIR に置いてください"),
    }
}

/// Whether permits and receipts can be printed.
pub(super) fn typeface() -> Finding {
    match Printer::new() {
        Ok(_printer) => Finding::fine("使えます"),
        Err(fault) => Finding::wrong(&fault, "プログラムを作り直してください"),
    }
}

/// Whether any room of the town costs something.
pub(super) fn takes_money(town: &Town) -> bool {
    let rooms = town.facilities.iter().flat_map(|facility| &facility.rooms);
    rooms
        .flat_map(|room| &room.tariffs)
        .any(|tariff| !matches!(tariff.price, RoomPrice::Free {}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_without_tls_is_reported() {
        let wrong = |url: &str| matches!(public_url(&url.parse().unwrap()), Finding::Wrong { .. });
        assert!(wrong("http://yoyaku.example.jp"));
        assert!(!wrong("https://yoyaku.example.jp"));
        assert!(!wrong("http://localhost:8080"));
    }
}
