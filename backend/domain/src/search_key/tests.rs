use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn finds(key: Option<SearchKey>, query: &str) -> bool {
    let key = key.expect("a key to file under");
    let Ok(keys) = asked(query) else { return false };
    let filed = key.filed_under();
    keys.iter().any(|asked| {
        let met = asked.asks_for().iter().any(|term| filed.contains(term));
        // Whatever answers has to be met in the index first, or it is never opened.
        assert!(met || !key.answers(asked), "{query}");
        met && key.answers(asked)
    })
}

#[test]
fn a_reading_is_kept_in_katakana_however_it_is_typed() {
    for (typed, kept) in [
        ("やまだ はなこ", "ヤマダ ハナコ"),
        ("ﾔﾏﾀﾞ　ﾊﾅｺ", "ヤマダ ハナコ"),
        ("ヤマタ\u{3099} ハナコ", "ヤマダ ハナコ"),
        ("ヤマタ゛ ハナコ", "ヤマダ ハナコ"),
        ("ﾔﾏﾀ ﾞ", "ヤマダ"),
        ("ハ゜ーク", "パーク"),
        ("ハットリ", "ハットリ"),
        ("ｷｬｼｰ", "キャシー"),
        ("キャシ－", "キャシー"),
        ("キャシ-", "キャシー"),
        ("マイケル・スミス", "マイケル スミス"),
        ("マイケル･ｽﾐｽ", "マイケル スミス"),
        ("  いすゞ ", "イスヾ"),
        ("ゔぃくとりあ", "ヴィクトリア"),
        ("ヰノウヱ", "ヰノウヱ"),
        ("ムㇺ", "ムㇺ"),
    ] {
        assert_eq!(katakana(typed).as_deref(), Some(kept), "{typed}");
    }
    for wrong in [
        "",
        " ",
        "・",
        "山田",
        "Yamada",
        "ヤマダ1",
        "-ヤマダ",
        "ヤマダ\u{202E}",
    ] {
        assert_eq!(katakana(wrong), None, "{wrong}");
    }
}

#[test]
fn a_person_is_found_by_the_beginning_or_a_word_of_the_reading() {
    let hanako = || kana_key("ヤマダ ハナコ");
    for query in [
        "やま",
        "ﾔﾏﾀﾞ",
        "ヤマダ ハナ",
        "やまだはなこ",
        "ハナコ",
        "はなこ",
        "ヤマダ・ハナコ",
    ] {
        assert!(finds(hanako(), query), "{query}");
    }
    for query in ["や", "マダ", "ハナ", "ヤマダ タロウ", "ヤマモト", "ヤマタ"] {
        assert!(!finds(hanako(), query), "{query}");
    }
}

#[test]
fn small_kana_and_dakuten_tell_names_apart() {
    assert!(!finds(kana_key("ハツトリ"), "ハットリ"));
    assert!(!finds(kana_key("カトウ"), "ガトウ"));
    assert!(!finds(kana_key("ババ"), "パパ"));
}

#[test]
fn a_name_is_found_in_the_shape_that_is_at_hand() {
    for (name, query) in [
        ("髙橋 一郎", "高橋"),
        ("山﨑 花", "山崎 花"),
        ("渡邊 次郎", "渡辺次郎"),
        ("渡邉 次郎", "渡邊"),
        ("齋藤 学", "斉藤"),
        ("𠮷田 茂", "吉田"),
        ("葛\u{E0100}城 司", "葛城"),
        ("葛城 司", "葛\u{E0101}城司"),
        ("神\u{FA19}谷", "神神谷"),
        ("佐々木 健", "佐々"),
        ("林 太郎", "林"),
        ("林 太郎", "太郎"),
        ("O’Neil Mary", "o'neil"),
        ("ＳＭＩＴＨ ＪＯＨＮ", "Smith john"),
        ("\u{E000}木 外字", "\u{E000}木"),
        ("さくら ももこ", "サクラ"),
    ] {
        assert!(finds(name_key(name), query), "{query} of {name}");
    }
    for (name, query) in [("林 太郎", "太"), ("小林 太郎", "林"), ("高橋", "橋")] {
        assert!(!finds(name_key(name), query), "{query} of {name}");
    }
}

