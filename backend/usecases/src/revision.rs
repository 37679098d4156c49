//! 設定の変更の影響: what a new version of the town file would touch of the bookings that stand,
//! before it is put in force (scenario 38).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use contract::{Action as Doing, Call, Outcome, Refusal, TouchedBooking, TownPreview, WrongFile};
use domain::ids::ReservationId;
use domain::reservation::StateName;
use domain::revision::{Standing, Touched, touched};
use domain::span::Cell;
use domain::town::Town;

use crate::authority::{Place, staff, the_house};
use crate::desk::Desk;
use crate::ports::store::{AppliedTown, Reading, Store, Stored, UseRow, Uses};
use crate::town_file;
use crate::uses::{Seen, asked, each, place};

/// What may still be used.
const STANDS: [StateName; 4] = [
    StateName::Held,
    StateName::AwaitingReview,
    StateName::AwaitingPayment,
    StateName::Confirmed,
];

/// Further ahead than anybody books, in cells: a hundred years.
const AHEAD: i64 = 48 * 36_600;

impl Desk {
    pub(crate) async fn what_a_town_would_touch(
        &self,
        call: &Call,
        file: &str,
    ) -> Outcome<Result<TownPreview, WrongFile>> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = staff(
            reading.as_ref(),
            call,
            Doing::ManageClosures,
            Place::Anywhere,
        )
        .await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let after = match town_file::read(file, &applied.town) {
            Ok(after) => after,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let seen = Seen::By(&on_duty, Doing::ManageClosures);
        let effect = effect(reading.as_ref(), (&applied, &after), call.now(), seen).await?;
        Ok(Ok(effect))
    }

    pub(crate) async fn town_in_force(&self, call: &Call) -> Outcome<String> {
        let reading = self.store.read(call.municipality()).await?;
        staff(
            reading.as_ref(),
            call,
            Doing::ManageClosures,
            Place::Anywhere,
        )
        .await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        Ok(town_file::written(&applied.town)?)
    }
}

/// What a town would touch if it were put in force now, for the operator (`yoriai town apply`): at
/// all facilities of the municipality. Where no town is in force, nothing stands.
///
/// # Errors
/// A fault of the store.
pub async fn town_effect(store: &dyn Store, call: &Call, after: &Town) -> Outcome<TownPreview> {
    the_house(call)?;
    let reading = store.read(call.municipality()).await?;
    let Some(applied) = reading.town().await? else {
        return Ok(TownPreview::of_nothing());
    };
    let towns = (applied.as_ref(), after);
    Ok(effect(reading.as_ref(), towns, call.now(), Seen::All).await?)
}

/// The bookings that stand and begin after `now`, at the facilities that are seen, by the rules of
/// before and after.
async fn effect(
    reading: &dyn Reading,
    (applied, after): (&AppliedTown, &Town),
    now: DateTime<Utc>,
    seen: Seen<'_>,
) -> Stored<TownPreview> {
    let from = Cell::containing(now).plus(1);
    let which = Uses {
        from,
        until: from.plus(AHEAD),
        states: &STANDS,
    };
    let mut rows: BTreeMap<ReservationId, UseRow> = BTreeMap::new();
    let mut standing = Vec::new();
    each(reading, which, seen, |row| {
        standing.push(Standing {
            reservation: row.id,
            request: asked(&row),
        });
        rows.insert(row.id, row);
    })
    .await?;
    let found = touched(&applied.town, after, &standing);
    let shown = |touched: Touched| Some(booking(rows.remove(&touched.reservation)?, touched));
    Ok(TownPreview {
        version: Some(applied.version),
        standing: standing.len(),
        touched: found.into_iter().filter_map(shown).collect(),
    })
}

fn booking(row: UseRow, touched: Touched) -> TouchedBooking {
    TouchedBooking {
        id: row.id,
        place: place(&row.particulars),
        number: row.number,
        span: row.span,
        state: row.state,
        touched,
    }
}
