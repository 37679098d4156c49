//! Noting what ties somebody to the town (在住・在勤・在学の確認): that a paper was seen, when and by
//! whom. Of the paper itself nothing is kept.

use async_trait::async_trait;
use contract::{Action as Doing, Call, Outcome, ProblemKind, Refusal};
use domain::civil;
use domain::ids::PersonId;
use domain::residency::{Evidence, Source};
use domain::town::TownTie;

use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::ports::store::{EvidenceRecord, Transaction};
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(super) async fn note_a_tie(
        &self,
        call: &Call,
        person: PersonId,
        tie: Option<TownTie>,
    ) -> Outcome<()> {
        let tie = tie.ok_or_else(|| Refusal::field("tie", ProblemKind::Missing))?;
        self.change_tie(call, person, (tie, true)).await
    }

    pub(super) async fn end_a_tie(
        &self,
        call: &Call,
        person: PersonId,
        tie: TownTie,
    ) -> Outcome<()> {
        self.change_tie(call, person, (tie, false)).await
    }

    async fn change_tie(
        &self,
        call: &Call,
        person: PersonId,
        (tie, holds): (TownTie, bool),
    ) -> Outcome<()> {
        let action = Note {
            desk: self,
            call,
            person,
            tie,
            holds,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Note<'a> {
    desk: &'a Desk,
    call: &'a Call,
    person: PersonId,
    tie: TownTie,
    holds: bool,
}

#[async_trait]
impl Action for Note<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, person, tie) = (self.call, self.person, self.tie);
        let on_duty = staff(tx, call, Doing::SellAtCounter, Place::Anywhere).await?;
        let mut known = tx.lock_person(person).await?.ok_or(Refusal::NotFound)?;
        let (today, chance) = (civil::date_at(call.now()), self.desk.chance.as_ref());
        let action = if self.holds {
            let record = EvidenceRecord {
                id: chance.id(call.now()),
                person,
                evidence: Evidence {
                    tie,
                    source: Source::SeenAtCounter,
                    on: today,
                },
                first_on: today,
                seen_by: Some(on_duty.staff),
                ended_on: None,
            };
            tx.note_evidence(&record).await?;
            "person.tie_seen"
        } else {
            tx.end_evidence(person, tie, today).await?;
            if tie == TownTie::Lives && known.in_town {
                known.in_town = false;
                tx.update_person(&known, call.now()).await?;
            }
            "person.tie_ended"
        };
        let entry = trail::entry(chance, call, action)
            .about("person", person.0)
            .with(serde_json::json!({ "tie": tie }));
        Ok(tx.record(&entry).await?)
    }
}
