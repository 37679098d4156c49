//! The day sheet (収入日計表) in words.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Utc};
use domain::civil::{self, weekday_kanji};
use domain::money::Yen;
use domain::payment::Means;
use domain::till::{Denomination, Difference};
use serde::Serialize;
use usecases::ports::documents::{DayReceipt, DayRefund, DaySheet};

use super::{IssuerView, day};

/// What `day-sheet.typ` reads.
#[derive(Serialize)]
pub struct DaySheetView<'a> {
    issuer: IssuerView<'a>,
    number: &'a str,
    facility: &'a str,
    drawer: &'a str,
    date: String,
    opened: HandledView<'a>,
    closed: HandledView<'a>,
    receipt_numbers: String,
    by_means: Vec<SumView>,
    by_account: Vec<SumView>,
    total: SumView,
    cash: CashView,
    reason: Option<&'a str>,
    receipts: Vec<ReceiptRow<'a>>,
    refunds: Vec<RefundRow<'a>>,
    illustrative: &'a [String],
}

/// Who, and at what time.
#[derive(Serialize)]
struct HandledView<'a> {
    by: &'a str,
    at: String,
}

/// One row of the sums.
#[derive(Serialize)]
struct SumView {
    label: String,
    count: String,
    received: String,
    reduced: String,
    refunded: String,
    net: String,
}

/// The drawer: what there should be and what was counted.
#[derive(Serialize)]
struct CashView {
    float: String,
    received: String,
    refunded: String,
    expected: String,
    counted: String,
    difference: String,
    even: bool,
    pieces: Vec<PieceView>,
}

#[derive(Serialize)]
struct PieceView {
    kind: String,
    pieces: String,
    worth: String,
}

#[derive(Serialize)]
struct ReceiptRow<'a> {
    number: &'a str,
    account: &'a str,
    place: String,
    means: String,
    amount: String,
}

#[derive(Serialize)]
struct RefundRow<'a> {
    number: &'a str,
    receipt_number: &'a str,
    place: String,
    means: String,
    amount: String,
}

impl<'a> From<&'a DaySheet> for DaySheetView<'a> {
    fn from(sheet: &'a DaySheet) -> Self {
        let mut receipts: Vec<&DayReceipt> = sheet.receipts.iter().collect();
        receipts.sort_by_key(|row| (&row.account, &row.facility, row.means));
        let mut refunds: Vec<&DayRefund> = sheet.refunds.iter().collect();
        refunds.sort_by_key(|row| (&row.account, &row.facility, row.means));
        Self {
            issuer: (&sheet.issuer).into(),
            number: &sheet.number,
            facility: &sheet.facility,
            drawer: &sheet.drawer,
            date: format!(
                "{}（{}）",
                day(sheet.date),
                weekday_kanji(sheet.date.weekday())
            ),
            opened: HandledView {
                by: &sheet.opened.by,
                at: moment(sheet.opened.at, sheet),
            },
            closed: HandledView {
                by: &sheet.closed.by,
                at: moment(sheet.closed.at, sheet),
            },
            receipt_numbers: receipt_numbers(&sheet.receipts),
            by_means: sums(sheet, |means, _| means, |means| means.to_string()),
            by_account: sums(
                sheet,
                |_, account| account.to_owned(),
                |account| account.clone(),
            ),
            total: total(sheet),
            cash: cash(sheet),
            reason: sheet.reason.as_deref(),
            receipts: receipts
                .into_iter()
                .map(|row| ReceiptRow {
                    number: &row.number,
                    account: &row.account,
                    place: place(&row.facility, &row.room),
                    means: row.means.to_string(),
                    amount: row.amount_yen.to_string(),
                })
                .collect(),
            refunds: refunds
                .into_iter()
                .map(|row| RefundRow {
                    number: &row.number,
                    receipt_number: &row.receipt_number,
                    place: place(&row.facility, &row.room),
                    means: row.means.to_string(),
                    amount: row.amount_yen.to_string(),
                })
                .collect(),
            illustrative: &sheet.illustrative,
        }
    }
}

/// What came in, was let off and went back under one heading.
#[derive(Clone, Copy, Default)]
struct Sum {
    count: u64,
    received: u64,
    reduced: u64,
    refunded: u64,
}

