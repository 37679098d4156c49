//! Applying for a registration (団体登録の申請), online or by a clerk for somebody who stands there.

use async_trait::async_trait;
use contract::{
    Action as Doing, AgeAnswer, ApplyGroup, Call, FieldProblem, NewGroup, Outcome, ProblemKind,
    Refusal,
};
use domain::civil;
use domain::eligibility::{AgeRuling, RuleRefusal, check_age};
use domain::group::{GroupState, readiness, readiness_at_the_counter};
use domain::ids::{GroupId, PersonId};
use domain::residency::Members;
use domain::search_key::katakana;
use domain::town::GroupRule;

use super::facts::rule_of;
use crate::authority::{Place, signed_in, staff};
use crate::desk::Desk;
use crate::ports::store::{GroupRecord, StoreFailure, Transaction};
use crate::profile::open_profile;
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// How long a name and its reading may be, characters.
const NAME_MAX: u32 = 100;
/// How long the words on what it does may be, characters.
const ACTIVITY_MAX: u32 = 200;
/// More members than any group has.
const MEMBERS_MAX: u32 = 99_999;

/// Who fills the form in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The representative.
    Representative,
    /// A clerk, for the representative.
    Clerk,
}

impl Desk {
    pub(super) async fn apply_for_group(&self, call: &Call, form: &ApplyGroup) -> Outcome<GroupId> {
        let person = signed_in(call, Doing::ManageOwnGroups)?;
        self.apply_as(call, (person, By::Representative), form)
            .await
    }

    pub(super) async fn apply_at_the_counter(
        &self,
        call: &Call,
        person: PersonId,
        form: &ApplyGroup,
    ) -> Outcome<GroupId> {
        self.apply_as(call, (person, By::Clerk), form).await
    }

    async fn apply_as(
        &self,
        call: &Call,
        (person, by): (PersonId, By),
        form: &ApplyGroup,
    ) -> Outcome<GroupId> {
        let apply = Apply {
            desk: self,
            call,
            person,
            by,
            form,
        };
        transact(self.store.as_ref(), call.municipality(), &apply).await
    }

    pub(super) async fn what_a_group_needs(
        &self,
        call: &Call,
        person: PersonId,
    ) -> Outcome<NewGroup> {
        let reading = self.store.read(call.municipality()).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let record = reading.person(person).await?.ok_or(Refusal::NotFound)?;
        drop(reading);
        let rule = rule_of(&applied.town)?.clone();
        let profile = open_profile(self.vault.as_ref(), call.municipality(), &record)?;
        let birthdate = profile.birthdate.map(|day| *day.reveal());
        let today = civil::date_at(call.now());
        let age = rule
            .age
            .as_ref()
            .map(|age| check_age(age, birthdate, today));
        Ok(NewGroup {
            representative: profile.name,
            age: match age {
                None | Some(Ok(AgeRuling::Fine)) => AgeAnswer::Fine,
                Some(Ok(AgeRuling::NeedsConsent)) => AgeAnswer::NeedsConsent,
                Some(Err(refusal)) => AgeAnswer::Refused {
                    words: refusal.why.to_string(),
                    article: refusal.article,
                    next: refusal.next,
                },
            },
            rule,
        })
    }

    pub(super) async fn what_a_group_needs_at_the_counter(
        &self,
        call: &Call,
        person: PersonId,
    ) -> Outcome<NewGroup> {
        let reading = self.store.read(call.municipality()).await?;
        let doing = Doing::HandleGroups;
        let on_duty = staff(reading.as_ref(), call, doing, Place::Anywhere).await?;
        drop(reading);
        let new = self.what_a_group_needs(call, person).await?;
        self.viewed(call, &on_duty, &[person], "counter.new_group")
            .await?;
        Ok(new)
    }
}

struct Apply<'a> {
    desk: &'a Desk,
    call: &'a Call,
    person: PersonId,
    by: By,
    form: &'a ApplyGroup,
}

