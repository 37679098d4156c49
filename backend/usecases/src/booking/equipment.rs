//! Lending equipment with a room (備品): claimed like floor, so that two bookings never get the same
//! projector.

use std::collections::BTreeSet;

use contract::Refusal;
use domain::fees::{OptionRequest, StockClaim, StockShort, free_pieces, stock_claims, stock_fits};
use domain::span::Span;
use domain::town::{Facility, Room};

use super::cells::no_id;
use crate::ports::store::{
    AppliedTown, ClaimOutcome, LentPiece, Reading, ReservationRecord, StoreFailure, Transaction,
};
use crate::transact::Abort;

/// Lends what a reservation that was entered asks for, for its whole time.
///
/// # Errors
/// [`Refusal::EquipmentTaken`] when too little is left; [`Refusal::NotFound`] when its room has left
/// the town file.
pub(crate) async fn lend(
    tx: &mut dyn Transaction,
    applied: &AppliedTown,
    record: &ReservationRecord,
) -> Result<(), Abort> {
    let (facility, room) = place(applied, record)?;
    let wanted = wanted(room, record);
    if wanted.is_empty() {
        return Ok(());
    }
    let id = record.facility;
    tx.lock_stock(id).await?;
    let lent: BTreeSet<LentPiece> = lent(tx, record).await?.into_iter().collect();
    fits(facility, &lent, &wanted)?;
    let mut pieces = Vec::new();
    for claim in &wanted {
        for cell in claim.span.cells() {
            let of = |piece| LentPiece {
                stock: claim.stock.clone(),
                cell,
                piece,
            };
            let free = free_pieces(facility, claim, |piece| lent.contains(&of(piece)));
            pieces.extend(free.map(of));
        }
    }
    match tx.claim_stock(record.id, id, &pieces).await? {
        ClaimOutcome::Claimed => Ok(()),
        // Nobody lends without the lock but a release that did not know it; look again.
        ClaimOutcome::Taken => Err(StoreFailure::Contended.into()),
    }
}

/// Whether what a reservation asks for is still there to be lent.
///
/// # Errors
/// As [`lend`].
pub(crate) async fn is_there(
    reading: &dyn Reading,
    applied: &AppliedTown,
    record: &ReservationRecord,
) -> Result<bool, Abort> {
    let (facility, room) = place(applied, record)?;
    let wanted = wanted(room, record);
    if wanted.is_empty() {
        return Ok(true);
    }
    let lent = lent(reading, record).await?.into_iter().collect();
    Ok(fits(facility, &lent, &wanted).is_ok())
}

fn place<'a>(
    applied: &'a AppliedTown,
    record: &ReservationRecord,
) -> Result<(&'a Facility, &'a Room), Abort> {
    let (facility, room) = applied
        .town
        .room(&record.particulars.room)
        .ok_or(Refusal::NotFound)?;
    // The room may belong to another facility by now, whose stock is another one.
    match applied.facilities.get(&facility.id) {
        Some(id) if *id == record.facility => Ok((facility, room)),
        Some(_) => Err(Refusal::NotFound.into()),
        None => Err(no_id("facility")),
    }
}

fn wanted(room: &Room, record: &ReservationRecord) -> Vec<StockClaim> {
    let options = record.particulars.options.iter();
    let options: Vec<OptionRequest> = options
        .map(|(id, quantity)| OptionRequest {
            id: id.to_string(),
            quantity: *quantity,
            minutes: None,
        })
        .collect();
    stock_claims(room, record.span, &options)
}

async fn lent(reading: &dyn Reading, record: &ReservationRecord) -> Result<Vec<LentPiece>, Abort> {
    let span = record.span;
    Ok(reading
        .lent(record.facility, span.start(), span.end())
        .await?)
}

fn fits(
    facility: &Facility,
    lent: &BTreeSet<LentPiece>,
    wanted: &[StockClaim],
) -> Result<(), Refusal> {
    let held: Vec<StockClaim> = lent.iter().filter_map(one_cell).collect();
    stock_fits(facility, &held, wanted)
        .map_err(|StockShort { name, left, .. }| Refusal::EquipmentTaken { name, left })
}

fn one_cell(lent: &LentPiece) -> Option<StockClaim> {
    Some(StockClaim {
        stock: lent.stock.clone(),
        span: Span::new(lent.cell, lent.cell.plus(1)).ok()?,
        pieces: 1,
    })
}