impl Sum {
    fn receive(&mut self, row: &DayReceipt) {
        self.count += 1;
        self.received += u64::from(row.amount_yen.get());
        self.reduced += u64::from(row.reduced_yen.get());
    }

    fn refund(&mut self, row: &DayRefund) {
        self.refunded += u64::from(row.amount_yen.get());
    }

    fn view(self, label: String) -> SumView {
        SumView {
            label,
            count: self.count.to_string(),
            received: yen(self.received),
            reduced: yen(self.reduced),
            refunded: yen(self.refunded),
            net: net(self.received, self.refunded),
        }
    }
}

/// The sums under each heading that a row falls under, in the headings' order.
fn sums<K: Ord>(
    sheet: &DaySheet,
    heading: impl Fn(Means, &str) -> K,
    label: impl Fn(&K) -> String,
) -> Vec<SumView> {
    let mut sums: BTreeMap<K, Sum> = BTreeMap::new();
    for row in &sheet.receipts {
        let key = heading(row.means, &row.account);
        sums.entry(key).or_default().receive(row);
    }
    for row in &sheet.refunds {
        let key = heading(row.means, &row.account);
        sums.entry(key).or_default().refund(row);
    }
    sums.into_iter()
        .map(|(key, sum)| sum.view(label(&key)))
        .collect()
}

fn total(sheet: &DaySheet) -> SumView {
    let mut sum = Sum::default();
    sheet.receipts.iter().for_each(|row| sum.receive(row));
    sheet.refunds.iter().for_each(|row| sum.refund(row));
    sum.view("合計".to_owned())
}

fn cash(sheet: &DaySheet) -> CashView {
    let is_cash = |means| means == Means::Cash;
    let received = sheet.receipts.iter().filter(|row| is_cash(row.means));
    let refunded = sheet.refunds.iter().filter(|row| is_cash(row.means));
    let counted = sheet.counted.total();
    let difference = Difference::between(sheet.expected_yen, counted);
    CashView {
        float: sheet.float_yen.to_string(),
        received: yen(received.map(|row| u64::from(row.amount_yen.get())).sum()),
        refunded: yen(refunded.map(|row| u64::from(row.amount_yen.get())).sum()),
        expected: sheet.expected_yen.to_string(),
        counted: counted.to_string(),
        difference: difference.to_string(),
        even: difference == Difference::Even,
        pieces: Denomination::ALL
            .into_iter()
            .map(|kind| PieceView {
                kind: kind.to_string(),
                pieces: sheet.counted.pieces(kind).to_string(),
                worth: sheet.counted.worth(kind).to_string(),
            })
            .collect(),
    }
}

/// 「00000101 から 00000140 まで（40件）」: the first and the last as they were issued.
fn receipt_numbers(receipts: &[DayReceipt]) -> String {
    match (receipts.first(), receipts.last()) {
        (Some(first), Some(last)) if receipts.len() > 1 => format!(
            "{} から {} まで（{}件）",
            first.number,
            last.number,
            receipts.len()
        ),
        (Some(only), _) => format!("{}（1件）", only.number),
        (None, _) => "なし".to_owned(),
    }
}

fn place(facility: &str, room: &str) -> String {
    format!("{facility}　{room}")
}

/// The time in Japan, with the day when it is not the sheet's.
fn moment(at: DateTime<Utc>, sheet: &DaySheet) -> String {
    let clock = civil::wall_clock_at(at);
    let time = clock.format("%-H:%M");
    if clock.date() == sheet.date {
        time.to_string()
    } else {
        format!("{} {time}", civil::long_date(clock.date()))
    }
}

/// Sums of a day may be more than one [`Yen`] holds.
fn yen(amount: u64) -> String {
    match u32::try_from(amount) {
        Ok(amount) => Yen::new(amount).to_string(),
        Err(_more) => format!("{amount}円"),
    }
}

fn net(received: u64, refunded: u64) -> String {
    match refunded.checked_sub(received) {
        Some(less) if less > 0 => format!("−{}", yen(less)),
        _ => yen(received.saturating_sub(refunded)),
    }
}
