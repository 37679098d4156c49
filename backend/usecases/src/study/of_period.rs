//! The uses of a period, priced anew.

use contract::{Call, Outcome, Period, Refusal, StudyView};
use domain::civil::{self, TimeOfDay};
use domain::reservation::StateName;
use domain::span::Cell;
use domain::study::{PastUse, Reckoning, Study};
use domain::town::Town;

use crate::authority::the_house;
use crate::ports::store::{Reading, Store, Stored, Uses};
use crate::uses::{Seen, asked, each, place};

/// What was permitted and not given up: what fees were for.
const STOOD: [StateName; 4] = [
    StateName::Confirmed,
    StateName::CheckedIn,
    StateName::Completed,
    StateName::NoShow,
];

/// A study for the operator (`yoriai fee study`): of all facilities of the municipality.
///
/// # Errors
/// [`Refusal::NotFound`] where no town is in force, or a fault of the store.
pub async fn fee_study(
    store: &dyn Store,
    call: &Call,
    proposed: &Town,
    period: Period,
) -> Outcome<StudyView> {
    the_house(call)?;
    let reading = store.read(call.municipality()).await?;
    let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
    let towns = (proposed, &applied.town);
    let study = studied(reading.as_ref(), towns, period, Seen::All).await?;
    Ok(StudyView { period, study })
}

/// Prices every use of a period that is seen by the proposal; the town in force names what the
/// proposal no longer knows.
pub(super) async fn studied(
    reading: &dyn Reading,
    (proposed, in_force): (&Town, &Town),
    period: Period,
    seen: Seen<'_>,
) -> Stored<Study> {
    let mut reckoning = Reckoning::new(proposed, in_force);
    let day = |date| Cell::containing(civil::instant(date, TimeOfDay::MIDNIGHT));
    let which = Uses {
        from: day(period.from()),
        until: day(period.to()).plus(48),
        states: &STOOD,
    };
    each(reading, which, seen, |row| {
        reckoning.add(&PastUse {
            place: place(&row.particulars),
            request: asked(&row),
            fee: row.quote.total_yen,
        });
    })
    .await?;
    Ok(reckoning.finish())
}
