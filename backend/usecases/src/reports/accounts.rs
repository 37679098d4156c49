//! The accounts of a month (会計月報), by the ledger: what each entry means is said here and nowhere else.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use contract::{AccountLine, AccountsView, Action as Doing, Call, Fault, Outcome, Paper, Refusal};
use domain::accounts::{Line, Moved, Movement, lines};
use domain::figures::Month;
use domain::ids::{PaymentId, RefundId, ReservationId};
use domain::ledger::{Account, Cause, Transfer};
use domain::payment::{Means, PaymentMethod};
use domain::town::{Revenue, RevenueOwner, Slug, Town};

use super::figures::visible;
use super::rows::instants;
use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::ports::documents::{Field, Table};
use crate::ports::store::{BookedEntry, PaymentRecord, Reading, RefundRecord};

/// What the ordinances call it where a town file says nothing.
const SUBJECT: &str = "使用料";

/// The columns of the file: one row for each facility and fiscal year, as an accounting takes them in.
const HEAD: [&str; 13] = [
    "年月",
    "施設",
    "科目",
    "収入の帰属",
    "所属年度",
    "調定額",
    "収納件数",
    "収納額_現金",
    "収納額_カード",
    "収納額_PayPay",
    "収納額_その他",
    "還付額_戻出",
    "還付額_歳出",
];

/// The item of the budget that a facility's fees are booked under (科目).
pub(crate) fn subject_of<'a>(town: &'a Town, facility: &Slug) -> &'a str {
    revenue_of(town, facility).map_or(SUBJECT, |revenue| &revenue.subject)
}

fn owner_of(town: &Town, facility: &Slug) -> RevenueOwner {
    revenue_of(town, facility).map_or_else(RevenueOwner::default, |revenue| revenue.owner)
}

fn revenue_of<'a>(town: &'a Town, facility: &Slug) -> Option<&'a Revenue> {
    town.facility(facility)?.revenue.as_ref()
}

impl Desk {
    pub(super) async fn accounts_of(&self, call: &Call, month: Month) -> Outcome<AccountsView> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = staff(reading.as_ref(), call, Doing::SeeFigures, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let everything = on_duty.may(Doing::SeeFigures, Place::Everywhere);
        let seen: Vec<Slug> = visible(&applied, &on_duty)
            .into_iter()
            .map(|(_, facility)| facility.id.clone())
            .collect();
        let mut movements = movements(reading.as_ref(), month).await?;
        // What a facility earned that the town has given up since is its accounting's all the same.
        movements.retain(|one| everything || seen.contains(&one.facility));
        let mut lines = lines(&movements);
        let place = |line: &Line| seen.iter().position(|slug| *slug == line.facility);
        lines.sort_by_key(|line| (place(line).unwrap_or(usize::MAX), line.year));
        let town = &applied.town;
        let named = |line: Line| AccountLine {
            facility_name: town
                .facility(&line.facility)
                .map_or_else(|| line.facility.to_string(), |one| one.name.clone()),
            subject: subject_of(town, &line.facility).to_owned(),
            owner: owner_of(town, &line.facility),
            line,
        };
        Ok(AccountsView {
            month,
            lines: lines.into_iter().map(named).collect(),
        })
    }

    pub(super) async fn accounts_csv(&self, call: &Call, month: Month) -> Outcome<Paper> {
        let view = self.accounts_of(call, month).await?;
        let table = Table {
            head: HEAD.to_vec(),
            rows: view.lines.iter().map(|line| row(month, line)).collect(),
        };
        let csv = self
            .documents
            .table_csv(&table)
            .map_err(|error| Fault::new("write the accounts", error))?;
        Ok(Paper {
            file_name: format!("kaikei-geppo-{month}.csv"),
            bytes: csv.bytes,
        })
    }
}

