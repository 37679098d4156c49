//! Counting and locking a drawer (締める): over or short needs a reason (scenario 30).

use async_trait::async_trait;
use contract::{Call, CloseDrawer, Outcome, Refusal};
use domain::till::{ClosedTill, TillState};

use super::hands_on;
use crate::desk::Desk;
use crate::ports::store::Transaction;
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(super) async fn close_the_drawer(&self, call: &Call, close: &CloseDrawer) -> Outcome<()> {
        let action = Close {
            desk: self,
            call,
            close,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Close<'a> {
    desk: &'a Desk,
    call: &'a Call,
    close: &'a CloseDrawer,
}

#[async_trait]
impl Action for Close<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, close, now) = (self.call, self.close, self.call.now());
        let (till, on_duty) = hands_on(tx, call, close.till).await?;
        // The same button twice is one closing.
        if let TillState::Closed(closed) = &till.state {
            let same = till.closed_by == Some(on_duty.staff) && *closed.counted() == close.counted;
            if same {
                return Ok(());
            }
        }
        let expected = till.state.cash().expected();
        let was_open = matches!(till.state, TillState::Open(_));
        if was_open && expected != close.seen_expected {
            // A colleague took or gave cash meanwhile: what was counted is no longer what is there.
            return Err(Refusal::TillMoved {
                expected_yen: expected,
            }
            .into());
        }
        let counted = close.counted.clone();
        let closed = till.state.clone().close(counted, &close.reason, now);
        let state = closed.map_err(Refusal::Till)?;
        tx.set_till(till.id, till.revision, &state, on_duty.staff, now)
            .await?;
        let reason = match &state {
            TillState::Closed(closed) => ClosedTill::reason(closed),
            TillState::Open(_) => None,
        };
        let entry = trail::entry(self.desk.chance.as_ref(), call, "till.closed")
            .about("till", till.id.0)
            .with(serde_json::json!({
                "expected_yen": expected,
                "counted_yen": close.counted.total(),
                "reason": reason,
            }));
        Ok(tx.record(&entry).await?)
    }
}
