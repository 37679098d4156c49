//! What the town must be able to answer for: the figures of a month, what other fees would bring,
//! and who did what.

use async_trait::async_trait;
use domain::figures::Month;
use domain::town::Slug;

use crate::views::{
    AccountsView, FiguresView, HistoryView, Paper, StudyFees, StudyForm, StudyView, WrongFile,
};
use crate::{Call, Outcome};

/// What staff may ask about what happened (実績・操作記録).
///
/// # Errors
/// Every method: `staff.sign_in_required` without a staff session, `forbidden` without a role for
/// the facility, `not_found` for what another town or another facility has.
#[async_trait]
pub trait Reports: Send + Sync {
    /// The figures of a month (利用実績): of one facility, or of all that one may see.
    async fn figures(
        &self,
        call: &Call,
        month: Month,
        facility: Option<&Slug>,
    ) -> Outcome<FiguresView>;

    /// The same for a spreadsheet (CSV).
    async fn figures_file(
        &self,
        call: &Call,
        month: Month,
        facility: Option<&Slug>,
    ) -> Outcome<Paper>;

    /// The accounts of a month (会計月報): 調定・収納・還付 by facility, item and fiscal year.
    async fn accounts(&self, call: &Call, month: Month) -> Outcome<AccountsView>;

    /// The same for the town's accounting (CSV).
    async fn accounts_file(&self, call: &Call, month: Month) -> Outcome<Paper>;

    /// What the form of a fee revision study begins with (使用料の見直し).
    async fn study_form(&self, call: &Call) -> Outcome<StudyForm>;

    /// What the uses of a period would have cost under a proposed town file, at the facilities whose
    /// figures one may see.
    async fn study(&self, call: &Call, what: &StudyFees) -> Outcome<Result<StudyView, WrongFile>>;

    /// The same for a spreadsheet (CSV).
    async fn study_file(&self, call: &Call, what: &StudyFees) -> Outcome<Result<Paper, WrongFile>>;

    /// Who did what to a reservation and its money (操作記録), found as the counter's search field
    /// finds it: by number or scanned code.
    async fn history(&self, call: &Call, typed: &str) -> Outcome<HistoryView>;
}
