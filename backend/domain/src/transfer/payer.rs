//! Who sends the money (振込依頼人): the town, at its own bank.

use serde::{Deserialize, Serialize};

use super::kana::for_banks;

/// The town's account at its bank (指定金融機関), as agreed with it, in the town file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Payer {
    /// The code that the bank gave (振込依頼人コード・委託者コード), ten digits.
    pub code: String,
    /// The town's name in katakana, at most 40 half-width letters.
    pub name: String,
    /// The bank's number (金融機関コード), four digits.
    pub bank: String,
    /// The bank's name in katakana, at most 15 half-width letters.
    pub bank_name: String,
    /// The branch's number (支店コード), three digits.
    pub branch: String,
    /// The branch's name in katakana, at most 15 half-width letters.
    pub branch_name: String,
    /// The number of the ordinary account (普通預金の口座番号), seven digits.
    pub number: String,
    /// True when no source gives these facts; shown as 見本.
    #[serde(default, skip_serializing_if = "crate::town::is_false")]
    pub illustrative: bool,
}

impl Payer {
    /// Checks that it fits a record.
    ///
    /// # Errors
    /// The name of the field that does not.
    pub fn check(&self) -> Result<(), &'static str> {
        self.fields().map(drop)
    }

    /// The fields of a header record, each of its width.
    pub(super) fn fields(&self) -> Result<PayerFields, &'static str> {
        Ok(PayerFields {
            code: number(&self.code, 10).ok_or("code")?,
            name: name(&self.name, 40).ok_or("name")?,
            bank: number(&self.bank, 4).ok_or("bank")?,
            bank_name: name(&self.bank_name, 15).ok_or("bank_name")?,
            branch: number(&self.branch, 3).ok_or("branch")?,
            branch_name: name(&self.branch_name, 15).ok_or("branch_name")?,
            account: number(&self.number, 7).ok_or("number")?,
        })
    }
}

/// A payer as a header record has it.
pub(super) struct PayerFields {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) bank: String,
    pub(super) bank_name: String,
    pub(super) branch: String,
    pub(super) branch_name: String,
    pub(super) account: String,
}

/// Exactly so many digits, zeros before them.
fn number(digits: &str, width: usize) -> Option<String> {
    let fits = digits.len() <= width && digits.bytes().all(|one| one.is_ascii_digit());
    (fits && !digits.is_empty()).then(|| format!("{digits:0>width$}"))
}

/// A name as banks read it, spaces after it.
fn name(text: &str, width: usize) -> Option<String> {
    let letters = for_banks(text).ok()?;
    let fits = !letters.is_empty() && letters.chars().count() <= width;
    fits.then(|| format!("{letters:width$}"))
}
