//! Opening a drawer (引出しを開ける): one clerk has it at a time.

use async_trait::async_trait;
use contract::{Action as Doing, Call, OpenDrawer, Outcome, ProblemKind, Refusal};
use domain::ids::TillId;
use domain::till::TillState;

use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::ports::store::{MovementRecord, StoreFailure, TillRecord, Transaction};
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// No counter has more drawers; a larger number is a slip of the finger.
const MOST_DRAWERS: u32 = 99;

impl Desk {
    pub(super) async fn open_the_drawer(&self, call: &Call, open: &OpenDrawer) -> Outcome<TillId> {
        if !(1..=MOST_DRAWERS).contains(&open.drawer) {
            let problem = ProblemKind::OutOfRange {
                min: 1,
                max: MOST_DRAWERS,
            };
            return Err(Refusal::field("drawer", problem).into());
        }
        let action = Open {
            desk: self,
            call,
            open,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Open<'a> {
    desk: &'a Desk,
    call: &'a Call,
    open: &'a OpenDrawer,
}

#[async_trait]
impl Action for Open<'_> {
    type Output = TillId;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<TillId, Abort> {
        let (call, open, now) = (self.call, self.open, self.call.now());
        staff(tx, call, Doing::HandleTill, Place::Anywhere).await?;
        let applied = tx.town().await?.ok_or(Refusal::NotFound)?;
        let facility = applied.facilities.get(&open.facility);
        let facility = *facility.ok_or(Refusal::NotFound)?;
        let on_duty = staff(tx, call, Doing::HandleTill, Place::At(facility)).await?;
        // The form's key is the drawer's id: sent twice, it opens one.
        let id = TillId(open.submission);
        if tx.till(id).await?.is_some() {
            return Ok(id);
        }
        let (state, movement) = TillState::open(open.float, now).map_err(Refusal::Till)?;
        let till = TillRecord {
            id,
            facility,
            drawer: open.drawer,
            state,
            opened_by: on_duty.staff,
            closed_by: None,
            revision: 1,
        };
        if !tx.insert_till(&till).await? {
            let drawer = open.drawer;
            return Err(Refusal::DrawerOpen { drawer }.into());
        }
        let chance = self.desk.chance.as_ref();
        if let Some(movement) = movement {
            let movement = MovementRecord {
                id: chance.id(now),
                till: id,
                movement,
                made_by: on_duty.staff,
                at: now,
            };
            if !tx.insert_movement(&movement).await? {
                return Err(StoreFailure::Contended.into());
            }
        }
        let entry = trail::entry(chance, call, "till.opened")
            .about("till", id.0)
            .with(serde_json::json!({ "drawer": open.drawer, "float_yen": open.float }));
        tx.record(&entry).await?;
        Ok(id)
    }
}
