//! The file that a bank takes (総合振込, 全銀協規定形式): records of 120 half-width letters.
//!
//! Layout as the banks publish it (全銀協制定ファイルフォーマット【総合振込】): header, data, trailer,
//! end. Numbers stand to the right with zeros before them, letters to the left with spaces after.

use chrono::{Datelike, NaiveDate};

use super::account::BankAccount;
use super::payer::{Payer, PayerFields};
use crate::money::{Yen, YenOutOfRange};

/// Letters of a record, its end of line not counted.
pub const RECORD_LENGTH: usize = 120;

/// How many transfers one file may hold: what its trailer can count.
pub const MOST_ITEMS: usize = 999_999;

/// One transfer of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderItem<'a> {
    /// Where to.
    pub account: &'a BankAccount,
    /// How much, yen.
    pub amount: Yen,
    /// What the town knows it by (顧客コード): digits, at most ten.
    pub reference: u32,
}

/// What does not fit the format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Overfull {
    /// The town's own data do not fit: the name of the field in the town file.
    #[error("the payer's `{0}` does not fit a record")]
    Payer(&'static str),
    /// More transfers than a file holds.
    #[error("an order holds at most {MOST_ITEMS} transfers")]
    Items,
    /// The sum is past what we count.
    #[error(transparent)]
    Sum(#[from] YenOutOfRange),
}

/// The file's text: only letters of JIS X 0201, every record ended by CR LF.
///
/// # Errors
/// [`Overfull`].
pub fn zengin(payer: &Payer, on: NaiveDate, items: &[OrderItem<'_>]) -> Result<String, Overfull> {
    if items.len() > MOST_ITEMS {
        return Err(Overfull::Items);
    }
    let sum = Yen::sum(items.iter().map(|item| item.amount))?;
    let mut records = vec![header(payer, on)?];
    records.extend(items.iter().map(data));
    records.push(filled(&format!("8{:06}{:012}", items.len(), sum.get())));
    records.push(filled("9"));
    Ok(records
        .into_iter()
        .flat_map(|record| [record, "\r\n".to_owned()])
        .collect())
}

fn header(payer: &Payer, on: NaiveDate) -> Result<String, Overfull> {
    let PayerFields {
        code,
        name,
        bank,
        bank_name,
        branch,
        branch_name,
        account,
    } = payer.fields().map_err(Overfull::Payer)?;
    let (month, day) = (on.month(), on.day());
    // 21: 総合振込; 0: JIS; the account is an ordinary one.
    Ok(filled(&format!(
        "1210{code}{name}{month:02}{day:02}{bank}{bank_name}{branch}{branch_name}1{account}"
    )))
}

fn data(item: &OrderItem<'_>) -> String {
    let account = item.account;
    let holder = padded(account.holder(), 30);
    // Names of bank and branch may be left out: the numbers decide. 手形交換所番号 is not used.
    filled(&format!(
        "2{bank}{no_name:15}{branch}{no_name:15}0000{kind}{number}{holder}{amount:010}\
         0{reference:010}{none:010}7",
        bank = account.bank(),
        no_name = "",
        branch = account.branch().as_str(),
        kind = account.kind().digit(),
        number = account.number(),
        amount = item.amount.get(),
        reference = item.reference,
        none = 0,
    ))
}

fn padded(text: &str, width: usize) -> String {
    format!("{text:width$}")
}

fn filled(record: &str) -> String {
    padded(record, RECORD_LENGTH)
}

/// A file's text as bytes of JIS X 0201, one for each letter: what banks' computers read.
#[must_use]
pub fn in_jis(text: &str) -> Vec<u8> {
    text.chars().map(byte).collect()
}

/// Half-width katakana stand at 0xA1 in JIS X 0201 and at U+FF61 in Unicode, in the same order. Records
/// hold nothing else that is not ASCII.
fn byte(letter: char) -> u8 {
    let moved = u32::from(letter).checked_sub(0xFF61 - 0xA1);
    let katakana = moved.and_then(|code| u8::try_from(code).ok());
    u8::try_from(letter)
        .ok()
        .filter(u8::is_ascii)
        .or(katakana)
        .unwrap_or(b' ')
}
