//! One drawer, movement by movement.

use std::collections::BTreeMap;

use contract::{Action as Doing, Call, Outcome, Refusal, TillLine, TillSummary, TillView};
use domain::ids::{FacilityId, ReservationId, StaffId, TillId};
use domain::personal::Personal;
use domain::till::Movement;
use domain::town::{Facility, Slug};

use crate::authority::{OnDuty, Place, staff};
use crate::desk::Desk;
use crate::ports::store::{
    AppliedTown, MovementRecord, Reading, ReceiptRecord, ReservationRecord, TillRecord,
};
use crate::sealing::open_staff_name;

/// A movement with what it is about.
pub(super) struct Traced {
    pub(super) record: MovementRecord,
    pub(super) reservation: Option<ReservationRecord>,
    /// Of the payment, or of the one that a refund gives back from.
    pub(super) receipt: Option<ReceiptRecord>,
}

/// The facility with this id, by the town file in force; `None` once the town has given it up.
pub(super) fn facility_of(applied: &AppliedTown, id: FacilityId) -> Option<(&Slug, &Facility)> {
    let (slug, _) = applied.facilities.iter().find(|(_, known)| **known == id)?;
    applied
        .town
        .facility(slug)
        .map(|known| (slug, known.as_ref()))
}

/// A drawer for somebody who may look into it.
pub(super) async fn look_into(
    reading: &dyn Reading,
    call: &Call,
    id: TillId,
) -> Outcome<(TillRecord, OnDuty)> {
    staff(reading, call, Doing::SeeTill, Place::Anywhere).await?;
    let till = reading.till(id).await?.ok_or(Refusal::NotFound)?;
    let on_duty = staff(reading, call, Doing::SeeTill, Place::At(till.facility)).await?;
    Ok((till, on_duty))
}

/// What moved in a drawer, in order, with what it is about.
pub(super) async fn traced(reading: &dyn Reading, till: TillId) -> Outcome<Vec<Traced>> {
    let mut lines = Vec::new();
    for record in reading.movements(till).await? {
        let payment = match record.movement {
            Movement::Float { .. } => None,
            Movement::Received { payment, .. } => reading.payment(payment).await?,
            Movement::PaidOut { refund, .. } => match reading.refund(refund).await? {
                Some(refund) => reading.payment(refund.payment).await?,
                None => None,
            },
        };
        let (reservation, receipt) = match &payment {
            Some(payment) => (
                reading.reservation(payment.reservation).await?,
                reading.receipt(payment.id).await?,
            ),
            None => (None, None),
        };
        lines.push(Traced {
            record,
            reservation,
            receipt,
        });
    }
    Ok(lines)
}

impl Desk {
    pub(super) async fn one_drawer(&self, call: &Call, id: TillId) -> Outcome<TillView> {
        let reading = self.store.read(call.municipality()).await?;
        let (record, on_duty) = look_into(reading.as_ref(), call, id).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let (facility, known) = facility_of(&applied, record.facility).ok_or(Refusal::NotFound)?;
        let mut names = BTreeMap::new();
        let mut lines = Vec::new();
        for line in traced(reading.as_ref(), id).await? {
            let by = self
                .colleague(call, reading.as_ref(), line.record.made_by, &mut names)
                .await?;
            lines.push(TillLine {
                at: line.record.at,
                movement: line.record.movement,
                number: line.reservation.map(|reservation| reservation.number),
                receipt: line.receipt.map(|receipt| receipt.number),
                by,
            });
        }
        let may_handle = on_duty.reaches(Doing::HandleTill, record.facility);
        Ok(TillView {
            till: self
                .in_short(call, reading.as_ref(), record, &mut names)
                .await?,
            facility: facility.clone(),
            facility_name: known.name.clone(),
            lines,
            may_handle,
        })
    }

    /// A drawer in short, with the names of who opened and closed it.
    pub(super) async fn in_short(
        &self,
        call: &Call,
        reading: &dyn Reading,
        record: TillRecord,
        names: &mut BTreeMap<StaffId, Personal<String>>,
    ) -> Outcome<TillSummary> {
        let opened_by = self
            .colleague(call, reading, record.opened_by, names)
            .await?;
        let closed_by = match record.closed_by {
            Some(staff) => Some(self.colleague(call, reading, staff, names).await?),
            None => None,
        };
        Ok(TillSummary {
            id: record.id,
            drawer: record.drawer,
            state: record.state,
            opened_by,
            closed_by,
        })
    }

    /// What colleagues call somebody of the staff; asked once each.
    pub(super) async fn colleague(
        &self,
        call: &Call,
        reading: &dyn Reading,
        id: StaffId,
        names: &mut BTreeMap<StaffId, Personal<String>>,
    ) -> Outcome<Personal<String>> {
        if let Some(known) = names.get(&id) {
            return Ok(known.clone());
        }
        let record = reading.staff(id).await?.ok_or(Refusal::NotFound)?;
        let (vault, here) = (self.vault.as_ref(), call.municipality());
        let name = open_staff_name(vault, here, id, &record.name_sealed)?;
        names.insert(id, name.clone());
        Ok(name)
    }
}

/// Which reservations some rows are about, each once.
pub(super) fn each_once(ids: impl Iterator<Item = ReservationId>) -> Vec<ReservationId> {
    let mut ids: Vec<ReservationId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
