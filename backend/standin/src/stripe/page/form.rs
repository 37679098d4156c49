//! What the payer typed, and what is wrong with it.

use chrono::{DateTime, Datelike as _};
use serde::Deserialize;

use crate::stripe::cards::{Verdict, judge};
use crate::stripe::objects::charge::Failure;
use crate::stripe::pay::Tender;

/// The form as sent. Everything is optional because anything may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Filled {
    /// `card` or `konbini`; PayPay has a page of its own.
    pub method: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Card number.
    pub card_number: String,
    /// Expiry, MM / YY.
    pub expiry: String,
    /// Security code.
    pub cvc: String,
    /// Name on the card.
    pub name: Option<String>,
}

/// Why the form comes back.
#[derive(Debug, Clone)]
pub enum Problem {
    /// No e-mail address.
    Email,
    /// Not a card number.
    CardNumber,
    /// Not a month and year, or past.
    Expiry,
    /// Not three or four digits.
    Cvc,
    /// No name.
    Name,
    /// This means is not offered.
    NotOffered,
    /// The bank said no.
    Declined(Failure),
}

impl Problem {
    /// The field to look at, by its name in the form.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::CardNumber => Some("card_number"),
            Self::Expiry => Some("expiry"),
            Self::Cvc => Some("cvc"),
            Self::Name => Some("name"),
            Self::NotOffered => None,
            Self::Declined(failure) => Some(match failure.code.as_str() {
                "expired_card" => "expiry",
                "incorrect_cvc" => "cvc",
                _ => "card_number",
            }),
        }
    }
}

impl Filled {
    /// What the payer holds out, when the form is complete.
    ///
    /// # Errors
    /// The first problem, in the order of the fields.
    pub fn tender(&self, now: i64, email: Option<&str>) -> Result<Tender, Problem> {
        if email.is_none_or(|email| !email.contains('@')) {
            return Err(Problem::Email);
        }
        if self.method == "konbini" {
            return self.named().map(|()| Tender::Konbini);
        }
        if matches!(judge(&self.card_number), Verdict::NotACard) {
            return Err(Problem::CardNumber);
        }
        let (exp_month, exp_year) = expiry(&self.expiry, now).ok_or(Problem::Expiry)?;
        let cvc = self.cvc.trim();
        if !(3..=4).contains(&cvc.len()) || !cvc.chars().all(|c| c.is_ascii_digit()) {
            return Err(Problem::Cvc);
        }
        self.named()?;
        Ok(Tender::Card {
            number: self.card_number.clone(),
            exp_month,
            exp_year,
        })
    }

    fn named(&self) -> Result<(), Problem> {
        match self.name.as_deref().map(str::trim) {
            Some(name) if !name.is_empty() => Ok(()),
            _ => Err(Problem::Name),
        }
    }
}

/// `12 / 34`, `12/34` or `1234`; this month still counts.
fn expiry(typed: &str, now: i64) -> Option<(i64, i64)> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let (month, year) = digits.split_at_checked(2)?;
    let month: i64 = month.parse().ok()?;
    let year: i64 = match year.len() {
        2 => 2000 + year.parse::<i64>().ok()?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    let today = DateTime::from_timestamp(now, 0)?.date_naive();
    let past = (year, month) < (i64::from(today.year()), i64::from(today.month()));
    ((1..=12).contains(&month) && !past).then_some((month, year))
}