fn row(month: Month, named: &AccountLine) -> Vec<Field> {
    let line = &named.line;
    let by = |means: Means| line.received_yen.get(&means).copied().unwrap_or(0);
    let known = [
        Means::Cash,
        Means::Service(PaymentMethod::Card),
        Means::Service(PaymentMethod::PayPay),
    ];
    let [cash, card, paypay] = known.map(by);
    let owner = match named.owner {
        RevenueOwner::Town => "町",
        RevenueOwner::Operator => "指定管理者",
    };
    vec![
        Field::Text(month.to_string()),
        Field::Text(named.facility_name.clone()),
        Field::Text(named.subject.clone()),
        Field::Text(owner.to_owned()),
        Field::Number(line.year.into()),
        Field::Number(line.charged_yen),
        Field::Number(line.count.into()),
        Field::Number(cash),
        Field::Number(card),
        Field::Number(paypay),
        Field::Number(line.received_in_all() - cash - card - paypay),
        Field::Number(line.reversed_yen),
        Field::Number(line.spent_yen),
    ]
}

/// What was booked in a month, as the accounts read it. The number of queries does not grow with it.
async fn movements(reading: &dyn Reading, month: Month) -> Outcome<Vec<Movement>> {
    let (from, until) = instants(month);
    let entries = reading.entries_between(from, until).await?;
    let mut ids: Vec<ReservationId> = entries.iter().map(|entry| entry.reservation).collect();
    ids.sort_unstable();
    ids.dedup();
    let records = reading.these_reservations(&ids).await?;
    let facilities: BTreeMap<ReservationId, Slug> = records
        .into_iter()
        .map(|record| (record.id, record.particulars.facility))
        .collect();
    let payments = reading.payments_of_each(&ids).await?;
    let refunds = reading.refunds_of_each(&ids).await?;
    let came = Came::of(&payments, &refunds);
    let movement = |entry: &BookedEntry| {
        Some(Movement {
            facility: facilities.get(&entry.reservation)?.clone(),
            moved: came.moved(entry)?,
            amount: entry.entry.amount,
            at: entry.booked_at,
        })
    };
    Ok(entries.iter().filter_map(movement).collect())
}

/// When and as what payments came, and which payment a refund is of.
struct Came {
    payments: BTreeMap<PaymentId, (Means, DateTime<Utc>)>,
    refunds: BTreeMap<RefundId, PaymentId>,
}

impl Came {
    fn of(payments: &[PaymentRecord], refunds: &[RefundRecord]) -> Self {
        let came = |payment: &PaymentRecord| {
            let (means, at) = (payment.state.means()?, payment.state.paid_at()?);
            Some((payment.id, (means, at)))
        };
        Self {
            payments: payments.iter().filter_map(came).collect(),
            refunds: refunds
                .iter()
                .map(|refund| (refund.id, refund.payment))
                .collect(),
        }
    }

    fn when(&self, refund: RefundId) -> Option<DateTime<Utc>> {
        let payment = self.refunds.get(&refund)?;
        self.payments.get(payment).map(|(_, at)| *at)
    }

    /// What an entry means; nothing for what was only decided.
    fn moved(&self, entry: &BookedEntry) -> Option<Moved> {
        match entry.entry.cause {
            Cause::Charged(_) | Cause::ChargedAgain(_) => Some(Moved::Charged),
            Cause::Uncharged(_) => Some(Moved::Uncharged),
            Cause::Adjusted(_) if entry.entry.debit == Account::Receivable => Some(Moved::Charged),
            Cause::Adjusted(_) => Some(Moved::Uncharged),
            Cause::Paid(payment) => {
                let (means, at) = *self.payments.get(&payment)?;
                Some(Moved::Received { means, at })
            }
            Cause::RefundPaid(refund)
            | Cause::RefundPaidAtCounter(refund)
            | Cause::RefundFound(refund)
            | Cause::RefundTransferred(Transfer { refund, .. }) => Some(Moved::Returned {
                came_at: self.when(refund)?,
            }),
            Cause::RefundBounced(refund) | Cause::TransferSentBack(Transfer { refund, .. }) => {
                Some(Moved::CameBack {
                    came_at: self.when(refund)?,
                })
            }
            Cause::RefundDecided(_) | Cause::DisputeWithdrawn(_) | Cause::DisputeReinstated(_) => {
                None
            }
        }
    }
}
