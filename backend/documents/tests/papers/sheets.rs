//! Sheets as a town would print them, and the worst that people can make of them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::civil::{self, TimeOfDay};
use domain::money::{SignedYen, Yen};
use domain::payment::{Means, PaymentMethod};
use domain::quote::{Component, QuoteLine};
use domain::span::{Cell, Span};
use domain::till::{CashCount, Denomination};
use usecases::ports::documents::{
    Addressee, DayReceipt, DayRefund, DaySheet, FeeStatus, Handled, Issuer, PermitSheet,
    ReceiptSheet, RefundSheet, TaxShare, Use,
};
use usecases::ports::personal::Personal;

/// Markup, quotes, 外字, a variant no font has, an emoji and a bidi override, in one field.
pub const HOSTILE: &str = "<script>alert(1)</script> #panic() \"'`\\ $x$ @ref *b* _i_ [c] // 𠮷\u{E000}葛\u{E01EE}😀\u{202E}";

pub fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn evening() -> Span {
    let cell =
        |time: &str| Cell::at(date(2026, 11, 28), time.parse::<TimeOfDay>().unwrap()).unwrap();
    Span::new(cell("18:00"), cell("20:00")).unwrap()
}

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

pub fn line(label: &str, basis: &str, quantity: u32, unit: u32) -> QuoteLine {
    QuoteLine {
        label: label.to_owned(),
        basis: basis.to_owned(),
        component: Component::Room,
        quantity,
        unit_yen: Yen::new(unit).into(),
        amount_yen: Yen::new(quantity * unit).into(),
    }
}

fn issuer() -> Issuer {
    Issuer {
        municipality: "京都府精華町".to_owned(),
        name: "精華町教育委員会".to_owned(),
        registration_number: Some("T0000000000000".to_owned()),
        contact: vec![
            "生涯学習課 施設予約係".to_owned(),
            "〒619-0285 京都府相楽郡精華町大字南稲八妻小字北尻70番地".to_owned(),
            "電話 0774-00-0000（平日 8:30–17:15）".to_owned(),
        ],
        is_municipality: true,
    }
}

fn hanako() -> Addressee {
    Addressee {
        group: Some(personal("むくのき剣道会")),
        name: personal("山田 花子"),
    }
}

fn gym() -> Use {
    Use {
        reservation_number: "SK-7F3K-92QD".to_owned(),
        facility: "精華西中学校".to_owned(),
        room: "体育館（全面）".to_owned(),
        span: evening(),
        purpose: personal("剣道の練習"),
        people: 24,
    }
}

fn gym_lines() -> Vec<QuoteLine> {
    vec![
        line("体育館（全面） 18:00–20:00", "条例第8条第2項 別表1", 2, 200),
        line("照明 18:00–20:00", "条例第8条第2項 別表2", 2, 200),
    ]
}

fn appeal() -> Vec<String> {
    vec![
        "この決定に不服がある場合は、この決定があったことを知った日の翌日から起算して3か月以内に、精華町長に対して審査請求をすることができます。".to_owned(),
        "この決定の取消しを求める訴えは、この決定があったことを知った日の翌日から起算して6か月以内に、精華町を被告として提起することができます。".to_owned(),
    ]
}

/// 精華西中 体育館, one evening, paid by card.
pub fn permit() -> PermitSheet {
    PermitSheet {
        issuer: issuer(),
        number: "精教生許第8-000123号".to_owned(),
        issued_on: date(2026, 11, 21),
        addressee: hanako(),
        usage: gym(),
        basis: Some("精華町立学校施設の開放に関する条例第5条".to_owned()),
        lines: gym_lines(),
        total_yen: Yen::new(800),
        unreduced_yen: None,
        fee: FeeStatus::Paid {
            on: date(2026, 11, 21),
            method: "クレジットカード".to_owned(),
        },
        changes: Vec::new(),
        conditions: [
            "使用時間には、準備と後片付けの時間を含みます。",
            "使用を終えたときは、清掃と消灯を行い、使用日誌を受付に返してください。",
            "使用の権利を他の人に譲り、又は転貸することはできません。",
            "災害時には避難所として使うため、使用を取り消すことがあります。",
        ]
        .map(str::to_owned)
        .to_vec(),
        appeal_notice: appeal(),
        seal_omitted: true,
        reissued_on: None,
        illustrative: Vec::new(),
    }
}

