//! Which version of a tariff applies (適用される料金表).

use chrono::NaiveDate;

use super::BasisDates;
use crate::town::{EffectiveBasis, Room, Tariff};

/// The tariff that prices a use of `room` on `date`: the latest one that had come into force on the
/// date its own basis names (scenario 34).
#[must_use]
pub fn tariff_in_force<'a>(
    room: &'a Room,
    date: NaiveDate,
    basis_dates: &BasisDates,
) -> Option<&'a Tariff> {
    room.tariffs
        .iter()
        .filter(|tariff| {
            let basis = basis_dates.basis(tariff.effective, date);
            tariff.from <= basis && tariff.until.is_none_or(|until| basis <= until)
        })
        .max_by_key(|tariff| tariff.from)
}

impl BasisDates {
    fn basis(&self, effective: EffectiveBasis, used: NaiveDate) -> NaiveDate {
        let applied = self.applied.unwrap_or(used);
        let approved = self.approved.unwrap_or(applied);
        match effective {
            EffectiveBasis::Applied => applied,
            EffectiveBasis::Approved => approved,
            EffectiveBasis::Received => self.received.unwrap_or(approved),
            EffectiveBasis::Used => used,
        }
    }
}