#[async_trait]
impl Action for Apply<'_> {
    type Output = GroupId;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<GroupId, Abort> {
        let (call, form, person) = (self.call, self.form, self.person);
        if self.by == By::Clerk {
            staff(tx, call, Doing::HandleGroups, Place::Anywhere).await?;
        }
        if let Some(known) = tx.group_submitted(person, form.submission).await? {
            return Ok(known);
        }
        let applied = tx.town().await?.ok_or(Refusal::NotFound)?;
        let rule = rule_of(&applied.town)?;
        let checked = Checked::of(form)?;
        self.check(tx, rule, checked.members.all).await?;
        let now = call.now();
        let record = GroupRecord {
            id: GroupId(self.desk.chance.id(now)),
            name: checked.name,
            kana: checked.kana,
            activity: checked.activity,
            representative: person,
            members: checked.members,
            state: GroupState::apply(now),
            submission: form.submission,
            revision: 1,
            created_at: now,
        };
        if !tx.insert_group(&record).await? {
            // The same form at the same moment: it is there for the next try.
            return Err(StoreFailure::Contended.into());
        }
        let entry = trail::entry(self.desk.chance.as_ref(), call, "group.applied")
            .about("group", record.id.0)
            .with(serde_json::json!({
                "representative": person,
                "members": record.members,
                "at_the_counter": self.by == By::Clerk,
            }));
        tx.record(&entry).await?;
        Ok(record.id)
    }
}

impl Apply<'_> {
    /// Whoever is too young or has too few members learns it now, not after a clerk's look.
    async fn check(
        &self,
        tx: &dyn Transaction,
        rule: &GroupRule,
        members: u32,
    ) -> Result<(), Abort> {
        let record = tx.person(self.person).await?.ok_or(match self.by {
            By::Representative => Refusal::SignInRequired,
            By::Clerk => Refusal::NotFound,
        })?;
        let vault = self.desk.vault.as_ref();
        let profile = open_profile(vault, self.call.municipality(), &record)?;
        let birthdate = profile.birthdate.map(|day| *day.reveal());
        let today = civil::date_at(self.call.now());
        let ready = match self.by {
            By::Representative => readiness(rule, birthdate, members, today),
            By::Clerk => readiness_at_the_counter(rule, birthdate, members, today),
        };
        match ready {
            Ok(_still_to_show) => Ok(()),
            Err(refusals) => Err(refused(refusals).into()),
        }
    }
}

/// Everything that the rules say no to.
pub(super) fn refused(refusals: Vec<RuleRefusal>) -> Refusal {
    // There is one at least.
    Refusal::of_rules(refusals).unwrap_or(Refusal::Forbidden)
}

/// What was typed, with nothing wrong in it.
struct Checked {
    name: String,
    kana: String,
    activity: String,
    members: Members,
}

impl Checked {
    /// Everything that is wrong is said at once.
    fn of(form: &ApplyGroup) -> Result<Self, Refusal> {
        let (name, activity) = (form.name.trim(), form.activity.trim());
        let kana = katakana(&form.kana);
        let (all, in_town) = form.members;
        let mut problems = Vec::new();
        let mut wrong = |field: &str, problem: Option<ProblemKind>| {
            problems.extend(problem.map(|problem| FieldProblem {
                field: field.to_owned(),
                problem,
            }));
        };
        wrong("group_name", text_problem(name, NAME_MAX));
        let kana_problem = text_problem(form.kana.trim(), NAME_MAX)
            .or_else(|| kana.is_none().then_some(ProblemKind::Malformed));
        wrong("group_kana", kana_problem);
        wrong("activity", text_problem(activity, ACTIVITY_MAX));
        wrong("members", count_problem(all, (1, MEMBERS_MAX)));
        let most = all.unwrap_or(MEMBERS_MAX);
        wrong("members_in_town", count_problem(in_town, (0, most)));
        match (kana, all, in_town) {
            (Some(kana), Some(all), Some(in_town)) if problems.is_empty() => Ok(Self {
                name: name.to_owned(),
                kana,
                activity: activity.to_owned(),
                members: Members { in_town, all },
            }),
            _ => Err(Refusal::InvalidInput { problems }),
        }
    }
}

fn text_problem(text: &str, max: u32) -> Option<ProblemKind> {
    if text.is_empty() {
        Some(ProblemKind::Missing)
    } else if !u32::try_from(text.chars().count()).is_ok_and(|length| length <= max) {
        Some(ProblemKind::TooLong { max })
    } else {
        None
    }
}

fn count_problem(count: Option<u32>, (min, max): (u32, u32)) -> Option<ProblemKind> {
    match count {
        None => Some(ProblemKind::Missing),
        Some(count) if !(min..=max).contains(&count) => Some(ProblemKind::OutOfRange { min, max }),
        Some(_) => None,
    }
}
