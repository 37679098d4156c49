//! What is on this machine: database, keys, files.

use std::net::IpAddr;
use std::sync::Arc;

use contract::Fault;
use documents::Printer;
use domain::town::Town;
use store::Database;
use url::Url;
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
    if let Some(finding) = encryption(&database, environment).await {
        report.add("データベースとの通信", finding)?;
    }
    report.add("自治体", towns(&database).await)?;
    Ok(Some(database))
}

/// Whether somebody between us and the database could listen. Nothing to say of a file.
async fn encryption(database: &Database, environment: &Environment) -> Option<Finding> {
    let settings = environment.read::<DatabaseSettings>("").ok()?;
    let url = Url::parse(settings.database_url.reveal()).ok()?;
    match database.is_encrypted().await {
        Ok(encrypted) => Some(overheard(encrypted?, &url)),
        Err(failure) => Some(Finding::wrong(&failure, REACH)),
    }
}

fn overheard(encrypted: bool, url: &Url) -> Finding {
    let setting = |name: &str| url.query_pairs().find(|(key, _)| key == name);
    let mode = setting("sslmode").map(|(_, mode)| mode);
    let socket = setting("host").is_some_and(|(_, host)| host.starts_with('/'));
    match (encrypted, mode.as_deref()) {
        (true, Some("verify-full")) => Finding::fine("TLSで暗号化され、相手も確かめています"),
        (true, _) => Finding::fine(
            "TLSで暗号化されています（相手も確かめるには sslmode=verify-full を付けます）",
        ),
        (false, _) if socket || is_this_machine(url) => {
            Finding::fine("この機械の中です（暗号化していません）")
        }
        (false, Some("disable")) => Finding::fine("暗号化していません（sslmode=disable）"),
        (false, _) => Finding::Wrong {
            what: "暗号化されていません".to_owned(),
            todo: "DATABASE_URL に sslmode=verify-full を付けてください（ほかに誰もいない網なら sslmode=disable）",
        },
    }
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
pub(super) fn address(origin: &str) -> Finding {
    let local = Url::parse(origin).is_ok_and(|url| is_this_machine(&url));
    if origin.starts_with("https:") || local {
        Finding::fine(origin)
    } else {
        Finding::Wrong {
            what: format!("{origin} ではログインが続きません"),
            todo: "https:// にしてください（PUBLIC_URL・TOWN_…_OWN_URL。プロキシでTLSを受けます）",
        }
    }
}

fn is_this_machine(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    // To the URL standard a number is an address only under http and the like.
    let number = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost"
        || host.ends_with(".localhost")
        || number.is_ok_and(|number| number.is_loopback())
}

/// Whether the data keys can be read.
pub(super) fn data_keys(config: &Config) -> Finding {
    let chance: Arc<dyn Chance> = Arc::new(SystemChance);
    match wiring::vault(&config.process.data_key_file, &chance) {
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
        .any(|tariff| !tariff.price.is_free())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_without_tls_is_reported() {
        let wrong = |origin: &str| matches!(address(origin), Finding::Wrong { .. });
        assert!(wrong("http://yoyaku.example.jp"));
        assert!(!wrong("https://yoyaku.example.jp"));
        assert!(!wrong("http://localhost:8080"));
    }

    #[test]
    fn a_database_that_others_could_overhear_is_reported_unless_that_is_what_was_asked_for() {
        let wrong = |encrypted, url: &str| {
            matches!(
                overheard(encrypted, &url.parse().unwrap()),
                Finding::Wrong { .. }
            )
        };
        assert!(wrong(false, "postgres://yoriai@db.example/yoriai"));
        assert!(wrong(
            false,
            "postgres://yoriai@db.example/yoriai?sslmode=prefer"
        ));
        assert!(wrong(false, "postgres://yoriai@192.0.2.1/yoriai"));
        assert!(!wrong(
            false,
            "postgres://yoriai@db.example/yoriai?sslmode=disable"
        ));
        assert!(!wrong(false, "postgres://yoriai@127.0.0.1/yoriai"));
        assert!(!wrong(
            false,
            "postgres://yoriai@localhost/yoriai?host=%2Frun%2Fpostgresql"
        ));
        assert!(!wrong(true, "postgres://yoriai@db.example/yoriai"));
    }
}
