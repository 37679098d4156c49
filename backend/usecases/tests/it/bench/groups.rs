//! Groups: a club that is registered.

use contract::{ApplyGroup, Call, GroupDecision, GroupDesk as _, Groups as _, NoteGroup};
use domain::group::GroupDocument;
use domain::ids::{GroupId, PersonId};

use super::Bench;

impl Bench {
    /// Somebody applies for a club, and a manager who saw its papers registers it.
    pub async fn register_club(&self, manager: &Call, person: PersonId, name: &str) -> GroupId {
        let form = ApplyGroup {
            name: name.to_owned(),
            kana: "くらぶ".to_owned(),
            activity: "稽古".to_owned(),
            members: (Some(10), Some(4)),
            submission: self.key(),
        };
        let call = self.call_of(person);
        let id = self.desk().apply_group(&call, &form).await.unwrap();
        let papers = NoteGroup {
            seen: [GroupDocument::Rules, GroupDocument::Roster].into(),
            members: None,
        };
        let manager = self.again(manager);
        let desk = self.desk();
        desk.note_group(&manager, id, &papers).await.unwrap();
        let approve = GroupDecision::Approve;
        desk.decide_group(&manager, id, &approve).await.unwrap();
        id
    }
}
