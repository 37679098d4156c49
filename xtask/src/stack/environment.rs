//! What `yoriai` is told by its environment (DESIGN.md §8), and the keys that go with it.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::ports::Ports;
use super::{Database, TOWNS, Town};
use crate::process;

/// The realm of the stand-in identity provider, and its endpoints.
const REALM: &str = "/api/realms/main";
const OIDC: &str = "/api/realms/main/protocol/openid-connect";
/// The same for the towns' staff.
const STAFF_REALM: &str = "/api/realms/staff";
const STAFF_OIDC: &str = "/api/realms/staff/protocol/openid-connect";

/// The variables of one stack.
pub struct Environment {
    pairs: Vec<(String, String)>,
    /// What the stand-in Stripe signs with.
    pub webhook_secret: String,
}

/// The environment of `yoriai` in this folder. Secrets that stored data depends on are kept
/// there from one start to the next.
///
/// # Errors
/// When a secret cannot be written.
pub fn of(folder: &Path, database: &Database, ports: &Ports) -> Result<Environment> {
    let data_key = folder.join("data.key");
    keep(&data_key, || {
        format!("demo:{}\n", STANDARD.encode(rand::random::<[u8; 32]>()))
    })?;
    let webhook_secret = keep(&folder.join("webhook.secret"), || {
        format!(
            "whsec_{}",
            URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>())
        )
    })?;
    let database_url = match database {
        Database::Sqlite => {
            format!(
                "sqlite://{}?mode=rwc",
                folder.join("yoriai.sqlite").display()
            )
        }
        Database::Postgres(url) => url.clone(),
    };
    let idp = ports.standin(ports.idp);

    let mut pairs = vec![
        ("DATABASE_URL".to_owned(), database_url),
        ("LISTEN".to_owned(), ports.listen(ports.towns)),
        ("PUBLIC_URL".to_owned(), ports.public_url()),
        ("IDP_ISSUER".to_owned(), format!("{idp}{REALM}")),
        ("IDP_AUTHORIZE_URL".to_owned(), format!("{idp}{OIDC}/auth")),
        ("IDP_TOKEN_URL".to_owned(), format!("{idp}{OIDC}/token")),
        (
            "IDP_USERINFO_URL".to_owned(),
            format!("{idp}{OIDC}/userinfo"),
        ),
        ("IDP_JWKS_URL".to_owned(), format!("{idp}{OIDC}/certs")),
        ("STAFF_IDP_ISSUER".to_owned(), format!("{idp}{STAFF_REALM}")),
        (
            "STAFF_IDP_AUTHORIZE_URL".to_owned(),
            format!("{idp}{STAFF_OIDC}/auth"),
        ),
        (
            "STAFF_IDP_TOKEN_URL".to_owned(),
            format!("{idp}{STAFF_OIDC}/token"),
        ),
        (
            "STAFF_IDP_JWKS_URL".to_owned(),
            format!("{idp}{STAFF_OIDC}/certs"),
        ),
        ("STRIPE_API_BASE".to_owned(), ports.standin(ports.stripe)),
        ("STRIPE_SECRET_KEY".to_owned(), "sk_test_demo".to_owned()),
        ("STRIPE_WEBHOOK_SECRETS".to_owned(), webhook_secret.clone()),
        (
            "SMTP_URL".to_owned(),
            format!("smtp://{}", ports.listen(ports.smtp)),
        ),
        (
            "MAIL_FROM".to_owned(),
            "施設予約 <yoyaku@yoriai.example>".to_owned(),
        ),
        ("DATA_KEY_FILE".to_owned(), data_key.display().to_string()),
    ];
    for town in &TOWNS {
        let prefix = format!("TOWN_{}_", town.host.to_uppercase());
        for (realm, staff) in [(Realm::Residents, ""), (Realm::Staff, "STAFF_")] {
            let key = client_key(folder, town, realm).display().to_string();
            let client_id = realm.client_id(town).to_owned();
            pairs.push((format!("{prefix}{staff}IDP_CLIENT_ID"), client_id));
            pairs.push((format!("{prefix}{staff}IDP_CLIENT_KEY_FILE"), key));
        }
    }
    Ok(Environment {
        pairs,
        webhook_secret,
    })
}

impl Environment {
    /// Names and values.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// As a file for `set -a; . .demo/yoriai.env`, so that `yoriai` can be run by hand on the
    /// same data.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, file: &Path) -> Result<()> {
        let lines: String = self
            .pairs()
            .map(|(name, value)| format!("{name}='{value}'\n"))
            .collect();
        private(file, &lines)
    }
}

/// Whose registration at the stand-in identity provider it is.
#[derive(Clone, Copy)]
enum Realm {
    Residents,
    Staff,
}

impl Realm {
    /// As `standin register --realm` has it, and file names.
    const fn name(self) -> &'static str {
        match self {
            Self::Residents => "residents",
            Self::Staff => "staff",
        }
    }

    const fn client_id(self, town: &Town) -> &'static str {
        match self {
            Self::Residents => town.client_id,
            Self::Staff => town.staff_client_id,
        }
    }

    const fn callback(self) -> &'static str {
        match self {
            Self::Residents => "/auth/callback",
            Self::Staff => "/staff/callback",
        }
    }
}

/// Registers each town at the stand-in identity provider, for residents and for staff, for where it
/// listens this time; gives the registrations.
///
/// # Errors
/// When the stand-in cannot write them.
pub fn register(standin: &Path, folder: &Path, ports: &Ports) -> Result<Vec<PathBuf>> {
    let mut registrations = Vec::new();
    for town in &TOWNS {
        for realm in [Realm::Residents, Realm::Staff] {
            let registration = folder.join(format!("{}-{}.json", town.host, realm.name()));
            let callback = format!("{}{}", ports.town(town.host), realm.callback());
            process::run(
                Command::new(standin)
                    .args(["register", "--realm", realm.name(), "--town", town.host])
                    .args(["--client-id", realm.client_id(town)])
                    .args(["--name", &format!("{} 施設予約", town.name)])
                    .args(["--redirect-uri", &callback])
                    .arg("--key")
                    .arg(client_key(folder, town, realm))
                    .arg("--registration")
                    .arg(&registration),
            )?;
            registrations.push(registration);
        }
    }
    Ok(registrations)
}

fn client_key(folder: &Path, town: &Town, realm: Realm) -> PathBuf {
    folder.join(format!("{}-{}.pem", town.host, realm.name()))
}

/// The content of `file`, made up when it does not exist yet.
fn keep(file: &Path, make: impl FnOnce() -> String) -> Result<String> {
    if !file.exists() {
        private(file, &make())?;
    }
    fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

/// Writes a file that only its owner can read.
fn private(file: &Path, content: &str) -> Result<()> {
    fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut open| open.write_all(content.as_bytes()))
        .with_context(|| format!("writing {}", file.display()))
}
