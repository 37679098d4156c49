//! Finding a reservation by what was scanned or typed (予約番号・QR).

use contract::{Action as Doing, Call, Located, Outcome, Refusal};
use domain::ids::ReservationId;
use unicode_normalization::UnicodeNormalization as _;

use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::ports::store::{Reading, ReservationRecord, Stored};

/// How a reservation can be named.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// As its QR code says it.
    Id(ReservationId),
    /// As people read it aloud, with its hyphens.
    Number(String),
}

/// Reads what a scanner or a hurried hand typed: full-width digits, spaces for hyphens or none.
pub(crate) fn read(typed: &str) -> Option<Named> {
    let plain: String = typed.nfkc().filter(|c| !c.is_whitespace()).collect();
    if let Ok(id) = plain.parse() {
        return Some(Named::Id(id));
    }
    let is_hyphen = |c: char| "-‐‑–—−ー".contains(c);
    let digits: String = plain.chars().filter(|c| !is_hyphen(*c)).collect();
    if digits.len() != 12 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |range| digits.get(range).unwrap_or_default();
    Some(Named::Number(format!(
        "{}-{}-{}",
        part(0..4),
        part(4..8),
        part(8..12)
    )))
}

/// The reservation that is named so, whoever's it is.
pub(crate) async fn named(reading: &dyn Reading, typed: &str) -> Stored<Option<ReservationRecord>> {
    match read(typed) {
        Some(Named::Id(id)) => reading.reservation(id).await,
        Some(Named::Number(number)) => reading.by_number(&number).await,
        None => Ok(None),
    }
}

impl Desk {
    pub(super) async fn whose_is(&self, call: &Call, typed: &str) -> Outcome<Located> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = staff(reading.as_ref(), call, Doing::SeeCounter, Place::Anywhere).await?;
        let found = named(reading.as_ref(), typed).await?;
        // Another facility's, another town's, nobody's: the clerk cannot do anything about it here.
        let record = found
            .filter(|record| on_duty.reaches(Doing::SeeCounter, record.facility))
            .ok_or(Refusal::NotFound)?;
        Ok(Located {
            id: record.id,
            facility: record.particulars.facility,
            date: record.span.date(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_was_typed() {
        for typed in [
            "2611-4827-3391",
            "261148273391",
            " 2611 4827 3391 ",
            "２６１１－４８２７－３３９１",
            "2611ー4827ー3391",
        ] {
            let number = Named::Number("2611-4827-3391".to_owned());
            assert_eq!(read(typed), Some(number), "{typed}");
        }
    }

    #[test]
    fn a_scanned_code_is_read_and_nonsense_is_not() {
        let code = "0193a0b0-0000-7000-8000-000000000001";
        assert_eq!(read(code), Some(Named::Id(code.parse().unwrap())));
        for nonsense in ["", "山田", "2611-4827", "2611-4827-33911", "1234567890ab"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }
}