#[test]
fn names_without_a_letter_have_no_key() {
    for nothing in ["", " \u{3000}", "。、・", "\u{202E}\u{200B}", "！？"] {
        assert_eq!(name_key(nothing), None, "{nothing}");
    }
}

#[test]
fn a_long_name_is_filed_under_few_terms_and_still_told_from_its_namesakes() {
    let jugemu = "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処やぶら";
    assert!(finds(name_key(jugemu), jugemu));
    assert!(finds(name_key(jugemu), "寿限無寿限無五劫の擦り切れ海"));
    // Beyond the longest prefix the opened record decides.
    assert!(!finds(name_key(jugemu), "寿限無寿限無五劫の擦り切れ山"));
    let words = "ジョアン マリア ダ シルヴァ サントス ペレイラ デ オリヴェイラ ".repeat(10);
    let filed = kana_key(&words).unwrap().filed_under();
    assert!(
        filed.len() <= LONGEST_PREFIX + MOST_WORDS,
        "{}",
        filed.len()
    );
}

#[test]
fn a_telephone_number_is_its_digits_with_the_leading_zero() {
    for (typed, digits) in [
        ("0774-95-1907", "0774951907"),
        ("０７７４（９５）１９０７", "0774951907"),
        ("090 1234 5678", "09012345678"),
        ("+81 90-1234-5678", "09012345678"),
        ("＋８１ (0)774-95-1907", "0774951907"),
        ("090ー1234ー5678", "09012345678"),
        ("0120・000・000", "0120000000"),
        ("+1 (202) 555-0143", "+12025550143"),
    ] {
        assert_eq!(phone_digits(typed).as_deref(), Some(digits), "{typed}");
    }
    for wrong in [
        "",
        "110",
        "95-1907",
        "774951907",
        "1234567890",
        "090123456789",
        "+81",
        "+1 2",
        "0774-95-190x",
        "07+7495190",
        "+8190123456789",
        "=0774951907",
    ] {
        assert_eq!(phone_digits(wrong), None, "{wrong}");
    }
}

#[test]
fn a_person_is_found_by_the_whole_telephone_number_or_its_last_four_digits() {
    let phone = || phone_key("090-1234-5678");
    for query in ["09012345678", "+81 90 1234 5678", "5678", "５６７８"] {
        assert!(finds(phone(), query), "{query}");
    }
    for query in ["1234", "567", "09012345679", "0901234567"] {
        assert!(!finds(phone(), query), "{query}");
    }
}

#[test]
fn a_number_is_read_as_it_is_printed_and_as_it_is_typed() {
    let number = PersonNumber::from_serial(1_234_567).unwrap();
    assert_eq!(number.to_string(), "1234-5671");
    for typed in [
        "1234-5671",
        "12345671",
        " １２３４－５６７１ ",
        "1234 5671",
        "1234ー5671",
    ] {
        assert_eq!(typed.parse(), Ok(number), "{typed}");
    }
    for (typed, why) in [
        ("1234-5672", NotAPersonNumber::Mistyped),
        ("2134-5671", NotAPersonNumber::Mistyped),
        ("1234-567", NotAPersonNumber::NotEightDigits),
        ("1234-56711", NotAPersonNumber::NotEightDigits),
        ("一二三四五六七一", NotAPersonNumber::NotEightDigits),
        ("+1234567", NotAPersonNumber::NotEightDigits),
        ("", NotAPersonNumber::NotEightDigits),
    ] {
        assert_eq!(typed.parse::<PersonNumber>(), Err(why), "{typed}");
    }
    assert_eq!(
        PersonNumber::from_serial(0).unwrap().to_string(),
        "0000-0000"
    );
    assert_eq!(PersonNumber::from_serial(10_000_000), None);
    assert!(finds(number.key(), "1234-5671"));
    let json = serde_json::to_value(number).unwrap();
    assert_eq!(json, "12345671");
    assert_eq!(
        serde_json::from_value::<PersonNumber>(json).unwrap(),
        number
    );
    assert!(serde_json::from_value::<PersonNumber>("12345670".into()).is_err());
}

