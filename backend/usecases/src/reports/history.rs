//! Who did what to a reservation and its money (操作記録).

use std::collections::BTreeMap;

use contract::{
    Action as Doing, Actor, Call, Detail, HistoryActor, HistoryEntry, HistoryView, Outcome, Refusal,
};
use domain::ids::StaffId;
use domain::personal::Personal;

use crate::authority::{Place, staff};
use crate::counter::named;
use crate::desk::Desk;
use crate::ports::store::{PastEntry, Reading, ReservationRecord};
use crate::sealing::open_staff_name;
use crate::transact::Abort;

impl Desk {
    pub(super) async fn history_of(&self, call: &Call, typed: &str) -> Outcome<HistoryView> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = staff(reading.as_ref(), call, Doing::SeeAudit, Place::Anywhere).await?;
        let found = named(reading.as_ref(), typed).await?;
        let record = found
            .filter(|record| on_duty.reaches(Doing::SeeAudit, record.facility))
            .ok_or(Refusal::NotFound)?;
        let mut entries = reading
            .entries_about(&subjects(reading.as_ref(), &record).await?)
            .await?;
        let names = self.staff_names(call, reading.as_ref(), &entries).await?;
        drop(reading);
        entries.sort_by_key(|entry| (entry.at, rank(&entry.action)));
        let told = |entry: PastEntry| HistoryEntry {
            at: entry.at,
            by: who(entry.actor, &record, &names),
            action: entry.action,
            detail: detail(&entry.detail),
        };
        Ok(HistoryView {
            entries: entries.into_iter().map(told).collect(),
            id: record.id,
            state: record.state.name(),
            channel: record.made_by.channel(),
            span: record.span,
            number: record.number,
            facility_name: record.particulars.facility_name,
            room_name: record.particulars.room_name,
        })
    }

    /// Staff are named to those who answer for what they did.
    async fn staff_names(
        &self,
        call: &Call,
        reading: &dyn Reading,
        entries: &[PastEntry],
    ) -> Outcome<BTreeMap<StaffId, Personal<String>>> {
        let mut names = BTreeMap::new();
        for entry in entries {
            let Actor::Staff(id) = entry.actor else {
                continue;
            };
            if names.contains_key(&id) {
                continue;
            }
            if let Some(record) = reading.staff(id).await? {
                let (vault, here) = (self.vault.as_ref(), call.municipality());
                let name = open_staff_name(vault, here, id, &record.name_sealed)?;
                names.insert(id, name);
            }
        }
        Ok(names)
    }
}

/// Of what was done at one instant: an attempt is begun before it goes on, and the reservation's
/// state is what came of the money.
fn rank(action: &str) -> u8 {
    match action {
        "payment.started" => 0,
        _ if action.starts_with("reservation.") => 2,
        _ => 1,
    }
}

/// The reservation, and each payment and refund of it, as the trail names them.
async fn subjects(reading: &dyn Reading, record: &ReservationRecord) -> Result<Vec<String>, Abort> {
    let payments = reading.payments(record.id).await?;
    let refunds = reading.refunds(record.id).await?;
    let mut subjects = vec![format!("reservation:{}", record.id)];
    subjects.extend(payments.iter().map(|one| format!("payment:{}", one.id)));
    subjects.extend(refunds.iter().map(|one| format!("refund:{}", one.id)));
    Ok(subjects)
}

fn who(
    actor: Actor,
    record: &ReservationRecord,
    names: &BTreeMap<StaffId, Personal<String>>,
) -> HistoryActor {
    match actor {
        Actor::Person(person) if person == record.person => HistoryActor::Resident,
        Actor::Person(_) => HistoryActor::AnotherPerson,
        Actor::Staff(id) => {
            let name = names.get(&id).cloned();
            HistoryActor::Staff(name.unwrap_or_else(|| Personal::new(String::new())))
        }
        Actor::System => HistoryActor::House,
        Actor::Visitor => HistoryActor::Visitor,
    }
}

/// Flat facts; what is nested is for machines.
fn detail(json: &serde_json::Value) -> BTreeMap<String, Detail> {
    let facts = json.as_object().into_iter().flatten();
    facts
        .filter_map(|(name, value)| {
            let fact = match value {
                serde_json::Value::String(text) => Detail::Text(text.clone()),
                serde_json::Value::Number(number) => Detail::Number(number.as_i64()?),
                serde_json::Value::Bool(_)
                | serde_json::Value::Null
                | serde_json::Value::Array(_)
                | serde_json::Value::Object(_) => return None,
            };
            Some((name.clone(), fact))
        })
        .collect()
}
