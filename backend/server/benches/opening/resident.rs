//! Somebody who wants a court at ten on Saturday week.

use anyhow::{Context as _, Result, ensure};
use url::{Url, form_urlencoded};

use crate::browser::{Answer, Browser};
use crate::installation::{Address, Installation, card};

/// A resident in front of the filled-in form.
pub struct Resident {
    browser: Browser,
    page: String,
    fields: Vec<(String, String)>,
    confirm: String,
}

/// What pressing the button came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The court is held.
    Booked,
    /// Somebody was faster, and there is a list of what else is free.
    WhatElseIsFree,
}

impl Resident {
    /// Signs in with the own card, says how to be reached, opens the form of a court.
    pub async fn arrive(house: &Installation, number: usize, court: usize) -> Result<Self> {
        let mut browser = Browser::new(house.address());
        sign_in(&mut browser, house, &card(number)).await?;
        let token = browser.get("/profile").await?.hidden("token")?;
        let email = format!("{}@example.jp", card(number));
        let profile = [
            ("token", &*token),
            ("email", &*email),
            ("phone", "090-1234-5678"),
        ];
        let saved = browser.post("/profile", &profile).await?;
        ensure!(saved.status == 303, "{saved:?}");

        let page = format!("/rooms/court-{court}/book");
        let day = house.day().to_string();
        let form = browser
            .get(&format!("{page}?date={day}&start=10:00&end=11:00"))
            .await?;
        ensure!(form.status == 200, "{form:?}");
        let mut fields: Vec<(String, String)> = [
            ("date", &*day),
            ("start", "10:00"),
            ("end", "11:00"),
            ("purpose", "table-tennis"),
            ("people", "4"),
            ("note", ""),
            ("action", "book"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        for hidden in ["token", "submission"] {
            fields.push((hidden.to_owned(), form.hidden(hidden)?));
        }
        Ok(Self {
            browser,
            page,
            fields,
            confirm: String::new(),
        })
    }

    /// Presses the button.
    pub async fn book(&mut self) -> Result<Told> {
        let fields: Vec<(&str, &str)> = self.fields.iter().map(|(n, v)| (&**n, &**v)).collect();
        let answer = self.browser.post(&self.page, &fields).await?;
        if answer.status == 303 {
            answer.location()?.clone_into(&mut self.confirm);
            return Ok(Told::Booked);
        }
        ensure!(
            answer.status == 409 && answer.text()?.contains("class=\"offer\""),
            "{} {}",
            answer.status,
            answer.text()?
        );
        Ok(Told::WhatElseIsFree)
    }

    /// Confirms what was held and prints the permit.
    pub async fn confirm_and_print(mut self) -> Result<()> {
        let token = self.browser.get(&self.confirm).await?.hidden("token")?;
        let answer = self
            .browser
            .post(&self.confirm, &[("token", &token)])
            .await?;
        ensure!(answer.status == 303, "{answer:?}");
        let reservation = self.confirm.trim_end_matches("/confirm");
        let permit = self
            .browser
            .get(&format!("{reservation}/permit.pdf"))
            .await?;
        ensure!(permit.body.starts_with(b"%PDF"), "{permit:?}");
        Ok(())
    }
}

/// To the card service, and back.
async fn sign_in(browser: &mut Browser, house: &Installation, card: &str) -> Result<()> {
    let begun = browser.get("/auth/start?return_to=%2Fprofile").await?;
    let (mut outside, path) = elsewhere(&begun)?;
    let request = outside.get(&path).await?.hidden("request")?;
    let choose = Url::parse(&format!("{}/login-actions/card", house.issuer()))?;
    let chosen = [("request", &*request), ("card", card)];
    let back = outside.post(choose.path(), &chosen).await?;
    let back = Url::parse(back.location()?)?;
    let callback = format!("{}?{}", back.path(), back.query().unwrap_or_default());
    let arrived = browser.get(&callback).await?;
    ensure!(arrived.status == 303, "{arrived:?}");
    Ok(())
}

/// A browser at the address that an answer leads to, and the path there.
fn elsewhere(answer: &Answer) -> Result<(Browser, String)> {
    let url = Url::parse(answer.location()?)?;
    let host = url.host_str().context("no host")?;
    let address = Address {
        socket: format!("{host}:{}", url.port().context("no port")?),
        host: format!("{host}:{}", url.port().context("no port")?),
    };
    let query = form_urlencoded::parse(url.query().unwrap_or_default().as_bytes());
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .finish();
    Ok((Browser::new(&address), format!("{}?{query}", url.path())))
}
