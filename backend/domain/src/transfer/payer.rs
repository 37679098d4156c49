//! Who sends the money (振込依頼人): the town, at its own bank.

use serde::{Deserialize, Serialize};

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
}
