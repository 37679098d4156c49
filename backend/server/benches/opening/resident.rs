//! Somebody who wants a court for an hour.

use anyhow::{Result, ensure};
use chrono::NaiveDate;

use crate::browser::Browser;
use crate::installation::{Installation, card};
use crate::sign_in::sign_in;

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
    /// Signs in with the own card and says how to be reached.
    pub async fn arrive(house: &Installation, number: usize) -> Result<Self> {
        let mut browser = Browser::new(house.address());
        sign_in(
            &mut browser,
            "/auth/start?return_to=%2Fprofile",
            &card(number),
        )
        .await?;
        let token = browser.get("/profile").await?.hidden("token")?;
        let email = format!("{}@example.jp", card(number));
        let profile = [
            ("token", &*token),
            ("email", &*email),
            ("phone", "090-1234-5678"),
        ];
        let saved = browser.post("/profile", &profile).await?;
        ensure!(saved.status == 303, "{saved:?}");

        Ok(Self {
            browser,
            page: String::new(),
            fields: Vec::new(),
            confirm: String::new(),
        })
    }

    /// Opens the form of a court for the hour that begins at `hour`, and fills it in.
    pub async fn choose(&mut self, court: usize, day: NaiveDate, hour: usize) -> Result<()> {
        self.page = format!("/rooms/court-{court}/book");
        let (day, start) = (day.to_string(), format!("{hour:02}:00"));
        let end = format!("{:02}:00", hour + 1);
        let form = format!("{}?date={day}&start={start}&end={end}", self.page);
        let form = self.browser.get(&form).await?;
        ensure!(form.status == 200, "{form:?}");
        self.fields = [
            ("date", &*day),
            ("start", &*start),
            ("end", &*end),
            ("purpose", "table-tennis"),
            ("people", "4"),
            ("note", ""),
            ("action", "book"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        for hidden in ["token", "submission"] {
            self.fields.push((hidden.to_owned(), form.hidden(hidden)?));
        }
        Ok(())
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
