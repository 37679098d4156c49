//! Papers (書面): what a permit, a receipt, a refund notice and a day sheet say, and who prints
//! them; and tables for spreadsheets (CSV).
//!
//! The structs hold everything that ends up on paper as plain owned data: a sheet built again from
//! the same frozen rows prints the same paper years later. They know no layout; the adapter in
//! `documents` knows no rules.

use std::error::Error;
use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use domain::figures::{Figures, Ratio};
use domain::money::Yen;
use domain::payment::Means;
use domain::quote::QuoteLine;
use domain::span::Span;
use domain::study::Permille;
use domain::till::CashCount;

use super::personal::Personal;

/// Prints papers as PDF (帳票).
///
/// Each call is plain CPU work (100–400 ms in a debug build) and blocks its thread: call it inside
/// `tokio::task::spawn_blocking`, never on an async worker and never inside a transaction.
/// The same sheet gives the same bytes, always: dates come from the sheet, not from the clock.
pub trait Documents: Send + Sync {
    /// A permit (使用許可書).
    ///
    /// # Errors
    /// [`DocumentFault`] if the sheet does not add up or cannot be laid out.
    fn permit(&self, sheet: &PermitSheet) -> Result<Pdf, DocumentFault>;

    /// A receipt (領収書): 適格簡易請求書 where the issuer has a registration number.
    ///
    /// # Errors
    /// [`DocumentFault`] if the sheet does not add up or cannot be laid out.
    fn receipt(&self, sheet: &ReceiptSheet) -> Result<Pdf, DocumentFault>;

    /// A refund notice (還付通知書): 適格返還請求書 where the issuer has a registration number.
    ///
    /// # Errors
    /// [`DocumentFault`] if the sheet does not add up or cannot be laid out.
    fn refund(&self, sheet: &RefundSheet) -> Result<Pdf, DocumentFault>;

    /// A day sheet (収入日計表) of one drawer.
    ///
    /// # Errors
    /// [`DocumentFault`] if the sheet does not add up or cannot be laid out.
    fn day_sheet(&self, sheet: &DaySheet) -> Result<Pdf, DocumentFault>;

    /// The same day sheet for a spreadsheet, one row for each movement and each count.
    ///
    /// # Errors
    /// As [`Self::day_sheet`].
    fn day_sheet_csv(&self, sheet: &DaySheet) -> Result<Csv, DocumentFault>;

    /// The figures of a month (利用実績) for a spreadsheet, one row for each room, facility and the
    /// whole town.
    ///
    /// # Errors
    /// [`DocumentFault::Layout`] if they cannot be written.
    fn figures_csv(&self, figures: &Figures) -> Result<Csv, DocumentFault>;

    /// Any other table for a spreadsheet.
    ///
    /// # Errors
    /// [`DocumentFault::Layout`] if it cannot be written.
    fn table_csv(&self, table: &Table) -> Result<Csv, DocumentFault>;
}

/// A printed paper (PDF).
#[derive(Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file: tagged PDF/A-2a and PDF/UA-1, fonts embedded.
    pub bytes: Vec<u8>,
    /// What could not be printed as received; empty for nearly everyone. The paper says the same
    /// at its foot (代替表示を明示), the stored text stays as received.
    pub substitutions: Vec<Substitution>,
}

/// Says how large the file is, not what is in it.
impl fmt::Debug for Pdf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pdf")
            .field("bytes", &self.bytes.len())
            .field("substitutions", &self.substitutions)
            .finish()
    }
}

/// A table for spreadsheets (CSV): UTF-8 with a byte order mark, lines that end in CR LF, and no
/// text that a spreadsheet would take for a formula.
#[derive(Clone, PartialEq, Eq)]
pub struct Csv {
    /// The file.
    pub bytes: Vec<u8>,
}

/// Says how large the file is, not what is in it.
impl fmt::Debug for Csv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Csv")
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// A table to be written as [`Csv`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub head: Vec<&'static str>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<Field>>,
}

