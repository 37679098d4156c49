//! Hands in a drawer: who may, and what is written down of it.

use chrono::{DateTime, Utc};
use contract::{Action as Doing, Call, Refusal};
use domain::ids::{StaffId, TillId};
use domain::till::{Movement, TillState};
use uuid::Uuid;

use crate::authority::{OnDuty, Place, staff};
use crate::ports::store::{MovementRecord, StoreFailure, TillRecord, Transaction};
use crate::transact::Abort;

/// A drawer for somebody who may put their hands into it, locked. Whoever moves money of a
/// reservation has locked that first.
pub(crate) async fn hands_on(
    tx: &mut dyn Transaction,
    call: &Call,
    id: TillId,
) -> Result<(TillRecord, OnDuty), Abort> {
    staff(tx, call, Doing::HandleTill, Place::Anywhere).await?;
    let till = tx.lock_till(id).await?.ok_or(Refusal::NotFound)?;
    let on_duty = staff(tx, call, Doing::HandleTill, Place::At(till.facility)).await?;
    Ok((till, on_duty))
}

/// What a form with this submission key has moved in that drawer before.
pub(crate) async fn moved_before(
    tx: &dyn Transaction,
    till: TillId,
    submission: Uuid,
) -> Result<Option<Movement>, Abort> {
    let movements = tx.movements(till).await?;
    let known = movements.into_iter().find(|one| one.id == submission);
    Ok(known.map(|one| one.movement))
}

/// The same form twice is one movement; a page that was filled in again and says something else
/// must not be answered as if that had been done.
///
/// # Errors
/// [`Refusal::StaleForm`] unless it is the same.
pub(crate) fn the_same(is_same: bool) -> Result<(), Refusal> {
    if is_same {
        Ok(())
    } else {
        Err(Refusal::StaleForm)
    }
}

/// A movement of cash.
pub(crate) struct Moved<'a> {
    /// The form's submission key: a movement is made once.
    pub(crate) id: Uuid,
    /// The drawer as it was.
    pub(crate) till: &'a TillRecord,
    /// As it is now.
    pub(crate) state: &'a TillState,
    /// What moved.
    pub(crate) movement: Movement,
    /// Whose hands.
    pub(crate) by: StaffId,
}

/// Writes a movement and what it makes of the drawer.
pub(crate) async fn move_cash(
    tx: &mut dyn Transaction,
    moved: Moved<'_>,
    now: DateTime<Utc>,
) -> Result<(), Abort> {
    let (till, by) = (moved.till, moved.by);
    tx.set_till(till.id, till.revision, moved.state, by, now)
        .await?;
    let movement = MovementRecord {
        id: moved.id,
        till: till.id,
        movement: moved.movement,
        made_by: by,
        at: now,
    };
    if tx.insert_movement(&movement).await? {
        Ok(())
    } else {
        // Somebody did the same a moment ago; the next try sees that.
        Err(StoreFailure::Contended.into())
    }
}