/// The receipt to [`permit`].
pub fn receipt() -> ReceiptSheet {
    ReceiptSheet {
        issuer: issuer(),
        number: "R8-01-000456".to_owned(),
        paid_on: date(2026, 11, 21),
        payer: hanako(),
        usage: gym(),
        lines: gym_lines(),
        total_yen: Yen::new(800),
        unreduced_yen: None,
        taxes: vec![TaxShare {
            rate_percent: 10,
            amount_yen: Yen::new(800),
            tax_included_yen: Yen::new(72),
        }],
        method: "クレジットカード".to_owned(),
        account: Some("令和8年度 使用料及び手数料 教育使用料".to_owned()),
        handled_by: None,
        reissued_on: None,
        illustrative: Vec::new(),
    }
}

/// The refund of half of [`receipt`].
pub fn refund() -> RefundSheet {
    RefundSheet {
        issuer: issuer(),
        number: "H8-000012".to_owned(),
        decided_on: date(2026, 11, 25),
        payee: hanako(),
        usage: gym(),
        given_up: "18:00–20:00 の全部".to_owned(),
        left: None,
        receipt_number: "R8-01-000456".to_owned(),
        paid_on: date(2026, 11, 21),
        lines: gym_lines(),
        unreduced_yen: None,
        paid_yen: Yen::new(800),
        paid_for_it_yen: Yen::new(800),
        refunded_before_yen: Yen::ZERO,
        reckoning: vec![line(
            "利用日の3日前までの取消（50%）",
            "条例第10条ただし書・規則第8条",
            1,
            400,
        )],
        refund_yen: Yen::new(400),
        taxes: vec![TaxShare {
            rate_percent: 10,
            amount_yen: Yen::new(400),
            tax_included_yen: Yen::new(36),
        }],
        reason: "利用者の都合による取消し".to_owned(),
        method: "お支払いのクレジットカードへ返金".to_owned(),
        expected: Some("カード会社により5–10日ほどかかります".to_owned()),
        appeal_notice: appeal(),
        reissued_on: None,
        illustrative: Vec::new(),
    }
}

/// The lines of [`gym_lines`], of which the half of the room was let off.
fn reduced_lines() -> Vec<QuoteLine> {
    let mut lines = gym_lines();
    let off = SignedYen::new(-200);
    lines.push(QuoteLine {
        unit_yen: off,
        amount_yen: off,
        ..line("減免 障害のある方（50%）", "条例第9条第1項第2号", 1, 0)
    });
    lines
}

/// [`permit`] with a reduction.
pub fn reduced_permit() -> PermitSheet {
    PermitSheet {
        lines: reduced_lines(),
        total_yen: Yen::new(600),
        unreduced_yen: Some(Yen::new(800)),
        ..permit()
    }
}

/// [`receipt`] with a reduction.
pub fn reduced_receipt() -> ReceiptSheet {
    ReceiptSheet {
        lines: reduced_lines(),
        total_yen: Yen::new(600),
        unreduced_yen: Some(Yen::new(800)),
        taxes: vec![TaxShare {
            rate_percent: 10,
            amount_yen: Yen::new(600),
            tax_included_yen: Yen::new(54),
        }],
        ..receipt()
    }
}

/// The second part of [`reduced_receipt`] that is given up, by somebody with the longest name.
pub fn part_refund() -> RefundSheet {
    let half_hour = |clock: &str, yen| {
        let label = format!("{clock} 利用日の7日前までの取消（100%）");
        line(&label, "条例第10条ただし書・規則第8条第1項第1号", 1, yen)
    };
    RefundSheet {
        number: "H8-000012-2".to_owned(),
        payee: crowded_receipt().payer,
        given_up: "19:00–20:00".to_owned(),
        left: Some("18:30–19:00".to_owned()),
        lines: reduced_lines(),
        unreduced_yen: Some(Yen::new(800)),
        paid_yen: Yen::new(600),
        paid_for_it_yen: Yen::new(300),
        refunded_before_yen: Yen::new(150),
        reckoning: vec![half_hour("19:00–19:30", 150), half_hour("19:30–20:00", 150)],
        refund_yen: Yen::new(300),
        taxes: vec![TaxShare {
            rate_percent: 10,
            amount_yen: Yen::new(300),
            tax_included_yen: Yen::new(27),
        }],
        ..refund()
    }
}