/// One field of a [`Table`].
#[derive(Clone, PartialEq, Eq)]
pub enum Field {
    /// What somebody wrote: never run, whatever it begins with.
    Text(String),
    /// A number, yen or a count, as a bare number.
    Number(i64),
    /// A share in percent, `42.3`; 「—」 of nothing.
    Percent(Ratio),
    /// A change in percent, `12.5` or `-3.0`.
    Change(Permille),
    /// Nothing.
    Empty,
}

/// Text may be a person's and stays out of logs.
impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("***"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Percent(ratio) => write!(f, "{ratio}"),
            Self::Change(permille) => write!(f, "{permille}"),
            Self::Empty => Ok(()),
        }
    }
}

/// One character that the paper shows differently (代替表示), e.g. 外字.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Substitution {
    /// The code points of the character as received: `U+20BB7`, `U+845B U+E0101`.
    pub code_points: String,
    /// What the paper shows in its place.
    pub shown: Shown,
}

/// How a character that the font lacks is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// As 〓 (ゲタ), the printers' mark for a character not at hand.
    Geta,
    /// As the usual shape of the same character (異体字 → 基本の字形).
    BaseShape,
}

/// A paper could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum DocumentFault {
    /// The sums on the sheet contradict each other; a wrong paper is worse than none.
    #[error("the sheet does not add up: {what} is {stated}, its parts are {parts}")]
    DoesNotAddUp {
        /// Which sum.
        what: &'static str,
        /// As the sheet states it, yen.
        stated: u64,
        /// As the parts make it, yen.
        parts: u64,
    },
    /// Layout or export failed: a defect of the templates, never of the data.
    #[error("the paper could not be laid out")]
    Layout(#[source] Box<dyn Error + Send + Sync>),
}

/// Who issues a paper (発行者).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// The municipality (自治体): 「京都府精華町」.
    pub municipality: String,
    /// The authority or account holder that signs: 「精華町長 〇〇 〇〇」, 「精華町教育委員会」.
    pub name: String,
    /// The invoice registration number (登録番号) of the account that earns the fee: `T` and 13
    /// digits. Without one the paper says that it is no 適格簡易請求書.
    pub registration_number: Option<String>,
    /// Where to ask (問合せ先), one line each: office, address, telephone.
    pub contact: Vec<String>,
    /// True where the municipality itself is the issuer: its papers bear no revenue stamp
    /// (印紙税法第5条第2号). False for a 指定管理者 under 利用料金制.
    pub is_municipality: bool,
}

/// The person or group a paper is addressed to (宛名).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// The group (団体名), if one books.
    pub group: Option<Personal<String>>,
    /// The person (氏名), or the group's representative.
    pub name: Personal<String>,
}

/// What was booked (利用内容).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The reservation number (予約番号) as people read it.
    pub reservation_number: String,
    /// The facility (施設).
    pub facility: String,
    /// The room (室場).
    pub room: String,
    /// Date and time (利用日時), in Japan.
    pub span: Span,
    /// The purpose (利用目的), as the applicant wrote it.
    pub purpose: Personal<String>,
    /// How many people (利用人数).
    pub people: u32,
}

/// The part of an amount that falls under one tax rate (税率ごとの区分).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxShare {
    /// The rate of consumption tax, percent.
    pub rate_percent: u8,
    /// The amount under this rate, yen, tax included.
    pub amount_yen: Yen,
    /// The tax inside it, yen, rounded once per rate and paper (端数処理は1回).
    pub tax_included_yen: Yen,
}

/// What a permit says of the fee (使用料の納付).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeeStatus {
    /// Nothing is owed: a free use or 全額免除.
    Free,
    /// Paid (納付済).
    Paid {
        /// The day it was paid, in Japan.
        on: NaiveDate,
        /// By what: 「クレジットカード」, 「現金」.
        method: String,
    },
    /// Still owed (未納).
    Due {
        /// The last day to pay (納期限), in Japan.
        by: NaiveDate,
    },
}

