//! A bank account (口座) that money is sent to.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::kana::for_banks;

/// ゆうちょ銀行, whose passbooks show 記号 and 番号 instead of a branch and a number.
pub const YUCHO: &str = "9900";

/// How long a holder's name may be, half-width letters: what a record holds.
pub const HOLDER_MOST: usize = 30;

/// The kind of an account (預金種目).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// 普通預金.
    Ordinary,
    /// 当座預金.
    Current,
    /// 貯蓄預金.
    Savings,
}

impl AccountKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Ordinary, Self::Current, Self::Savings];

    /// As it stands in the database, in JSON and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Current => "current",
            Self::Savings => "savings",
        }
    }

    /// The digit in a bank's record (全銀協規定形式).
    #[must_use]
    pub const fn digit(self) -> char {
        match self {
            Self::Ordinary => '1',
            Self::Current => '2',
            Self::Savings => '4',
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// As people read it.
impl fmt::Display for AccountKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ordinary => "普通",
            Self::Current => "当座",
            Self::Savings => "貯蓄",
        })
    }
}

/// A branch's number (支店番号), three digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BranchCode(String);

impl BranchCode {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An account as somebody typed it: at a bank with a branch and a number, or at ゆうちょ銀行 as its
/// passbook shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedAccount<'a> {
    /// 銀行・信用金庫・農協など.
    Bank {
        /// The bank's number (金融機関コード), four digits.
        bank: &'a str,
        /// The branch's number (支店コード), three digits.
        branch: &'a str,
        /// The kind.
        kind: AccountKind,
        /// The number (口座番号), up to seven digits.
        number: &'a str,
    },
    /// ゆうちょ銀行.
    Yucho {
        /// 記号, five digits.
        symbol: &'a str,
        /// 番号, up to eight digits.
        number: &'a str,
    },
}

/// A bank account (口座) that passed what can be checked without asking its bank.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BankAccount {
    bank: String,
    branch: BranchCode,
    kind: AccountKind,
    number: String,
    holder: String,
}

/// Personal data: what a log would show of it.
impl fmt::Debug for BankAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BankAccount(***)")
    }
}

/// What is wrong with an account that was typed. No check asks a bank: an account that does not exist
/// passes, and its transfer comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAccount {
    /// Not four digits, or ゆうちょ銀行 by the number of another bank's account.
    #[error("金融機関コードは4けたの数字です")]
    Bank,
    /// Not three digits.
    #[error("支店コードは3けたの数字です")]
    Branch,
    /// No digits, or more than seven.
    #[error("口座番号は7けたまでの数字です")]
    Number,
    /// Not five digits that begin with 1 or 0.
    #[error("記号は、1か0で始まる5けたの数字です")]
    Symbol,
    /// Not two to eight digits; of an account that begins with 1, one that ends in another digit than 1.
    #[error("番号は8けたまでの数字で、記号が1で始まるときは、1で終わります")]
    YuchoNumber,
    /// Nothing, or letters that no bank takes.
    #[error("口座名義は、通帳のとおりにカタカナで入力してください")]
    Holder,
}

impl BankAccount {
    /// An account from what was typed; digits may be full-width, spaces and hyphens between them are
    /// left out. A holder longer than [`HOLDER_MOST`] is cut there, as banks do.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(typed: TypedAccount<'_>, holder: &str) -> Result<Self, Vec<NotAnAccount>> {
        let mut wrong = Vec::new();
        let mut taken = |read: Option<String>, problem| {
            read.unwrap_or_else(|| {
                wrong.push(problem);
                String::new()
            })
        };
        let (bank, branch, kind, number) = match typed {
            TypedAccount::Bank {
                bank,
                branch,
                kind,
                number,
            } => (
                taken(exactly(bank, 4), NotAnAccount::Bank),
                taken(exactly(branch, 3), NotAnAccount::Branch),
                kind,
                taken(up_to(number, 7), NotAnAccount::Number),
            ),
            TypedAccount::Yucho { symbol, number } => {
                let symbol = exactly(symbol, 5).filter(|digits| digits.starts_with(['0', '1']));
                let is_giro = symbol
                    .as_ref()
                    .is_some_and(|digits| digits.starts_with('0'));
                let number = yucho_number(number, is_giro);
                (
                    YUCHO.to_owned(),
                    taken(
                        symbol.and_then(|digits| yucho_branch(&digits)),
                        NotAnAccount::Symbol,
                    ),
                    if is_giro {
                        AccountKind::Current
                    } else {
                        AccountKind::Ordinary
                    },
                    taken(number, NotAnAccount::YuchoNumber),
                )
            }
        };
        let holder = taken(holder_for_banks(holder), NotAnAccount::Holder);
        if wrong.is_empty() {
            Ok(Self {
                bank,
                branch: BranchCode(branch),
                kind,
                number,
                holder,
            })
        } else {
            Err(wrong)
        }
    }

    /// The bank's number (金融機関コード), four digits.
    #[must_use]
    pub fn bank(&self) -> &str {
        &self.bank
    }

    /// The branch's number (支店コード).
    #[must_use]
    pub const fn branch(&self) -> &BranchCode {
        &self.branch
    }

    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> AccountKind {
        self.kind
    }

    /// The number (口座番号), seven digits.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Its holder (口座名義) in half-width letters.
    #[must_use]
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// The number with only its last three digits shown: enough to know one's own account again.
    #[must_use]
    pub fn masked_number(&self) -> String {
        let shown: String = self.number.chars().skip(4).collect();
        format!("****{shown}")
    }
}

/// The digits of `text`, full-width ones too, without spaces and hyphens; `None` for anything else.
fn digits(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;
    let plain: String = text
        .nfkc()
        .filter(|one| !one.is_whitespace() && !matches!(one, '-' | '‐' | 'ー' | '−'))
        .collect();
    let all = !plain.is_empty() && plain.bytes().all(|one| one.is_ascii_digit());
    all.then_some(plain)
}

fn exactly(text: &str, count: usize) -> Option<String> {
    digits(text).filter(|digits| digits.len() == count)
}

fn up_to(text: &str, most: usize) -> Option<String> {
    let digits = digits(text)?;
    (digits.len() <= most).then(|| format!("{digits:0>most$}"))
}

/// ゆうちょ銀行's branch: 記号's second and third digit, then 8, or 9 for a giro account (振替口座).
fn yucho_branch(symbol: &str) -> Option<String> {
    let last = if symbol.starts_with('0') { '9' } else { '8' };
    symbol.get(1..3).map(|digits| format!("{digits}{last}"))
}

/// ゆうちょ銀行's account number: 番号 without the 1 it ends with; a giro account's as it is.
fn yucho_number(number: &str, is_giro: bool) -> Option<String> {
    if is_giro {
        return up_to(number, 7);
    }
    let digits = digits(number)?;
    let number = digits.strip_suffix('1')?;
    up_to(number, 7)
}

fn holder_for_banks(holder: &str) -> Option<String> {
    let letters = for_banks(holder).ok()?;
    let cut: String = letters.chars().take(HOLDER_MOST).collect();
    (!cut.is_empty()).then_some(cut)
}
