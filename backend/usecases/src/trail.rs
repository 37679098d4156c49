//! Making audit entries (操作記録).

use contract::Call;
use uuid::Uuid;

use crate::ports::chance::Chance;
use crate::ports::store::AuditEntry;

/// An entry by the call's actor, now; say what it is [about](AuditEntry::about).
pub(crate) fn entry(chance: &dyn Chance, call: &Call, action: &'static str) -> AuditEntry {
    AuditEntry {
        id: chance.id(call.now()),
        at: call.now(),
        actor: call.actor(),
        action,
        subject: String::new(),
        detail: serde_json::json!({}),
        request: call.request_id(),
    }
}

impl AuditEntry {
    /// What it was done to: `reservation:0193…`.
    #[must_use]
    pub fn about(mut self, kind: &str, id: Uuid) -> Self {
        self.subject = format!("{kind}:{id}");
        self
    }

    /// Before and after, amounts, reasons. No personal data.
    #[must_use]
    pub fn with(mut self, detail: serde_json::Value) -> Self {
        self.detail = detail;
        self
    }
}
