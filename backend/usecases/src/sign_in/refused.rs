//! Refused sign-ins in the audit trail (ログインの拒否の記録).
//!
//! Only what somebody should look into: 中止, a spent attempt and an outage are everyday life. What
//! the answer held is never kept, only the code of what was wrong with it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use contract::Call;
use domain::ids::MunicipalityId;
use serde_json::json;

use super::{Attempts, Doorkeeper, SignInStop};
use crate::ports::store::{AuditEntry, Transaction};
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// How many entries one town gets in an hour. Anybody can produce refused answers, and the trail is
/// kept for years: it must not be theirs to fill. The log has all of them.
const MOST_AN_HOUR: u32 = 100;

impl Doorkeeper {
    /// The stop, once it is in the trail if it belongs there.
    pub(super) async fn noted(&self, call: &Call, stop: SignInStop) -> SignInStop {
        self.notes
            .note(&self.attempts(), call, "sign_in.refused", stop)
            .await
    }
}

impl Notes {
    /// The stop, once it is in the trail as `action` if it belongs there.
    pub(crate) async fn note(
        &self,
        house: &Attempts<'_>,
        call: &Call,
        action: &'static str,
        stop: SignInStop,
    ) -> SignInStop {
        let Some(code) = code(&stop) else {
            return stop;
        };
        if !self.has_room(call.municipality(), call.now()) {
            return stop;
        }
        let mut entry = trail::entry(house.chance, call, action).with(json!({ "code": code }));
        if let Some(person) = call.person() {
            entry = entry.about("person", person.0);
        }
        match transact(house.store, call.municipality(), &Note(entry)).await {
            Ok(()) => stop,
            Err(failure) => SignInStop::Failed {
                failure,
                return_to: stop.return_to().cloned(),
            },
        }
    }
}

/// Why somebody should look into it, as a stable code.
const fn code(stop: &SignInStop) -> Option<&'static str> {
    match stop {
        SignInStop::Rejected { rejection, .. } => Some(rejection.code()),
        SignInStop::OtherBrowser { .. } => Some("sign_in.other_browser"),
        SignInStop::OtherSession { .. } => Some("sign_in.other_session"),
        SignInStop::OtherCard { .. } => Some("sign_in.other_card"),
        SignInStop::NoRole { .. } => Some("sign_in.no_role"),
        SignInStop::Misconfigured { .. } => Some("sign_in.misconfigured"),
        // A card that is not theirs is in the trail already, about whom it concerns.
        SignInStop::NotTheirs { .. }
        | SignInStop::Cancelled { .. }
        | SignInStop::StaleAttempt { .. }
        | SignInStop::TurnedBack { .. }
        | SignInStop::Unavailable { .. }
        | SignInStop::Failed { .. } => None,
    }
}

/// How many entries each town got in the current hour, by this process.
#[derive(Default)]
pub(crate) struct Notes(Mutex<HashMap<MunicipalityId, (DateTime<Utc>, u32)>>);

impl Notes {
    /// Takes one of the hour's entries, if one is left.
    pub(super) fn has_room(&self, municipality: MunicipalityId, now: DateTime<Utc>) -> bool {
        let mut hours = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, made) = hours.entry(municipality).or_insert((now, 0));
        if now - *since >= Duration::hours(1) {
            (*since, *made) = (now, 0);
        }
        let room = *made < MOST_AN_HOUR;
        *made += u32::from(room);
        room
    }
}

struct Note(AuditEntry);

#[async_trait]
impl Action for Note {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        Ok(tx.record(&self.0).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_fills_one_towns_hour_and_nothing_else() {
        let (here, there) = (1, 2);
        let [here, there] = [here, there].map(|n| MunicipalityId(uuid::Uuid::from_u128(n)));
        let noon: DateTime<Utc> = "2026-11-21T03:00:00Z".parse().unwrap();
        let notes = Notes::default();
        let made = (0..1_000).filter(|_| notes.has_room(here, noon)).count();
        assert_eq!(made, 100);
        assert!(notes.has_room(there, noon));
        assert!(!notes.has_room(here, noon + Duration::minutes(59)));
        assert!(notes.has_room(here, noon + Duration::hours(1)));
    }
}