/// A permit (使用許可書): an administrative disposition (行政処分, 地方自治法第244条の2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermitSheet {
    /// Who permits.
    pub issuer: Issuer,
    /// The number of the permit (許可番号).
    pub number: String,
    /// The day of the decision, in Japan.
    pub issued_on: NaiveDate,
    /// Who may use the room.
    pub addressee: Addressee,
    /// What is permitted.
    pub usage: Use,
    /// The articles it rests on: 「精華町立学校施設の開放に関する条例第5条」.
    pub basis: Option<String>,
    /// The quote's lines (料金内訳). Empty for a free use.
    pub lines: Vec<QuoteLine>,
    /// The fee, yen, tax included: the sum of `lines`.
    pub total_yen: Yen,
    /// What would be owed without the reduction (減免前の額), yen, where there is one.
    pub unreduced_yen: Option<Yen>,
    /// Whether the fee has been paid.
    pub fee: FeeStatus,
    /// What of the time was given up since it was permitted (一部取消の記録), one line each: the lines
    /// above stay what was charged.
    pub changes: Vec<String>,
    /// The conditions (使用条件), in order.
    pub conditions: Vec<String>,
    /// How to contest the decision (教示), one paragraph each.
    pub appeal_notice: Vec<String>,
    /// Prints （公印省略）under the issuer's name.
    pub seal_omitted: bool,
    /// The day of a reprint (再発行).
    pub reissued_on: Option<NaiveDate>,
    /// Facts on this paper that no source gives. Any at all make it a 見本.
    pub illustrative: Vec<String>,
}

/// A receipt (領収書, 適格簡易請求書).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptSheet {
    /// Who received the money, or on whose account.
    pub issuer: Issuer,
    /// The receipt number (領収書番号).
    pub number: String,
    /// The day of payment (領収日), in Japan.
    pub paid_on: NaiveDate,
    /// Who paid.
    pub payer: Addressee,
    /// For what.
    pub usage: Use,
    /// The quote's lines (料金内訳).
    pub lines: Vec<QuoteLine>,
    /// What was paid, yen, tax included: the sum of `lines` and of `taxes`.
    pub total_yen: Yen,
    /// What would have been owed without the reduction (減免前の額), yen, where there is one.
    pub unreduced_yen: Option<Yen>,
    /// The total per tax rate. Empty for revenue outside the consumption tax.
    pub taxes: Vec<TaxShare>,
    /// By what it was paid (支払方法): 「クレジットカード」, 「PayPay」, 「現金」.
    pub method: String,
    /// Fiscal year and account (年度・科目): 「令和8年度 使用料及び手数料」.
    pub account: Option<String>,
    /// Who took the money at the counter (取扱者).
    pub handled_by: Option<String>,
    /// The day of a reprint (再発行): prints a 再発行 mark.
    pub reissued_on: Option<NaiveDate>,
    /// Facts on this paper that no source gives. Any at all make it a 見本.
    pub illustrative: Vec<String>,
}

