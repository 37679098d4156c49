//! Noting what a clerk saw of a group (書類の確認・人数の訂正).

use async_trait::async_trait;
use contract::{Action as Doing, Call, NoteGroup, Outcome, ProblemKind, Refusal};
use domain::civil;
use domain::group::DocumentSeen;
use domain::ids::GroupId;

use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::ports::store::Transaction;
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// More members than any group has.
const MEMBERS_MAX: u32 = 99_999;

impl Desk {
    pub(super) async fn note_what_was_seen(
        &self,
        call: &Call,
        id: GroupId,
        note: &NoteGroup,
    ) -> Outcome<()> {
        let action = Note {
            desk: self,
            call,
            id,
            note,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Note<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: GroupId,
    note: &'a NoteGroup,
}

#[async_trait]
impl Action for Note<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, note) = (self.call, self.note);
        let on_duty = staff(tx, call, Doing::HandleGroups, Place::Anywhere).await?;
        let mut group = tx.group(self.id).await?.ok_or(Refusal::NotFound)?;
        let today = civil::date_at(call.now());
        let mut seen = Vec::new();
        for document in &note.seen {
            let look = DocumentSeen {
                document: *document,
                on: today,
                by: on_duty.staff,
            };
            if tx.note_document(self.id, &look).await? {
                seen.push(*document);
            }
        }
        let before = group.members;
        if let Some(members) = note.members {
            let (min, max) = (1, MEMBERS_MAX);
            if !(min..=max).contains(&members.all) {
                let problem = ProblemKind::OutOfRange { min, max };
                return Err(Refusal::field("members", problem).into());
            }
            if members.in_town > members.all {
                let (min, max) = (0, members.all);
                let problem = ProblemKind::OutOfRange { min, max };
                return Err(Refusal::field("members_in_town", problem).into());
            }
            group.members = members;
        }
        let is_counted_anew = group.members != before;
        if is_counted_anew {
            tx.change_group(&group, call.now()).await?;
        }
        if seen.is_empty() && !is_counted_anew {
            return Ok(());
        }
        let entry = trail::entry(self.desk.chance.as_ref(), call, "group.noted")
            .about("group", self.id.0)
            .with(serde_json::json!({
                "seen": seen,
                "members_before": before,
                "members": group.members,
            }));
        Ok(tx.record(&entry).await?)
    }
}
