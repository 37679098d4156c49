//! What nobody decided in time (審査の期限): the use begins, and nothing was said. It ends as not
//! permitted, for nobody can use what has begun unpermitted, and the person is told that it was not
//! theirs to do better.

use async_trait::async_trait;
use contract::{Call, Outcome, Refusal};
use domain::ids::ReservationId;
use domain::reservation::ReservationState;
use domain::span::Cell;

use crate::authority::the_house;
use crate::desk::Desk;
use crate::ports::store::{JobKind, Transaction};
use crate::transact::{Abort, Action, transact};
use crate::{outbox, trail};

/// Why, as it stands in the reservation and on its page.
const REASON: &str = "使用の開始までに審査が終わらなかったため";

/// How many are let go in one round.
const AT_ONCE: u32 = 100;

impl Desk {
    /// Some of what has begun undecided in the call's municipality.
    pub(crate) async fn undecided(&self, call: &Call) -> Outcome<Vec<ReservationId>> {
        the_house(call)?;
        let by = Cell::containing(call.now());
        let reading = self.store.read(call.municipality()).await?;
        Ok(reading.undecided(by, AT_ONCE).await?)
    }

    /// Lets one go; `false` when somebody decided or gave it up meanwhile.
    pub(crate) async fn let_go_undecided(&self, call: &Call, id: ReservationId) -> Outcome<bool> {
        the_house(call)?;
        let let_go = LetGo {
            desk: self,
            call,
            id,
        };
        transact(self.store.as_ref(), call.municipality(), &let_go).await
    }
}

struct LetGo<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: ReservationId,
}

#[async_trait]
impl Action for LetGo<'_> {
    type Output = bool;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<bool, Abort> {
        let (call, now) = (self.call, self.call.now());
        let record = tx.lock_reservation(self.id).await?;
        let record = record.ok_or(Refusal::NotFound)?;
        let waits = matches!(record.state, ReservationState::AwaitingReview { .. });
        if !waits || now < record.span.start().instant() {
            return Ok(false);
        }
        let Ok(state) = record.state.refuse_permission(now, REASON) else {
            return Ok(false);
        };
        tx.unclaim(record.id).await?;
        tx.set_state(record.id, record.revision, &state, now)
            .await?;
        let chance = self.desk.chance.as_ref();
        let mail = JobKind::MailReviewed {
            reservation: record.id,
        };
        outbox::enqueue(tx, chance, call, mail, now).await?;
        let entry = trail::entry(chance, call, "reservation.undecided")
            .about("reservation", record.id.0)
            .with(serde_json::json!({ "reason": REASON }));
        tx.record(&entry).await?;
        Ok(true)
    }
}
