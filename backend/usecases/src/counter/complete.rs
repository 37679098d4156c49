//! What is over (利用の終わり): nobody presses a button when people leave.

use async_trait::async_trait;
use chrono::Duration;
use contract::{Call, Outcome, Refusal};
use domain::ids::ReservationId;
use domain::span::Cell;

use crate::authority::the_house;
use crate::desk::Desk;
use crate::ports::store::Transaction;
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// How long after the end a clerk can still take a check-in back or note that nobody came, hours:
/// until the same time the next day, when whoever closed in the evening is at the desk again.
const OPEN_FOR_HOURS: i64 = 24;

/// How many are noted in one round.
const AT_ONCE: u32 = 100;

impl Desk {
    /// Some of what has been over for that long in the call's municipality.
    pub(crate) async fn over(&self, call: &Call) -> Outcome<Vec<ReservationId>> {
        the_house(call)?;
        let by = Cell::containing(call.now() - Duration::hours(OPEN_FOR_HOURS));
        let reading = self.store.read(call.municipality()).await?;
        Ok(reading.over(by, AT_ONCE).await?)
    }

    /// Notes one as used; `false` when a clerk was faster. Whether anybody was seen stays as it was
    /// noted: that nobody came is a word for people to say, never for a clock (scenario 49).
    pub(crate) async fn complete(&self, call: &Call, id: ReservationId) -> Outcome<bool> {
        the_house(call)?;
        let complete = Complete {
            desk: self,
            call,
            id,
        };
        transact(self.store.as_ref(), call.municipality(), &complete).await
    }
}

struct Complete<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: ReservationId,
}

#[async_trait]
impl Action for Complete<'_> {
    type Output = bool;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<bool, Abort> {
        let (call, now) = (self.call, self.call.now());
        let record = tx.lock_reservation(self.id).await?;
        let record = record.ok_or(Refusal::NotFound)?;
        let before = record.state.name();
        let Ok(next) = record.state.complete(now, record.span) else {
            return Ok(false);
        };
        tx.set_state(record.id, record.revision, &next, now).await?;
        let entry = trail::entry(self.desk.chance.as_ref(), call, "reservation.completed")
            .about("reservation", record.id.0)
            .with(serde_json::json!({
                "before": before.as_str(),
                "after": next.name().as_str(),
            }));
        tx.record(&entry).await?;
        Ok(true)
    }
}
