//! To an issuer of the stand-in, and back.

use anyhow::{Context as _, Result, ensure};
use url::{Url, form_urlencoded};

use crate::browser::Browser;
use crate::installation::Address;

/// Signs in by what begins at `start`, as whoever the issuer has under this short name.
pub async fn sign_in(browser: &mut Browser, start: &str, who: &str) -> Result<()> {
    let begun = browser.get(start).await?;
    let issuer = Url::parse(begun.location()?)?;
    let mut outside = Browser::new(&address(&issuer)?);
    let page = format!("{}?{}", issuer.path(), query(&issuer));
    let request = outside.get(&page).await?.hidden("request")?;
    let choose = issuer.join("../../login-actions/card")?;
    let chosen = [("request", &*request), ("card", who)];
    let back = outside.post(choose.path(), &chosen).await?;
    let back = Url::parse(back.location()?)?;
    let callback = format!("{}?{}", back.path(), back.query().unwrap_or_default());
    let arrived = browser.get(&callback).await?;
    ensure!(arrived.status == 303, "{arrived:?}");
    Ok(())
}

fn address(url: &Url) -> Result<Address> {
    let host = url.host_str().context("no host")?;
    let host = format!("{host}:{}", url.port().context("no port")?);
    Ok(Address {
        socket: host.clone(),
        host,
    })
}

fn query(url: &Url) -> String {
    let query = form_urlencoded::parse(url.query().unwrap_or_default().as_bytes());
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .finish()
}
