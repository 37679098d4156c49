//! Looks at personal data (閲覧記録): whoever of the staff sees whose data leaves a note of it.

use async_trait::async_trait;
use chrono::Duration;
use contract::{Call, Outcome};
use domain::ids::PersonId;

use crate::authority::OnDuty;
use crate::desk::Desk;
use crate::ports::chance::Chance;
use crate::ports::store::{Transaction, ViewEntry};
use crate::staff_sign_in::STAFF_IDLE_MINUTES;
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
    /// The same where there is no transaction yet: before what was read is given out. A page that
    /// asks for itself again is one look as long as a session of staff lasts untouched: noted is
    /// whoever is new on it.
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
        let mut people = people.to_vec();
        if call.is_by_itself() && !people.is_empty() {
            let since = call.now() - Duration::minutes(STAFF_IDLE_MINUTES);
            let reading = self.store.read(call.municipality()).await?;
            let known = reading.viewed_since(who.staff, page, since).await?;
            people.retain(|person| !known.contains(person));
        }
        if people.is_empty() {
            return Ok(());
        }
        let people = people.as_slice();
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
