//! The figures of a month (利用実績), of the facilities somebody answers for.

use std::collections::BTreeSet;
use std::sync::Arc;

use contract::{Action as Doing, Call, Fault, FiguresView, Outcome, Paper, Refusal};
use domain::figures::{Figures, Month, figures};
use domain::ids::FacilityId;
use domain::town::{Facility, Slug};

use super::rows::Month as RowsOfMonth;
use crate::authority::{OnDuty, Place, staff};
use crate::desk::Desk;
use crate::ports::store::AppliedTown;

/// The facilities that are counted.
pub(super) struct Scope {
    /// Those that the town has.
    pub(super) facilities: Vec<Arc<Facility>>,
    /// Their ids; with those that it has given up, where somebody may see everything.
    pub(super) ids: Ids,
}

/// Which facilities' rows are counted.
pub(super) enum Ids {
    /// All there are or were.
    All,
    /// These.
    These(BTreeSet<FacilityId>),
}

impl Ids {
    pub(super) fn contains(&self, id: FacilityId) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.contains(&id),
        }
    }
}

impl Desk {
    pub(super) async fn figures_of(
        &self,
        call: &Call,
        month: Month,
        facility: Option<&Slug>,
    ) -> Outcome<FiguresView> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = staff(reading.as_ref(), call, Doing::SeeFigures, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let visible = visible(&applied, &on_duty);
        let scope = scope(&applied, &on_duty, &visible, facility)?;
        let rows = RowsOfMonth::read(reading.as_ref(), &applied, &scope, month).await?;
        drop(reading);
        Ok(FiguresView {
            figures: reckoned(month, &rows),
            facility: facility.cloned(),
            choices: visible
                .iter()
                .map(|(_, facility)| (facility.id.clone(), facility.name.clone()))
                .collect(),
        })
    }

    pub(super) async fn figures_csv(
        &self,
        call: &Call,
        month: Month,
        facility: Option<&Slug>,
    ) -> Outcome<Paper> {
        let view = self.figures_of(call, month, facility).await?;
        let csv = self
            .documents
            .figures_csv(&view.figures)
            .map_err(|error| Fault::new("write figures", error))?;
        let of = facility.map(|slug| format!("-{slug}")).unwrap_or_default();
        Ok(Paper {
            file_name: format!("riyo-jisseki-{month}{of}.csv"),
            bytes: csv.bytes,
        })
    }
}

fn reckoned(month: Month, rows: &RowsOfMonth) -> Figures {
    figures(month, &rows.borrowed())
}

/// The facilities whose figures one may see, in the town's order.
pub(super) fn visible(applied: &AppliedTown, on_duty: &OnDuty) -> Vec<(FacilityId, Arc<Facility>)> {
    let known = applied.town.facilities.iter();
    known
        .filter_map(|facility| {
            let id = *applied.facilities.get(&facility.id)?;
            let is_visible = on_duty.reaches(Doing::SeeFigures, id);
            is_visible.then(|| (id, Arc::clone(facility)))
        })
        .collect()
}

fn scope(
    applied: &AppliedTown,
    on_duty: &OnDuty,
    visible: &[(FacilityId, Arc<Facility>)],
    facility: Option<&Slug>,
) -> Result<Scope, Refusal> {
    let Some(slug) = facility else {
        let everything = on_duty.may(Doing::SeeFigures, Place::Everywhere);
        return Ok(Scope {
            facilities: visible.iter().map(|(_, one)| Arc::clone(one)).collect(),
            ids: if everything {
                Ids::All
            } else {
                Ids::These(visible.iter().map(|(id, _)| *id).collect())
            },
        });
    };
    let chosen = visible.iter().find(|(_, one)| one.id == *slug);
    let (id, chosen) = chosen.ok_or_else(|| match applied.town.facility(slug) {
        Some(_) => Refusal::Forbidden,
        None => Refusal::NotFound,
    })?;
    Ok(Scope {
        facilities: vec![Arc::clone(chosen)],
        ids: Ids::These([*id].into()),
    })
}
