//! The audit trail (操作記録).

use async_trait::async_trait;
use contract::Actor;
use domain::ids::{PersonId, StaffId};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
};
use usecases::ports::store::{AuditEntry, PastEntry, Stored, TrailReads, TrailWrites};

use crate::entity::audit_entries::{Column, Entity, Model};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{MOST_ASKED_AT_ONCE, Scoped};

#[async_trait]
impl<C: ConnectionTrait + Send> TrailReads for Scoped<C> {
    async fn entries_about(&self, subjects: &[String]) -> Stored<Vec<PastEntry>> {
        let mut all = Vec::new();
        for some in subjects.chunks(MOST_ASKED_AT_ONCE) {
            let rows = self
                .find::<Entity>()
                .filter(Column::Subject.is_in(some.iter().map(String::as_str)))
                .order_by_asc(Column::At)
                .order_by_asc(Column::Id)
                .all(&self.conn)
                .await
                .doing("reading the audit trail")?;
            for row in rows {
                all.push(past(row)?);
            }
        }
        all.sort_by_key(|entry: &PastEntry| (entry.at, entry.id));
        Ok(all)
    }
}

#[async_trait]
impl TrailWrites for Scoped<DatabaseTransaction> {
    async fn record(&mut self, entry: &AuditEntry) -> Stored<()> {
        let row = Model {
            municipality_id: self.tenant(),
            id: entry.id,
            at: row::micros(entry.at),
            actor: actor(entry.actor),
            action: entry.action.to_owned(),
            subject: entry.subject.clone(),
            detail: entry.detail.clone(),
            request_id: entry.request.0,
        };
        self.enter(row, "writing the audit trail").await
    }
}

fn past(model: Model) -> Result<PastEntry, Unreadable> {
    let row = Row::of("audit_entries", model.id);
    let actor = read_actor(&model.actor).ok_or_else(|| row.unreadable("actor", "nobody"))?;
    Ok(PastEntry {
        id: model.id,
        at: row.instant("at", model.at)?,
        actor,
        action: model.action,
        subject: model.subject,
        detail: model.detail,
    })
}

fn read_actor(text: &str) -> Option<Actor> {
    let named = |prefix| text.strip_prefix(prefix);
    match text {
        "visitor" => Some(Actor::Visitor),
        "system" => Some(Actor::System),
        _ => {
            let person = named("person:").and_then(|id| id.parse::<PersonId>().ok());
            let staff = named("staff:").and_then(|id| id.parse::<StaffId>().ok());
            person.map(Actor::Person).or(staff.map(Actor::Staff))
        }
    }
}

fn actor(actor: Actor) -> String {
    match actor {
        Actor::Visitor => "visitor".to_owned(),
        Actor::Person(person) => format!("person:{person}"),
        Actor::Staff(staff) => format!("staff:{staff}"),
        Actor::System => "system".to_owned(),
    }
}
