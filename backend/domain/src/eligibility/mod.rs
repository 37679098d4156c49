//! Who may book what, how often and on which conditions (利用の資格と条件).
//!
//! Each rule is a pure function over a town's data. What a rule refuses comes with a stable code,
//! its article and what can be done next; what it only attaches a condition to (審査, 保護者の同意)
//! comes back as that condition.

mod age;
mod assess;
mod change;
mod group;
mod length;
mod penalty;
mod quota;
mod refusal;
mod review;

#[cfg(test)]
mod tests;

pub use age::{AgeRuling, check_age};
pub use assess::{Application, Condition, assess};
pub use change::{ChangeRuling, Placed, check_change};
pub use group::{check_group_size, check_group_validity, group_valid_until, renewable_from};
pub use length::{check_days_in_a_row, check_divisions};
pub use penalty::{Incident, Tally, bar_until, incident_of, is_late_cancel, tally};
pub use quota::{Counted, Ties, check_quotas, counted_from};
pub use refusal::{NextStep, RuleRefusal, Why};
pub use review::reviews;
