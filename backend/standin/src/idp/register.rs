//! `standin register`: makes a client's key and the registration that fits it.

use std::path::PathBuf;

use anyhow::Context as _;
use jsonwebtoken::jwk::JwkSet;
use url::Url;

use super::{Client, KeyPair, Realm};

/// `standin register …`: a fresh client key for `IDP_CLIENT_KEY_FILE` (`STAFF_IDP_CLIENT_KEY_FILE`),
/// and the registration with its
/// public half for `standin idp --client`. With the real service, this is the application form.
#[derive(Debug, Clone, clap::Args)]
pub struct RegisterArgs {
    /// Like `SEIKA00001`: 1 to 255 of 0-9a-zA-Z.
    #[arg(long)]
    pub client_id: String,
    /// What people see on the card page.
    #[arg(long)]
    pub name: String,
    /// Whose cards lie on top: `seika` or `kawagoe`.
    #[arg(long)]
    pub town: String,
    /// Whether residents or staff come in by it.
    #[arg(long, value_enum, default_value_t)]
    pub realm: Realm,
    /// For example `http://seika.localhost:8080/auth/callback`; may be given again.
    #[arg(long = "redirect-uri", required = true)]
    pub redirect_uris: Vec<Url>,
    /// Where the private key goes (PKCS#8 PEM, readable by its owner only).
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// Where the registration goes (JSON).
    #[arg(long, value_name = "FILE")]
    pub registration: PathBuf,
}

/// Writes both files.
///
/// # Errors
/// When a file cannot be written.
pub fn register(args: RegisterArgs) -> anyhow::Result<()> {
    let pair = KeyPair::generate()?;
    let client = Client {
        realm: args.realm,
        client_id: args.client_id,
        name: args.name,
        town: args.town,
        redirect_uris: args.redirect_uris.into_iter().map(String::from).collect(),
        jwks: JwkSet {
            keys: vec![pair.public.clone()],
        },
    };
    write_private(&args.key, &pair.private_pem)?;
    std::fs::write(&args.registration, serde_json::to_vec_pretty(&client)?)
        .with_context(|| format!("writing {}", args.registration.display()))
}

fn write_private(path: &std::path::Path, pem: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
        .open(path)
        .and_then(|mut file| file.write_all(pem.as_bytes()))
        .with_context(|| format!("writing {}", path.display()))
}
