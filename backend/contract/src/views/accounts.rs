//! The accounts of a month (会計月報).

use domain::accounts::Line;
use domain::figures::Month;
use domain::town::RevenueOwner;

/// One line with what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountLine {
    /// The facility's name.
    pub facility_name: String,
    /// The item of the budget (科目).
    pub subject: String,
    /// Whose the income is.
    pub owner: RevenueOwner,
    /// What it comes to.
    pub line: Line,
}

/// The accounts of a month, of the facilities whose figures one may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountsView {
    /// The month.
    pub month: Month,
    /// By facility in the town's order, and year.
    pub lines: Vec<AccountLine>,
}
