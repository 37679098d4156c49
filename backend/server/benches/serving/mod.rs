//! `yoriai serve` in this process over a town of the test world, and the turns in which it and a
//! bare handler are asked.

pub mod turns;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use server::{Assets, Config, Environment, House};
use standin::idp::{self, RegisterArgs};
use testkit::{TestStore, TestWorld};

/// What the town's browsers ask for.
pub const HOST: &str = "yoriai.localhost:8080";

/// Everything that `yoriai serve` answers with. What it needs besides is put into a folder.
pub async fn screens(db: &TestStore, world: &TestWorld, files: &Path) -> Result<Router> {
    let config = Config::read(&Environment::of(environment(db, files)?))?;
    let clock = Arc::new(world.clock.clone());
    let chance = Arc::new(world.chance.clone());
    let house = House::build_at(&config, clock, chance).await?;
    let assets = Assets::read(files)?;
    Ok(house.app(&assets)?)
}

/// Nobody signs in or pays here, so nobody answers at those addresses.
fn environment(db: &TestStore, files: &Path) -> Result<BTreeMap<String, String>> {
    let file = |name: &str| files.join(name).display().to_string();
    let key = "bench:q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=\n";
    std::fs::write(files.join("data.key"), key)?;
    std::fs::write(files.join("yoriai.0.css"), "body{}")?;
    std::fs::create_dir_all(files.join("pkg"))?;
    std::fs::write(files.join("pkg/browser.js"), "export default 0")?;
    let manifest = serde_json::json!({
        "pkg_version": "0",
        "files": {
            "yoriai.css": { "path": "yoriai.0.css" },
            "pkg/browser.js": { "path": "pkg/browser.js" },
        },
    });
    std::fs::write(files.join("manifest.json"), manifest.to_string())?;
    idp::register(RegisterArgs {
        client_id: "YORIAI0001".to_owned(),
        name: "寄合町 施設予約".to_owned(),
        town: "seika".to_owned(),
        realm: idp::Realm::Residents,
        redirect_uris: vec![format!("http://{HOST}/auth/callback").parse()?],
        key: files.join("client.pem"),
        registration: files.join("client.json"),
    })?;
    let nobody = "http://127.0.0.1:9";
    let pairs = [
        ("DATABASE_URL", db.url().to_owned()),
        ("PUBLIC_URL", "http://localhost:8080".to_owned()),
        ("SMTP_URL", "smtp://127.0.0.1:9".to_owned()),
        ("DATA_KEY_FILE", file("data.key")),
        ("ASSETS_DIR", files.display().to_string()),
        ("IDP_ISSUER", nobody.to_owned()),
        ("IDP_AUTHORIZE_URL", format!("{nobody}/auth")),
        ("IDP_TOKEN_URL", format!("{nobody}/token")),
        ("IDP_USERINFO_URL", format!("{nobody}/userinfo")),
        ("IDP_JWKS_URL", format!("{nobody}/certs")),
        ("IDP_CLIENT_ID", "YORIAI0001".to_owned()),
        ("IDP_CLIENT_KEY_FILE", file("client.pem")),
        ("STRIPE_API_BASE", nobody.to_owned()),
        ("STRIPE_SECRET_KEY", "sk_test_yoriai".to_owned()),
        ("STRIPE_WEBHOOK_SECRETS", "whsec_test".to_owned()),
    ];
    Ok(pairs.map(|(name, value)| (name.to_owned(), value)).into())
}
