//! What the form of a study begins with.

use chrono::{Datelike as _, NaiveDate};
use contract::{Action as Doing, Call, Outcome, Period, Refusal, StudyForm};
use domain::civil;

use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::town_file::written;

impl Desk {
    pub(crate) async fn form_of_study(&self, call: &Call) -> Outcome<StudyForm> {
        let reading = self.store.read(call.municipality()).await?;
        staff(reading.as_ref(), call, Doing::SeeFigures, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        Ok(StudyForm {
            file: written(&applied.town)?,
            period: last_fiscal_year(civil::date_at(call.now())),
        })
    }
}

/// The fiscal year that ended last (前年度): April to March.
fn last_fiscal_year(today: NaiveDate) -> Period {
    let this = if today.month() < 4 {
        today.year() - 1
    } else {
        today.year()
    };
    let first = |year| NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(today);
    let (from, until) = (first(this - 1), first(this));
    let to = until.pred_opt().unwrap_or(until);
    Period::new(from, to).unwrap_or_else(|_reversed| Period::day(today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_ends_in_march() {
        for (today, from, to) in [
            ("2026-11-21", "2025-04-01", "2026-03-31"),
            ("2027-03-31", "2025-04-01", "2026-03-31"),
            ("2027-04-01", "2026-04-01", "2027-03-31"),
        ] {
            let year = last_fiscal_year(today.parse().unwrap());
            assert_eq!(year.from().to_string(), from, "{today}");
            assert_eq!(year.to().to_string(), to, "{today}");
        }
    }
}
