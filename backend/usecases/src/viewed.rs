//! Looks at personal data (閲覧記録): whoever of the staff sees whose data leaves a note of it.

use async_trait::async_trait;
use contract::{Call, Outcome};
use domain::ids::PersonId;

use crate::authority::OnDuty;
use crate::desk::Desk;
use crate::ports::chance::Chance;
use crate::ports::store::{Transaction, ViewEntry};
use crate::transact::{Abort, Action, transact};

/// Notes in this transaction that `who` saw the data of these people on `page` (`counter.person`).
///
/// # Errors
/// When the store fails; nothing may be shown then.
pub async fn note_views(
    tx: &mut dyn Transaction,
    chance: &dyn Chance,
    call: &Call,
    (who, people): (&OnDuty, &[PersonId]),
    page: &'static str,
) -> Result<(), Abort> {
    let views: Vec<ViewEntry> = people
        .iter()
        .map(|person| ViewEntry {
            id: chance.id(call.now()),
            staff: who.staff,
            person: *person,
            at: call.now(),
            page,
            request: call.request_id(),
        })
        .collect();
    Ok(tx.log_views(&views).await?)
}

impl Desk {
    /// The same where there is no transaction yet: before what was read is given out.
    ///
    /// # Errors
    /// When the store fails; nothing may be shown then.
    pub async fn viewed(
        &self,
        call: &Call,
        who: &OnDuty,
        people: &[PersonId],
        page: &'static str,
    ) -> Outcome<()> {
        if people.is_empty() {
            return Ok(());
        }
        let note = Note {
            desk: self,
            call,
            who,
            people,
            page,
        };
        transact(self.store.as_ref(), call.municipality(), &note).await
    }
}

struct Note<'a> {
    desk: &'a Desk,
    call: &'a Call,
    who: &'a OnDuty,
    people: &'a [PersonId],
    page: &'static str,
}

#[async_trait]
impl Action for Note<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let chance = self.desk.chance.as_ref();
        note_views(tx, chance, self.call, (self.who, self.people), self.page).await
    }
}
