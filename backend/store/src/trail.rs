//! The audit trail (操作記録).

use async_trait::async_trait;
use contract::Actor;
use sea_orm::DatabaseTransaction;
use usecases::ports::store::{AuditEntry, Stored, TrailWrites};

use crate::entity::audit_entries::Model;
use crate::row;
use crate::scoped::Scoped;

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

fn actor(actor: Actor) -> String {
    match actor {
        Actor::Visitor => "visitor".to_owned(),
        Actor::Person(person) => format!("person:{person}"),
        Actor::Staff(staff) => format!("staff:{staff}"),
        Actor::System => "system".to_owned(),
    }
}
