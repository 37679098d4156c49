use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::ids::StaffId;
use crate::money::Yen;

fn ordinary<'a>(bank: &'a str, branch: &'a str, number: &'a str) -> TypedAccount<'a> {
    TypedAccount::Bank {
        bank,
        branch,
        kind: AccountKind::Ordinary,
        number,
    }
}

fn payer() -> Payer {
    Payer {
        code: "1234567890".to_owned(),
        name: "セイカチョウカイケイカンリシャ".to_owned(),
        bank: "0158".to_owned(),
        bank_name: "キョウト".to_owned(),
        branch: "123".to_owned(),
        branch_name: "セイカ".to_owned(),
        number: "0000123".to_owned(),
        illustrative: true,
    }
}

#[test]
fn names_are_written_as_banks_read_them() {
    for (typed, sent) in [
        ("ヤマダ ハナコ", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        ("やまだ　はなこ", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        ("ﾔﾏﾀﾞ ﾊﾅｺ", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        ("  パーキンソン・ジョン ", "ﾊﾟ-ｷﾝｿﾝ.ｼﾞﾖﾝ"),
        ("キャッツ（カ", "ｷﾔﾂﾂ(ｶ"),
        ("ヴァン　デン", "ｳﾞｱﾝ ﾃﾞﾝ"),
        ("ＡＢＣ abc １２", "ABC ABC 12"),
        ("ヲノ", "ｵﾉ"),
    ] {
        assert_eq!(for_banks(typed).as_deref(), Ok(sent), "{typed}");
    }
    assert_eq!(for_banks("山田"), Err(NotForBanks('山')));
    assert_eq!(for_banks("ヤマダ😀"), Err(NotForBanks('😀')));
}

#[test]
fn an_account_is_read_however_its_digits_are_typed() {
    let account =
        BankAccount::read(ordinary("０１５８", "1 2 3", "12-345"), "ヤマダ ハナコ").unwrap();
    assert_eq!(account.bank(), "0158");
    assert_eq!(account.branch().as_str(), "123");
    assert_eq!(account.number(), "0012345");
    assert_eq!(account.holder(), "ﾔﾏﾀﾞ ﾊﾅｺ");
    assert_eq!(account.masked_number(), "****345");
    assert_eq!(format!("{account:?}"), "BankAccount(***)");
}

#[test]
fn all_that_is_wrong_with_an_account_is_said_at_once() {
    use NotAnAccount::{Bank, Branch, Holder, Number, Symbol, YuchoNumber};
    for (typed, holder, wrong) in [
        (
            ordinary("158", "12", "12345678"),
            "山田",
            vec![Bank, Branch, Number, Holder],
        ),
        (ordinary("0158", "123", ""), "", vec![Number, Holder]),
        (ordinary("015a", "1２3", "-"), "ヤマダ", vec![Bank, Number]),
        (
            TypedAccount::Yucho {
                symbol: "21450",
                number: "12345671",
            },
            "ヤマダ",
            vec![Symbol],
        ),
        (
            TypedAccount::Yucho {
                symbol: "1145",
                number: "12345672",
            },
            "ヤマダ",
            vec![Symbol, YuchoNumber],
        ),
        (
            TypedAccount::Yucho {
                symbol: "11450",
                number: "123456781",
            },
            "ヤマダ",
            vec![YuchoNumber],
        ),
        (
            TypedAccount::Yucho {
                symbol: "11450",
                number: "1",
            },
            "ヤマダ",
            vec![YuchoNumber],
        ),
        (
            TypedAccount::Yucho {
                symbol: "00530",
                number: "12345678",
            },
            "ヤマダ",
            vec![YuchoNumber],
        ),
    ] {
        assert_eq!(
            BankAccount::read(typed, holder),
            Err(wrong),
            "{typed:?} {holder}"
        );
    }
}

/// ゆうちょ銀行「記号・番号から振込用の店名・預金種目・口座番号への変換」.
#[test]
fn a_passbook_of_the_post_bank_becomes_a_branch_and_a_number() {
    for (symbol, number, branch, kind, sent) in [
        ("10530", "12345671", "058", AccountKind::Ordinary, "1234567"),
        ("17300", "19927651", "738", AccountKind::Ordinary, "1992765"),
        ("14210", "521", "428", AccountKind::Ordinary, "0000052"),
        ("00530", "12345", "059", AccountKind::Current, "0012345"),
    ] {
        let typed = TypedAccount::Yucho { symbol, number };
        let account = BankAccount::read(typed, "ヤマダ").unwrap();
        assert_eq!(account.bank(), YUCHO);
        assert_eq!(account.branch().as_str(), branch, "{symbol}");
        assert_eq!(account.kind(), kind);
        assert_eq!(account.number(), sent);
    }
}

/// 全銀協制定ファイルフォーマット【総合振込】, position by position.
#[test]
fn an_order_is_written_record_by_record_as_the_banks_say() {
    let one = BankAccount::read(ordinary("0001", "211", "1"), "ヤマダ ハナコ").unwrap();
    let two = TypedAccount::Yucho {
        symbol: "10530",
        number: "12345671",
    };
    let two = BankAccount::read(two, "キノシタ イチロウ").unwrap();
    let items = [
        OrderItem {
            account: &one,
            amount: Yen::new(1_200),
            reference: 7,
        },
        OrderItem {
            account: &two,
            amount: Yen::new(30),
            reference: 8,
        },
    ];
    let on = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
    let file = zengin(&payer(), on, &items).unwrap();
    let records: Vec<&str> = file.split_terminator("\r\n").collect();
    let town = format!("0{:40}", "ｾｲｶﾁﾖｳｶｲｹｲｶﾝﾘｼﾔ");
    let bank = format!("0158{:15}123{:15}10000123{:17}", "ｷﾖｳﾄ", "ｾｲｶ", "");
    let header = format!("1210123456789{town}1204{bank}");
    let data = |bank: &str, branch: &str, number: &str, holder: &str, yen: u32, known_as: u32| {
        format!(
            "2{bank}{:15}{branch}{:15}00001{number}{holder:30}{yen:010}0{known_as:010}00000000007{:8}",
            "", "", ""
        )
    };
    assert_eq!(
        records,
        [
            header,
            data("0001", "211", "0000001", "ﾔﾏﾀﾞ ﾊﾅｺ", 1_200, 7),
            data("9900", "058", "1234567", "ｷﾉｼﾀ ｲﾁﾛｳ", 30, 8),
            format!("8000002000000001230{:101}", ""),
            format!("9{:119}", ""),
        ]
    );
}

#[test]
fn a_file_is_one_byte_for_each_letter() {
    assert_eq!(in_jis("2A ｡ｱﾝﾞﾟ\r\n"), b"2A \xA1\xB1\xDD\xDE\xDF\r\n");
}

/// 銀行法施行令第5条.
#[test]
fn banks_rest_at_weekends_on_holidays_and_over_the_new_year() {
    for (date, works) in [
        ("2026-11-30", true),
        ("2026-11-28", false),
        ("2026-11-29", false),
        ("2026-11-23", false),
        ("2026-12-30", true),
        ("2026-12-31", false),
        ("2027-01-02", false),
        ("2027-01-03", false),
        ("2027-01-04", true),
    ] {
        assert_eq!(is_bank_day(date.parse().unwrap()), works, "{date}");
    }
    let next = |date: &str| next_bank_day(date.parse().unwrap()).to_string();
    assert_eq!(next("2026-11-27"), "2026-11-30");
    assert_eq!(next("2026-12-30"), "2027-01-04");
}

#[test]
fn what_does_not_fit_a_record_is_said_by_its_field() {
    let on = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
    let long = Payer {
        bank_name: "ナガイナマエノギンコウデスヨ".to_owned(),
        ..payer()
    };
    assert_eq!(zengin(&long, on, &[]), Err(Overfull::Payer("bank_name")));
    let kanji = Payer {
        name: "精華町".to_owned(),
        ..payer()
    };
    assert_eq!(zengin(&kanji, on, &[]), Err(Overfull::Payer("name")));
    let letters = Payer {
        code: "12345678901".to_owned(),
        ..payer()
    };
    assert_eq!(zengin(&letters, on, &[]), Err(Overfull::Payer("code")));
}

#[test]
fn an_order_needs_two_people_and_a_bank() {
    let [first, second] = [1, 2].map(|id| StaffId(Uuid::from_u128(id)));
    let now = chrono::DateTime::from_timestamp(1_764_500_000, 0).unwrap();
    let today = crate::civil::date_at(now);
    let prepared = OrderState::Prepared;
    assert_eq!(
        prepared.approve(first, first, now),
        Err(OrderRefusal::OwnOrder)
    );
    assert_eq!(
        prepared.carry_out(today, first, (now, today)),
        Err(OrderRefusal::Elsewhere)
    );
    let approved = prepared.approve(first, second, now).unwrap();
    assert_eq!(
        approved.approve(first, second, now),
        Err(OrderRefusal::Elsewhere)
    );
    let tomorrow = today.succ_opt().unwrap();
    assert_eq!(
        approved.carry_out(tomorrow, first, (now, today)),
        Err(OrderRefusal::ToCome)
    );
    let done = approved.carry_out(today, first, (now, today)).unwrap();
    assert!(!done.is_under_way());
    assert_eq!(done.withdraw(first, now), Err(OrderRefusal::Elsewhere));
    assert!(matches!(
        approved.withdraw(first, now),
        Ok(OrderState::Withdrawn { .. })
    ));
}

proptest! {
    /// Whatever a holder is called, a record keeps its length: one letter too many would move every
    /// amount after it.
    #[test]
    fn every_record_is_120_letters_long(
        holder in "[ァ-ヶa-zA-Z0-9 ()ー・がぱん]{1,60}",
        yen in any::<u32>(),
        known_as in any::<u32>(),
    ) {
        let Ok(account) = BankAccount::read(ordinary("0158", "123", "1"), &holder) else {
            // Only spaces.
            return Ok(());
        };
        let item = OrderItem { account: &account, amount: Yen::new(yen), reference: known_as };
        let on = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        let file = zengin(&payer(), on, &[item]).unwrap();
        for record in file.split_terminator("\r\n") {
            prop_assert_eq!(record.chars().count(), RECORD_LENGTH);
            prop_assert!(record.chars().all(|one| one.is_ascii() || ('ｱ'..='ﾟ').contains(&one)));
        }
    }
}
