//! Where somebody lives, as their card said it (在住の証拠): kept with its days, also when they move
//! away.

use chrono::NaiveDate;
use contract::Call;
use domain::civil;
use domain::residency::{Evidence, Source};
use domain::town::TownTie;

use super::Doorkeeper;
use crate::ports::identity::CardIdentity;
use crate::ports::store::{EvidenceRecord, PersonRecord, Transaction, VerifiedBy};
use crate::transact::Abort;

/// Notes what the card's address says. A card that gave none says nothing.
pub(super) async fn note_where_they_live(
    door: &Doorkeeper,
    call: &Call,
    tx: &mut dyn Transaction,
    card: &CardIdentity,
    (before, now): (Option<&PersonRecord>, &PersonRecord),
) -> Result<(), Abort> {
    if card.address.is_none() {
        return Ok(());
    }
    let today = civil::date_at(call.now());
    let lives = |source, on: NaiveDate| EvidenceRecord {
        id: door.chance.id(call.now()),
        person: now.id,
        evidence: Evidence {
            tie: TownTie::Lives,
            source,
            on,
        },
        first_on: on,
        seen_by: None,
        ended_on: None,
    };
    if now.in_town {
        return Ok(tx.note_evidence(&lives(Source::Card, today)).await?);
    }
    if let Some(before) = before.filter(|before| before.in_town) {
        // For those who came before evidence was kept, the last check is when it was seen.
        let on = civil::date_at(before.verified_at);
        let record = match before.verified_by {
            VerifiedBy::Card => lives(Source::Card, on),
            VerifiedBy::Counter { staff, .. } => EvidenceRecord {
                seen_by: Some(staff),
                ..lives(Source::SeenAtCounter, on)
            },
        };
        tx.note_evidence(&record).await?;
    }
    tx.end_evidence(now.id, TownTie::Lives, today).await?;
    Ok(())
}
