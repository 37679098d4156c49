//! Applying for what somebody has to decide (審査に申し込む).

use async_trait::async_trait;
use contract::{Action as Doing, Call, Outcome, Refusal, SubmitForReview, permission};
use domain::ids::ReviewId;
use domain::reservation::ReservationState;
use domain::review::ReviewKind;

use super::matter::{Matter, matters};
use super::words::written;
use crate::booking::{Towns, refused, rightful};
use crate::desk::Desk;
use crate::ports::store::{ReviewRecord, StoreFailure, Transaction};
use crate::sealing::seal_statement;
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(crate) async fn submit(
        &self,
        call: &Call,
        submit: &SubmitForReview,
        doing: Doing,
    ) -> Outcome<()> {
        permission(call.actor(), doing).check()?;
        let action = Submit {
            desk: self,
            call,
            submit,
            doing,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Submit<'a> {
    desk: &'a Desk,
    call: &'a Call,
    submit: &'a SubmitForReview,
    /// Whose wish it is: the owner's or the counter's.
    doing: Doing,
}

#[async_trait]
impl Action for Submit<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, now) = (self.call, self.call.now());
        let record = tx.lock_reservation(self.submit.reservation).await?;
        let record = rightful(tx, record, call, self.doing).await?;
        // The same button twice is one application.
        if matches!(record.state, ReservationState::AwaitingReview { .. }) {
            return Ok(());
        }
        let towns = Towns::of(&*tx, &record).await?;
        let matters = matters(&towns, &record, tx.reviews(record.id).await?);
        let open: Vec<&Matter> = matters.iter().filter(|one| one.record.is_none()).collect();
        if open.is_empty() {
            let state = record.state.name().as_str();
            return Err(Refusal::ReservationState { state }.into());
        }
        let state = record
            .state
            .clone()
            .submit_for_review(now)
            .map_err(refused)?;
        let asks_reduction = |matter: &&Matter| matter.item.kind == ReviewKind::Reduction;
        let needed = open.iter().any(asks_reduction);
        let stated = written("stated", &self.submit.stated, needed)?;
        for matter in &open {
            let stated = if asks_reduction(matter) { stated } else { "" };
            self.enter(tx, matter, stated).await?;
        }
        tx.set_state(record.id, record.revision, &state, now)
            .await?;
        let kinds: Vec<&str> = open.iter().map(|one| one.item.kind.as_str()).collect();
        let entry = trail::entry(self.desk.chance.as_ref(), call, "reservation.submitted")
            .about("reservation", record.id.0)
            .with(serde_json::json!({ "for": kinds.join(",") }));
        Ok(tx.record(&entry).await?)
    }
}

impl Submit<'_> {
    async fn enter(
        &self,
        tx: &mut dyn Transaction,
        matter: &Matter,
        stated: &str,
    ) -> Result<(), Abort> {
        let now = self.call.now();
        let id = ReviewId(self.desk.chance.id(now));
        let vault = self.desk.vault.as_ref();
        let review = ReviewRecord {
            id,
            reservation: self.submit.reservation,
            item: matter.item.clone(),
            stated_sealed: seal_statement(vault, self.call.municipality(), id, stated)?,
            decided: None,
            quotes: None,
            revision: 1,
            created_at: now,
        };
        if tx.insert_review(&review).await? {
            Ok(())
        } else {
            Err(StoreFailure::Contended.into())
        }
    }
}
