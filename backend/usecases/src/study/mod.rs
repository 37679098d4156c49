//! 使用料の見直し: what the uses of a period would have cost under a proposed town file.

mod form;
mod of_period;
mod table;

pub use of_period::fee_study;
pub use table::study_table;

use contract::{
    Action as Doing, Call, Fault, Outcome, Paper, Refusal, StudyFees, StudyView, WrongFile,
};

use self::of_period::studied;
use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::town_file;
use crate::uses::Seen;

impl Desk {
    pub(crate) async fn study_of(
        &self,
        call: &Call,
        what: &StudyFees,
    ) -> Outcome<Result<StudyView, WrongFile>> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = staff(reading.as_ref(), call, Doing::SeeFigures, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let proposed = match town_file::read(&what.file, &applied.town) {
            Ok(proposed) => proposed,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let seen = Seen::By(&on_duty, Doing::SeeFigures);
        let towns = (&proposed, &applied.town);
        let study = studied(reading.as_ref(), towns, what.period, seen).await?;
        Ok(Ok(StudyView {
            period: what.period,
            study,
        }))
    }

    pub(crate) async fn study_csv(
        &self,
        call: &Call,
        what: &StudyFees,
    ) -> Outcome<Result<Paper, WrongFile>> {
        let StudyView { period, study } = match self.study_of(call, what).await? {
            Ok(view) => view,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let csv = self
            .documents
            .table_csv(&study_table(&study))
            .map_err(|error| Fault::new("write a fee study", error))?;
        Ok(Ok(Paper {
            file_name: format!("minaoshi-{}-{}.csv", period.from(), period.to()),
            bytes: csv.bytes,
        }))
    }
}
