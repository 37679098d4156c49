//! Groups (団体), as their people and the counter see them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::eligibility::NextStep;
use domain::group::{GroupDocument, GroupState};
use domain::ids::{GroupId, PersonId};
use domain::personal::Personal;
use domain::residency::{Members, Residence};
use domain::search_key::PersonNumber;
use domain::town::GroupRule;

use super::FoundPerson;

/// A group in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupLine {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Its reading.
    pub kana: String,
    /// Where it stands.
    pub state: GroupState,
    /// True once its last day has passed.
    pub expired: bool,
    /// From when on it can be renewed, in Japan.
    pub renewable_from: Option<NaiveDate>,
    /// True when it can be renewed today.
    pub can_renew: bool,
    /// When it was applied for, UTC.
    pub applied_at: DateTime<Utc>,
}

/// The own groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnGroups {
    /// The groups, by reading.
    pub groups: Vec<GroupLine>,
    /// The own number, for whoever wants to let one act for them (利用者番号).
    pub number: PersonNumber,
    /// True where the town registers groups.
    pub offered: bool,
}

/// What an application needs (登録の条件).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGroup {
    /// Who would represent it.
    pub representative: Personal<String>,
    /// The town's rule.
    pub rule: GroupRule,
    /// What an age rule says to them today.
    pub age: AgeAnswer,
}

/// What the age rule says to somebody (代表者の年齢).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgeAnswer {
    /// Nothing more is needed.
    Fine,
    /// A guardian has to agree first (保護者の同意).
    NeedsConsent,
    /// They cannot represent a group.
    Refused {
        /// Why, in Japanese.
        words: String,
        /// The article that says so.
        article: String,
        /// What can be done next, the best first.
        next: Vec<NextStep>,
    },
}

/// Everything about a group that names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupFacts {
    /// As in a list.
    pub line: GroupLine,
    /// What it does.
    pub activity: String,
    /// Its members as they were counted last.
    pub members: Members,
    /// As what it counts, where the town goes by its members.
    pub residence: Option<Residence>,
    /// Papers that still have to be seen before it can be approved.
    pub missing: Vec<GroupDocument>,
}

/// An own group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnGroup {
    /// The group.
    pub facts: GroupFacts,
    /// True for its representative, who can change it.
    pub represents: bool,
    /// Who acts for it besides, by number.
    pub agents: Vec<PersonNumber>,
    /// How to contest a refusal (教示); empty where nothing was refused.
    pub appeal: Vec<String>,
}

/// A group to book for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupChoice {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// The last day of its registration, in Japan.
    pub valid_until: NaiveDate,
}

/// Groups at the counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterGroups {
    /// What waits for a decision, who waits longest first.
    pub to_decide: Vec<GroupLine>,
    /// What was found; `None` when nothing was looked for.
    pub found: Option<Vec<GroupLine>>,
    /// True when there are more than are shown: narrow the search.
    pub more: bool,
    /// True where the town registers groups.
    pub offered: bool,
}

/// A paper that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenPaper {
    /// Which.
    pub document: GroupDocument,
    /// On which day, in Japan.
    pub on: NaiveDate,
    /// By whom.
    pub staff: Personal<String>,
}

/// Somebody who acts for a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentView {
    /// Who.
    pub id: PersonId,
    /// Their number.
    pub number: PersonNumber,
    /// Their name.
    pub name: Personal<String>,
}

/// A group at the counter. Names people: every view of it is logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterGroup {
    /// The group.
    pub facts: GroupFacts,
    /// Who represents it.
    pub representative: FoundPerson,
    /// Who acts for it besides.
    pub agents: Vec<AgentView>,
    /// Which papers were seen, the last look first.
    pub papers: Vec<SeenPaper>,
    /// Why it cannot be approved as it is, in Japanese, each with its article.
    pub obstacles: Vec<String>,
    /// True when this member of staff may decide.
    pub may_decide: bool,
}