/// A refund notice (還付通知書, 適格返還請求書).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundSheet {
    /// Who pays back.
    pub issuer: Issuer,
    /// The number of the refund (還付番号).
    pub number: String,
    /// The day of the refund decision, in Japan.
    pub decided_on: NaiveDate,
    /// Who gets the money back.
    pub payee: Addressee,
    /// What had been booked and paid for.
    pub usage: Use,
    /// The time that was given up (取り消した時間): 「19:00–20:00」.
    pub given_up: String,
    /// The time that is still held; `None` when all was given up.
    pub left: Option<String>,
    /// The receipt that it takes back (領収書番号).
    pub receipt_number: String,
    /// The day of the original payment, in Japan.
    pub paid_on: NaiveDate,
    /// The quote's lines (料金内訳), as they were paid.
    pub lines: Vec<QuoteLine>,
    /// What would have been owed without the reduction (減免前の額), yen, where there is one.
    pub unreduced_yen: Option<Yen>,
    /// What had been paid, yen, tax included: the sum of `lines`.
    pub paid_yen: Yen,
    /// What of it was for the time that was given up, yen.
    pub paid_for_it_yen: Yen,
    /// What went back before, when other parts were given up, yen.
    pub refunded_before_yen: Yen,
    /// How what goes back was reckoned (還付の計算), line by line with its articles.
    pub reckoning: Vec<QuoteLine>,
    /// What goes back, yen, tax included: the sum of `reckoning` and of `taxes`, at most
    /// `paid_for_it_yen`.
    pub refund_yen: Yen,
    /// The refund per tax rate. Empty for revenue outside the consumption tax.
    pub taxes: Vec<TaxShare>,
    /// Why (還付の理由): 「利用者の都合による取消し」.
    pub reason: String,
    /// How it goes back: 「お支払いのクレジットカードへ返金」.
    pub method: String,
    /// When it can be expected, in words of the payment service.
    pub expected: Option<String>,
    /// How to contest the decision (教示), one paragraph each.
    pub appeal_notice: Vec<String>,
    /// The day of a reprint (再発行).
    pub reissued_on: Option<NaiveDate>,
    /// Facts on this paper that no source gives. Any at all make it a 見本.
    pub illustrative: Vec<String>,
}

/// A day sheet (収入日計表): what one drawer took and gave on one day, and what was counted. Bears no
/// payer's name: receipts are known by their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySheet {
    /// Whose money it is.
    pub issuer: Issuer,
    /// The number of the sheet (日計表番号).
    pub number: String,
    /// The counter's facility (施設).
    pub facility: String,
    /// The drawer (引出し): 「窓口 引出し2」.
    pub drawer: String,
    /// The day (収入日), in Japan.
    pub date: NaiveDate,
    /// Who opened it, and when.
    pub opened: Handled,
    /// Who counted and closed it, and when.
    pub closed: Handled,
    /// What was put in to give change from (釣銭準備金), yen.
    pub float_yen: Yen,
    /// What came in at this counter (収納), cash or not, in the order of the receipts.
    pub receipts: Vec<DayReceipt>,
    /// What went back at this counter (還付), cash or not.
    pub refunds: Vec<DayRefund>,
    /// What there should be in the drawer (あるべき現金), yen: float and cash in, less cash out.
    pub expected_yen: Yen,
    /// What was counted (実査), by note and coin.
    pub counted: CashCount,
    /// Why it is over or short, or what else was noted.
    pub reason: Option<String>,
    /// Facts on this paper that no source gives. Any at all make it a 見本.
    pub illustrative: Vec<String>,
}

/// Who did something at the counter, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handled {
    /// The clerk (担当者).
    pub by: String,
    /// When, UTC.
    pub at: DateTime<Utc>,
}

/// One receipt on a day sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayReceipt {
    /// The receipt number (領収書番号).
    pub number: String,
    /// The account (科目): 「使用料及び手数料 教育使用料」.
    pub account: String,
    /// For which facility (施設).
    pub facility: String,
    /// For which room (室場).
    pub room: String,
    /// As what the money came.
    pub means: Means,
    /// How much, yen, tax included.
    pub amount_yen: Yen,
    /// What had been let off (減免額), yen.
    pub reduced_yen: Yen,
}

/// One refund on a day sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRefund {
    /// The number of the refund (還付番号).
    pub number: String,
    /// The receipt that it takes back (領収書番号).
    pub receipt_number: String,
    /// The account (科目).
    pub account: String,
    /// For which facility (施設).
    pub facility: String,
    /// For which room (室場).
    pub room: String,
    /// As what the money went back.
    pub means: Means,
    /// How much, yen, tax included.
    pub amount_yen: Yen,
}