/// A 40-character name, a long purpose, 30 lines, 7-digit yen: what the layout has to hold.
pub fn crowded_receipt() -> ReceiptSheet {
    let lines: Vec<_> = (1..=30)
        .map(|n| {
            let label = format!(
                "第{n:02}競技場 大会開催日（土日祝） 9:00–21:00 全面・観覧席・放送設備一式"
            );
            line(
                &label,
                "条例第8条第2項 別表1の2 備考第3号（町外・営利）",
                n,
                98_765,
            )
        })
        .collect();
    let total = SignedYen::sum(lines.iter().map(|line| line.amount_yen)).unwrap();
    let tax = Yen::new(u32::try_from(total.as_i64() * 10 / 110).unwrap());
    let mut sheet = receipt();
    sheet.payer = Addressee {
        group: Some(personal(
            "特定非営利活動法人 京都府相楽郡スポーツ・レクリエーション振興協議会連合会",
        )),
        name: personal(
            "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処やぶら",
        ),
    };
    sheet.usage.purpose = personal(
        "第38回 近畿地区 中学生・高校生 合同剣道選手権大会 京都府予選（開会式・閉会式を含む）",
    );
    sheet.usage.people = 12_345;
    sheet.lines = lines;
    sheet.total_yen = total;
    sheet.taxes = vec![TaxShare {
        rate_percent: 10,
        amount_yen: total,
        tax_included_yen: tax,
    }];
    sheet.handled_by = Some("佐藤（窓口 引出し#2）".to_owned());
    sheet.reissued_on = Some(date(2026, 12, 3));
    sheet.illustrative = vec!["登録番号".to_owned(), "照明の料金".to_owned()];
    sheet
}

/// Hostile text in every field of a permit.
pub fn hostile_permit() -> PermitSheet {
    let text = || HOSTILE.to_owned();
    PermitSheet {
        issuer: hostile_issuer(),
        number: text(),
        issued_on: date(2026, 11, 21),
        addressee: Addressee {
            group: Some(personal(HOSTILE)),
            name: personal(HOSTILE),
        },
        usage: hostile_use(),
        basis: Some(text()),
        lines: vec![line(HOSTILE, HOSTILE, 1, 1_234_567)],
        total_yen: Yen::new(1_234_567),
        unreduced_yen: Some(Yen::new(u32::MAX)),
        fee: FeeStatus::Paid {
            on: date(2026, 11, 21),
            method: text(),
        },
        changes: vec![text(), "！".repeat(200)],
        conditions: vec![text(), String::new(), "x".repeat(300), "！".repeat(200)],
        appeal_notice: vec![text()],
        seal_omitted: true,
        reissued_on: Some(date(2026, 11, 22)),
        illustrative: vec![text()],
    }
}

/// Hostile text in every field of a receipt.
pub fn hostile_receipt() -> ReceiptSheet {
    let text = || HOSTILE.to_owned();
    ReceiptSheet {
        issuer: hostile_issuer(),
        number: text(),
        payer: Addressee {
            group: None,
            name: personal(HOSTILE),
        },
        usage: hostile_use(),
        lines: vec![line(HOSTILE, HOSTILE, 4, 200)],
        method: text(),
        account: Some(text()),
        handled_by: Some(text()),
        illustrative: vec![text()],
        ..receipt()
    }
}

/// Hostile text in every field of a refund notice.
pub fn hostile_refund() -> RefundSheet {
    let text = || HOSTILE.to_owned();
    RefundSheet {
        issuer: hostile_issuer(),
        number: text(),
        payee: Addressee {
            group: None,
            name: personal(HOSTILE),
        },
        usage: hostile_use(),
        receipt_number: text(),
        reason: text(),
        given_up: text(),
        left: Some(text()),
        lines: vec![line(HOSTILE, HOSTILE, 4, 200)],
        reckoning: vec![line(HOSTILE, HOSTILE, 1, 400)],
        method: text(),
        expected: Some(text()),
        appeal_notice: vec![text()],
        illustrative: vec![text()],
        ..refund()
    }
}

fn at(clock: &str) -> DateTime<Utc> {
    civil::instant(date(2026, 11, 28), clock.parse().unwrap())
}

fn handled(by: &str, clock: &str) -> Handled {
    Handled {
        by: by.to_owned(),
        at: at(clock),
    }
}

pub fn count(pieces: &[(u32, i64)]) -> CashCount {
    let kind = |yen| Denomination::of_yen(yen).unwrap();
    CashCount::new(pieces.iter().map(|(yen, pieces)| (kind(*yen), *pieces))).unwrap()
}

const EDUCATION: &str = "使用料及び手数料 教育使用料";
const GENERAL: &str = "使用料及び手数料 総務使用料";

/// `of` is account, facility and room.
fn day_receipt(number: u32, of: [&str; 3], means: Means, amount: u32) -> DayReceipt {
    let [account, facility, room] = of.map(str::to_owned);
    DayReceipt {
        number: format!("{number:08}"),
        account,
        facility,
        room,
        means,
        amount_yen: Yen::new(amount),
        reduced_yen: Yen::ZERO,
    }
}

