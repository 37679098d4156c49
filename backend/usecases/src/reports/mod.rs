//! What the town answers for (実績・操作記録): figures of a month, what other fees would bring, and
//! who did what.

mod accounts;
mod figures;
mod history;
mod rows;

pub(crate) use accounts::subject_of;

use async_trait::async_trait;
use contract::{
    AccountsView, Call, FiguresView, HistoryView, Outcome, Paper, Reports, StudyFees, StudyForm,
    StudyView, WrongFile,
};
use domain::figures::Month;
use domain::town::Slug;

use crate::desk::Desk;

#[async_trait]
impl Reports for Desk {
    async fn figures(
        &self,
        call: &Call,
        month: Month,
        facility: Option<&Slug>,
    ) -> Outcome<FiguresView> {
        self.figures_of(call, month, facility).await
    }

    async fn figures_file(
        &self,
        call: &Call,
        month: Month,
        facility: Option<&Slug>,
    ) -> Outcome<Paper> {
        self.figures_csv(call, month, facility).await
    }

    async fn accounts(&self, call: &Call, month: Month) -> Outcome<AccountsView> {
        self.accounts_of(call, month).await
    }

    async fn accounts_file(&self, call: &Call, month: Month) -> Outcome<Paper> {
        self.accounts_csv(call, month).await
    }

    async fn study_form(&self, call: &Call) -> Outcome<StudyForm> {
        self.form_of_study(call).await
    }

    async fn study(&self, call: &Call, what: &StudyFees) -> Outcome<Result<StudyView, WrongFile>> {
        self.study_of(call, what).await
    }

    async fn study_file(&self, call: &Call, what: &StudyFees) -> Outcome<Result<Paper, WrongFile>> {
        self.study_csv(call, what).await
    }

    async fn history(&self, call: &Call, typed: &str) -> Outcome<HistoryView> {
        self.history_of(call, typed).await
    }
}
