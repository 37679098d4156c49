//! Putting a town file in force (自治体設定の適用): `yoriai town apply`.

use async_trait::async_trait;
use contract::{Call, Outcome};
use domain::ids::{MunicipalityId, RequestId};
use domain::town::Town;

use crate::authority::the_house;
use crate::ports::chance::{Chance, Clock};
use crate::ports::store::{Municipality, Store, Transaction};
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// What became of a town file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TownApplied {
    /// The municipality it is for, entered if it was not there.
    pub municipality: MunicipalityId,
    /// The version now in force, from 1.
    pub version: i32,
    /// False when exactly this file was in force already.
    pub changed: bool,
}

/// Puts a checked town in force: enters the municipality if it is new, then makes the town its next
/// version. The same town again changes nothing.
///
/// # Errors
/// A fault of the store, also when another municipality has the town's host name.
pub async fn apply_town(
    store: &dyn Store,
    chance: &dyn Chance,
    clock: &dyn Clock,
    town: &Town,
) -> Outcome<TownApplied> {
    let now = clock.now();
    let municipality = Municipality {
        id: MunicipalityId(chance.id(now)),
        code: town.code.clone(),
        host: town.host.clone(),
        name: town.name.clone(),
    };
    let id = store.enter_municipality(&municipality, now).await?;
    let call = Call::system(id, RequestId(chance.id(now)), now);
    the_house(&call)?;
    let apply = Apply {
        chance,
        call: &call,
        town,
    };
    transact(store, id, &apply).await
}

struct Apply<'a> {
    chance: &'a dyn Chance,
    call: &'a Call,
    town: &'a Town,
}

#[async_trait]
impl Action for Apply<'_> {
    type Output = TownApplied;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<TownApplied, Abort> {
        let now = self.call.now();
        let before = tx.town().await?.map(|applied| applied.version);
        let version = tx
            .apply_town(self.town, now, &|| self.chance.id(now))
            .await?;
        let changed = before != Some(version);
        if changed {
            let entry = trail::entry(self.chance, self.call, "town.applied")
                .about("municipality", self.call.municipality().0)
                .with(serde_json::json!({ "from_version": before, "version": version }));
            tx.record(&entry).await?;
        }
        Ok(TownApplied {
            municipality: self.call.municipality(),
            version,
            changed,
        })
    }
}
