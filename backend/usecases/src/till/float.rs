//! More to give change from (釣銭準備金の補充).

use async_trait::async_trait;
use contract::{AddFloat, Call, Outcome, Refusal};
use domain::till::Movement;

use super::{Moved, hands_on, move_cash, moved_before, the_same};
use crate::desk::Desk;
use crate::ports::store::Transaction;
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(super) async fn add_to_float(&self, call: &Call, add: &AddFloat) -> Outcome<()> {
        let action = Add {
            desk: self,
            call,
            add,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Add<'a> {
    desk: &'a Desk,
    call: &'a Call,
    add: &'a AddFloat,
}

#[async_trait]
impl Action for Add<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, add, now) = (self.call, self.add, self.call.now());
        let (till, on_duty) = hands_on(tx, call, add.till).await?;
        if let Some(before) = moved_before(tx, till.id, add.submission).await? {
            let same = matches!(before, Movement::Float { amount } if amount == add.amount);
            return Ok(the_same(same)?);
        }
        let added = till.state.clone().add_float(add.amount, now);
        let (state, movement) = added.map_err(Refusal::Till)?;
        let moved = Moved {
            id: add.submission,
            till: &till,
            state: &state,
            movement,
            by: on_duty.staff,
        };
        move_cash(tx, moved, now).await?;
        let entry = trail::entry(self.desk.chance.as_ref(), call, "till.float_added")
            .about("till", till.id.0)
            .with(serde_json::json!({ "amount_yen": add.amount }));
        Ok(tx.record(&entry).await?)
    }
}
