//! The drawers of the sample month: one a facility and day on which cash came, counted and closed.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::civil;
use domain::ids::{FacilityId, PaymentId, TillId};
use domain::money::Yen;
use domain::till::{CashCount, Denomination, Movement, TillState};
use usecases::ports::chance::Chance as _;
use usecases::ports::store::{MovementRecord, Store as _, TillRecord};

use super::Ground;
use super::booking::Booked;

/// What a drawer begins with, yen.
const FLOAT: u32 = 30_000;

/// What was taken in cash: for which payment, how much, when (UTC).
pub(super) type Taken = (PaymentId, Yen, DateTime<Utc>);

/// Cash by facility and day.
#[derive(Default)]
pub(super) struct Drawers(BTreeMap<(FacilityId, NaiveDate), Vec<Taken>>);

impl Drawers {
    pub(super) fn note(&mut self, booked: Booked) {
        if let Some(cash) = booked.cash {
            let day = civil::date_at(cash.2);
            self.0.entry((booked.facility, day)).or_default().push(cash);
        }
    }

    pub(super) async fn open_and_close(self, ground: &Ground<'_>) -> Result<()> {
        for ((facility, _day), mut taken) in self.0 {
            taken.sort_by_key(|(_, _, at)| *at);
            one_day(ground, facility, &taken).await?;
        }
        Ok(())
    }
}

async fn one_day(ground: &Ground<'_>, facility: FacilityId, taken: &[Taken]) -> Result<()> {
    let (Some((_, _, first)), Some((_, _, last))) = (taken.first(), taken.last()) else {
        return Ok(());
    };
    let (state, float) = TillState::open(Yen::new(FLOAT), *first - Duration::minutes(1))?;
    let id = TillId(ground.chance.id(*first));
    let mut till = TillRecord {
        id,
        facility,
        drawer: 1,
        state,
        opened_by: ground.clerk,
        closed_by: None,
        revision: 1,
    };
    let mut tx = ground.store.begin(ground.municipality).await?;
    tx.insert_till(&till).await?;
    let entered = |movement: Movement, at: DateTime<Utc>| MovementRecord {
        id: ground.chance.id(at),
        till: id,
        movement,
        made_by: ground.clerk,
        at,
    };
    if let Some(float) = float {
        tx.insert_movement(&entered(float, *first - Duration::minutes(1)))
            .await?;
    }
    for (payment, amount, at) in taken {
        let tendered = Yen::new(amount.get().div_ceil(1_000) * 1_000);
        let (state, movement, _change) = till
            .state
            .clone()
            .receive(*payment, *amount, tendered, *at)?;
        till.state = state;
        tx.insert_movement(&entered(movement, *at)).await?;
    }
    let counted = CashCount::new(pieces(till.state.cash().expected()))?;
    let closed = *last + Duration::minutes(1);
    let state = till.state.clone().close(counted, "", closed)?;
    tx.set_till(id, till.revision, &till.state, ground.clerk, closed)
        .await
        .context("noting what a drawer took")?;
    tx.set_till(id, till.revision + 1, &state, ground.clerk, closed)
        .await
        .context("closing a drawer")?;
    tx.commit().await?;
    Ok(())
}

/// Large notes first.
fn pieces(amount: Yen) -> Vec<(Denomination, i64)> {
    let mut left = amount.get();
    let mut pieces = Vec::new();
    for kind in Denomination::ALL {
        pieces.push((kind, i64::from(left / kind.yen())));
        left %= kind.yen();
    }
    pieces
}