#[test]
fn a_query_that_finds_nobody_says_what_to_type() {
    for (query, refusal) in [
        ("", SearchRefusal::TooShort),
        ("\u{3000}", SearchRefusal::TooShort),
        ("ア", SearchRefusal::TooShort),
        ("あ", SearchRefusal::TooShort),
        ("！", SearchRefusal::TooShort),
        ("--", SearchRefusal::TooShort),
        ("12", SearchRefusal::OddDigits),
        ("123456", SearchRefusal::OddDigits),
        ("12345670", SearchRefusal::MistypedNumber),
        ("+123", SearchRefusal::OddDigits),
    ] {
        assert_eq!(asked(query), Err(refusal), "{query}");
    }
    assert_eq!(
        asked(&"あ".repeat(LONGEST_QUERY + 1)),
        Err(SearchRefusal::TooLong)
    );
    assert!(asked(&"あ".repeat(LONGEST_QUERY)).is_ok());
}

#[test]
fn terms_of_different_kinds_are_never_the_same() {
    let keys = [
        kana_key("サクラ"),
        name_key("サクラ"),
        phone_key("0000000000"),
        PersonNumber::from_serial(0).and_then(PersonNumber::key),
    ];
    let terms: Vec<String> = keys
        .iter()
        .flat_map(|key| key.as_ref().unwrap().filed_under())
        .map(|term| term.reveal().to_owned())
        .collect();
    let distinct: BTreeSet<&String> = terms.iter().collect();
    assert_eq!(distinct.len(), terms.len(), "{terms:?}");
}

#[test]
fn keys_and_terms_show_nobody_in_a_log() {
    let key = kana_key("ヤマダ ハナコ").unwrap();
    let printed = format!("{key:?} {:?} {:?}", key.filed_under(), key.asks_for());
    assert!(!printed.contains("ヤマ"), "{printed}");
}

/// Letters that names have, and what stands between and around them.
fn letters() -> impl Strategy<Value = String> {
    let one = prop_oneof![
        prop::char::range('ァ', 'ヺ'),
        prop::char::range('ぁ', 'ゖ'),
        prop::char::range('｡', 'ﾟ'),
        prop::sample::select(vec![
            '高',
            '髙',
            '邉',
            '林',
            '々',
            'ー',
            '-',
            '・',
            ' ',
            '\u{3000}',
            'a',
            'Ａ',
            '\u{E0100}',
            '\u{3099}'
        ]),
        any::<char>(),
    ];
    prop::collection::vec(one, 0..30).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn everybody_is_found_by_their_own_name_and_reading(text in letters()) {
        for key in [kana_key(&text), name_key(&text)].into_iter().flatten() {
            prop_assert!(key.answers(&key) || key.letters() < SHORTEST_PREFIX);
            let filed = key.filed_under();
            prop_assert!(filed.len() < LONGEST_PREFIX + MOST_WORDS);
            if key.answers(&key) {
                prop_assert!(key.asks_for().iter().any(|term| filed.contains(term)));
            }
        }
        let _ = asked(&text);
    }

    #[test]
    fn a_reading_kept_once_stays_as_it_is(text in letters()) {
        if let Some(kept) = katakana(&text) {
            prop_assert_eq!(katakana(&kept), Some(kept.clone()));
            prop_assert_eq!(kana_key(&kept), kana_key(&text));
        }
    }

    #[test]
    fn a_wrong_digit_and_two_exchanged_ones_are_always_noticed(
        serial in 0_u32..10_000_000,
        place in 0_usize..8,
        digit in 0_u8..10,
    ) {
        let digits = PersonNumber::from_serial(serial).unwrap().digits();
        let mut wrong = digits.clone().into_bytes();
        wrong[place] = b'0' + digit;
        let mut exchanged = digits.clone().into_bytes();
        exchanged.swap(place, (place + 1).min(7));
        for typed in [wrong, exchanged] {
            let typed = String::from_utf8(typed).unwrap();
            let read = typed.parse::<PersonNumber>();
            prop_assert_eq!(read.is_ok(), typed == digits, "{} for {}", typed, digits);
        }
    }
}