/// A Saturday at the counter: cash, card, one cash refund, 30 円 short.
pub fn day_sheet() -> DaySheet {
    let gym = [EDUCATION, "精華西中学校", "体育館（全面）"];
    let half = [EDUCATION, "精華西中学校", "体育館（北半面）"];
    let hall = [GENERAL, "むくのきセンター", "会議室1"];
    let receipts = vec![
        day_receipt(101, gym, Means::Cash, 800),
        day_receipt(102, half, Means::Service(PaymentMethod::Card), 400),
        day_receipt(103, hall, Means::Cash, 1_230),
        day_receipt(104, hall, Means::Service(PaymentMethod::PayPay), 1_850),
        DayReceipt {
            reduced_yen: Yen::new(400),
            ..day_receipt(105, gym, Means::Cash, 400)
        },
    ];
    let [account, facility, room] = gym.map(str::to_owned);
    DaySheet {
        issuer: issuer(),
        number: "R8-1128-02".to_owned(),
        facility: "むくのきセンター".to_owned(),
        drawer: "窓口 引出し2".to_owned(),
        date: date(2026, 11, 28),
        opened: handled("佐藤 一郎", "08:30"),
        closed: handled("鈴木 花", "21:40"),
        float_yen: Yen::new(30_000),
        receipts,
        refunds: vec![DayRefund {
            number: "H8-000012".to_owned(),
            receipt_number: "00000087".to_owned(),
            account,
            facility,
            room,
            means: Means::Cash,
            amount_yen: Yen::new(400),
        }],
        expected_yen: Yen::new(32_030),
        counted: count(&[(10_000, 1), (5_000, 2), (1_000, 11), (500, 1), (100, 5)]),
        reason: Some(
            "釣銭30円の渡し過ぎ（15時ごろ、領収書00000103）。お客様に連絡済み。".to_owned(),
        ),
        illustrative: Vec::new(),
    }
}

/// A hundred receipts, seven-digit yen, the longest reason.
pub fn crowded_day_sheet() -> DaySheet {
    let means = [
        Means::Cash,
        Means::Service(PaymentMethod::Card),
        Means::Service(PaymentMethod::PayPay),
    ];
    let receipts: Vec<DayReceipt> = (1..=100)
        .zip(means.into_iter().cycle())
        .map(|(n, means)| {
            let room = format!("第{n:03}競技場 全面・観覧席・放送設備一式");
            let hall = "京都府相楽郡精華町立総合体育館（むくのき）";
            day_receipt(n, [EDUCATION, hall, &room], means, 1_000_000 + n)
        })
        .collect();
    let cash = receipts.iter().filter(|row| row.means == Means::Cash);
    let cash = Yen::sum(cash.map(|row| row.amount_yen)).unwrap();
    let expected = Yen::sum([cash, Yen::new(30_000)]).unwrap();
    DaySheet {
        receipts,
        refunds: Vec::new(),
        expected_yen: expected,
        counted: count(&[
            (10_000, 3_403),
            (1_000, 1),
            (500, 1),
            (100, 2),
            (10, 1),
            (5, 1),
        ]),
        reason: Some("理由".repeat(100)),
        ..day_sheet()
    }
}

/// Hostile text in every field of a day sheet.
pub fn hostile_day_sheet() -> DaySheet {
    let text = || HOSTILE.to_owned();
    let mut sheet = day_sheet();
    for row in &mut sheet.receipts {
        (row.number, row.account) = (text(), text());
        (row.facility, row.room) = (text(), text());
    }
    for row in &mut sheet.refunds {
        (row.number, row.receipt_number, row.account) = (text(), text(), text());
        (row.facility, row.room) = (text(), text());
    }
    DaySheet {
        issuer: hostile_issuer(),
        number: text(),
        facility: text(),
        drawer: text(),
        opened: handled(HOSTILE, "08:30"),
        closed: handled(HOSTILE, "21:40"),
        reason: Some(text()),
        illustrative: vec![text()],
        ..sheet
    }
}

fn hostile_issuer() -> Issuer {
    let text = || HOSTILE.to_owned();
    Issuer {
        municipality: text(),
        name: text(),
        registration_number: Some(text()),
        contact: vec![text(), text()],
        is_municipality: false,
    }
}

fn hostile_use() -> Use {
    Use {
        reservation_number: HOSTILE.to_owned(),
        facility: HOSTILE.to_owned(),
        room: HOSTILE.to_owned(),
        purpose: personal(&HOSTILE.repeat(5)),
        people: u32::MAX,
        ..gym()
    }
}
