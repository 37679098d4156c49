//! Lifting a closure (休館の解除).

use async_trait::async_trait;
use contract::{Action as Doing, Call, Outcome, Refusal};
use domain::closure::{ClosureRefusal, Lift, lift};
use domain::ids::ClosureSeriesId;
use domain::span::Span;

use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::ports::store::{LiftRecord, StoreFailure, Transaction};
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(super) async fn lift_some(
        &self,
        call: &Call,
        id: ClosureSeriesId,
        what: Lift,
    ) -> Outcome<()> {
        let lifting = Lifting {
            desk: self,
            call,
            id,
            what,
        };
        transact(self.store.as_ref(), call.municipality(), &lifting).await
    }
}

struct Lifting<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: ClosureSeriesId,
    what: Lift,
}

#[async_trait]
impl Action for Lifting<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, doing) = (self.call, Doing::ManageClosures);
        // Who has no such role at all learns nothing of what there is.
        staff(tx, call, doing, Place::Anywhere).await?;
        let found = tx.lock_closure_series(self.id).await?;
        let (series, records) = found.ok_or(Refusal::NotFound)?;
        let on_duty = staff(tx, call, doing, Place::At(series.facility)).await?;
        let standing: Vec<_> = records.iter().filter(|one| one.lifted.is_none()).collect();
        let spans: Vec<Span> = standing.iter().map(|one| one.span).collect();
        let lifted = lift(&spans, self.what, call.now()).map_err(Refusal::from)?;
        for one in &lifted {
            let record = standing.iter().find(|record| record.span == one.was);
            let record = record.ok_or_else(|| Refusal::from(ClosureRefusal::NothingToLift))?;
            let how = LiftRecord {
                from: one.freed().start(),
                at: call.now(),
                by: on_duty.staff,
            };
            if !tx.lift_closure(record.id, &how).await? {
                return Err(StoreFailure::Contended.into());
            }
        }
        let entry = trail::entry(self.desk.chance.as_ref(), call, "closure.lifted")
            .about("closure", self.id.0)
            .with(serde_json::json!({ "what": self.what, "spans": lifted.len() }));
        Ok(tx.record(&entry).await?)
    }
}
