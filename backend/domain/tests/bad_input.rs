//! Every kind of nonsense in a town file (不備): what it is in a sentence, what is changed in a right
//! file, and on which line the clerk is told what.
//!
//! What only a table of prices can have wrong is in `tariffs/slips.rs`, and more of the same kinds
//! beside the check itself.

use domain::town::check;

const SAMPLE: &str = include_str!("sample.toml");

struct Nonsense {
    /// What is wrong.
    sentence: &'static str,
    /// What becomes of the right file.
    changes: &'static [(&'static str, &'static str)],
    /// Words that first stand on the line that must be named.
    line: &'static str,
    /// Words that must be said.
    said: &'static str,
}

/// `sentence: change, … => line, said`
macro_rules! nonsense {
    ($($sentence:literal: $($from:literal => $to:literal),+; $line:literal, $said:literal)*) => {
        &[$(Nonsense {
            sentence: $sentence,
            changes: &[$(($from, $to)),+],
            line: $line,
            said: $said,
        }),*]
    };
}

const NONSENSE: &[Nonsense] = nonsense! {
    // Keys.
    "a key nobody knows at the top":
        "host = \"seika\"" => "host = \"seika\"\nmayor = \"山田\"";
        "mayor", "「mayor」という項目はありません"
    "a table nobody knows":
        "[[quota]]" => "[[quotas]]\nlabel = \"x\"\n\n[[quota]]";
        "[[quotas]]", "「quotas」という項目はありません"
    "a key nobody knows in the contact":
        "office = \"生涯学習課\"" => "office = \"生涯学習課\"\nfax = \"0774-95-0000\"";
        "fax", "「fax」という項目はありません"
    "a key nobody knows in a facility's window":
        "closes_days_before = 3" => "closes_day_before = 3";
        "closes_day_before", "「closes_day_before」という項目はありません"
    "a key nobody knows in a condition":
        "when = { is = [\"outsider\"] }" => "when = { user = [\"outsider\"] }";
        "when = { user", "「user」という項目はありません"
    "a key nobody knows in a division":
        "{ id = \"am\", name = \"午前\"" => "{ id = \"am\", label = \"午前\"";
        "label = \"午前\"", "「label」という項目はありません"
    "a kind of price nobody knows":
        "price = { per_use = 500 }" => "price = { per_day = 500 }";
        "per_day", "「per_day」は選べません"
    // Divisions and versions.
    "divisions that overlap":
        "start = \"13:00\", end = \"17:00\"" => "start = \"12:00\", end = \"17:00\"";
        "name = \"午後\"", "前の区分「午前」と重なっています"
    "divisions in the wrong order":
        "id = \"am\", name = \"午前\", start = \"08:30\", end = \"12:30\"" =>
        "id = \"am\", name = \"午前\", start = \"17:00\", end = \"17:30\"";
        "name = \"午後\"", "早い順に"
    "a division that ends before it begins":
        "start = \"17:30\", end = \"21:30\"" => "start = \"21:30\", end = \"17:30\"";
        "name = \"夜間\"", "より後になっていません"
    "a gap in the prices of divisions":
        "am = 1230, pm = 1230, evening" => "am = 1230, evening";
        "am = 1230", "区分「午後」（pm）の料金がありません"
    "no division at all":
        "divisions = [\n  { id = \"am\", name = \"午前\", start = \"08:30\", end = \"12:30\" },\n  { id = \"pm\", name = \"午後\", start = \"13:00\", end = \"17:00\" },\n  { id = \"evening\", name = \"夜間\", start = \"17:30\", end = \"21:30\" },\n]" =>
        "divisions = []";
        "divisions = []", "区分「divisions」が空です"
    "a day without a version between two":
        "from = \"2018-04-01\"\neffective = \"approved\"" =>
        "from = \"2018-04-01\"\nuntil = \"2027-03-30\"\neffective = \"approved\"";
        "from = \"2027-04-01\"", "料金表がありません"
    "a day with two versions":
        "from = \"2018-04-01\"\neffective = \"approved\"" =>
        "from = \"2018-04-01\"\nuntil = \"2027-04-01\"\neffective = \"approved\"";
        "from = \"2027-04-01\"", "料金表が重なっています"
    "two versions from one day":
        "from = \"2027-04-01\"" => "from = \"2018-04-01\"  # 二つ目";
        "# 二つ目", "古い順に書いてください"
    "a version that ends before it begins":
        "from = \"2018-04-01\"\neffective = \"approved\"" =>
        "from = \"2018-04-01\"\nuntil = \"2018-03-31\"\neffective = \"approved\"";
        "until = ", "より前です"
    "a room without a version":
        "[[facility.room.tariff]]\nfrom = \"2018-04-01\"\neffective = \"received\"\narticle = \"別表\"\nprice = { per_hour = { yen = 55 } }\n" =>
        "tariff = []\n",
        "[[facility.room.tariff.surcharge]]\nid = \"outsider\"\nwhen = { is = [\"outsider\"] }\nlabel = \"町外利用 加算\"\nadd = { percent = 100 }\nround = { down = 1 }\narticle = \"備考1\"\n\n[[facility.room.tariff.surcharge]]\nid = \"commercial\"\nwhen = { is = [\"commercial\"] }\nlabel = \"営利利用 加算\"\nadd = { percent = 200 }\nround = { down = 1 }\narticle = \"備考2\"\n" =>
        "";
        "tariff = []", "price = { free = {} }"
    // Overrides and shares.
    "a surcharge instead of itself":
        "article = \"備考1\"" => "article = \"備考1\"\ninstead_of = [\"outsider\"]";
        "instead_of", "自分自身に置き換わります"
    "two surcharges instead of each other":
        "article = \"備考1\"" => "article = \"備考1\"\ninstead_of = [\"commercial\"]",
        "article = \"備考2\"" => "article = \"備考2\"\ninstead_of = [\"outsider\"]";
        "instead_of = [\"commercial\"]", "自分自身に置き換わります"
    "three surcharges instead of each other in a ring":
        "article = \"備考1\"" => "article = \"備考1\"\ninstead_of = [\"commercial\"]",
        "article = \"備考2\"" => "article = \"備考2\"\ninstead_of = [\"third\"]\n\n[[facility.room.tariff.surcharge]]\nid = \"third\"\nlabel = \"三つ目\"\nadd = { percent = 10 }\narticle = \"備考3\"\ninstead_of = [\"outsider\"]";
        "instead_of = [\"third\"]", "自分自身に置き換わります"
    "a surcharge instead of one that is not there":
        "article = \"備考1\"" => "article = \"備考1\"\ninstead_of = [\"weekend\"]";
        "instead_of", "加算「weekend」がこの料金表にありません"
    "a percentage of a component that no option of the room has":
        "label = \"町外利用 加算\"\nadd = { percent = 100 }" =>
        "label = \"町外利用 加算\"\ntouches = [\"air\"]\nadd = { percent = 100 }";
        "touches = [\"air\"]", "touches」にあたる設備がありません"
    "a percentage of a component that there is not":
        "label = \"町外利用 加算\"\nadd = { percent = 100 }" =>
        "label = \"町外利用 加算\"\ntouches = [\"stage\"]\nadd = { percent = 100 }";
        "touches = [\"stage\"]", "「stage」は選べません"
    "a percentage of nothing":
        "label = \"町外利用 加算\"\nadd = { percent = 100 }" =>
        "label = \"町外利用 加算\"\ntouches = []\nadd = { percent = 100 }";
        "touches = []", "「touches」が空です"
    "a percentage of an amount the town does not ask for":
        "price = { per_hour = { yen = 55 } }" =>
        "price = { share_of_amount = { attribute = \"entry_fee_yen\", percent = 5 } }";
        "share_of_amount", "entry_fee_yen"
    "a reduction of a component that no room has":
        "[[quota]]" => "[[reduction]]\nid = \"school\"\nname = \"学校\"\nrate = { percent = 50 }\ntouches = [\"air\"]\nfacilities = [\"gym\"]\ndecided_by = \"町長\"\narticle = \"規則\"\n\n[[quota]]";
        "touches = [\"air\"]", "touches」にあたる設備がありません"
    // Rooms, units, times.
    "a room whose units are missing":
        "units = [\"study-floor\"]\n" => "";
        "[[facility.room]]\nid = \"study\"", "項目「units」がありません"
    "a room without a unit":
        "units = [\"study-floor\"]" => "units = []";
        "units = []", "「units」が空です"
    "a facility without a unit":
        "[[facility.unit]]\nid = \"meeting-floor\"\nname = \"会議室\"\n\n[[facility.unit]]\nid = \"study-floor\"\nname = \"研修室\"\n" =>
        "",
        "hold_minutes = 15" => "hold_minutes = 15\nunit = []";
        "units = [\"meeting-floor\"]", "区画「meeting-floor」はこの施設にありません"
    "a division off the grid of 30 minutes":
        "start = \"08:30\", end = \"12:30\"" => "start = \"08:45\", end = \"12:30\"";
        "08:45", "30分きざみ"
    "opening hours off the grid of 30 minutes":
        "start = \"08:30\", end = \"21:30\"" => "start = \"08:30\", end = \"21:40\"";
        "21:40", "30分きざみ"
    "a grid of 20 minutes":
        "step_minutes = 30" => "step_minutes = 20";
        "step_minutes = 20", "30 の倍数"
    "a time after midnight":
        "start = \"17:30\", end = \"21:30\"" => "start = \"17:30\", end = \"24:30\"";
        "24:30", "「24:30」は時刻ではありません"
    "a time in full-width digits":
        "start = \"17:30\", end = \"21:30\"" => "start = \"１７:３０\", end = \"21:30\"";
        "１７", "時刻ではありません"
    // Yen.
    "a negative price":
        "price = { per_use = 500 }" => "price = { per_use = -500 }";
        "-500", "（いまの値は -500）"
    "a fraction of a yen":
        "price = { per_use = 500 }" => "price = { per_use = 500.5 }";
        "500.5", "整数"
    "a price in quotes":
        "price = { per_use = 500 }" => "price = { per_use = \"500\" }";
        "\"500\"", "引用符なしで書いてください（例 200）（いまの値は \"500\"）"
    "a price with a comma":
        "price = { per_use = 500 }" => "price = { per_use = 1,500 }";
        "1,500", "「,」や「円」を付けずに"
    "a price in full-width digits":
        "price = { per_use = 500 }" => "price = { per_use = ５００ }";
        "５００", "数は半角の数字だけで"
    "a price that no number can hold":
        "price = { per_use = 500 }" => "price = { per_use = 99999999999999999999 }";
        "999999", "数が大きすぎます"
    "a price larger than any":
        "price = { per_use = 500 }" => "price = { per_use = 5000000000 }";
        "5000000000", "数が大きすぎます"
    "a price of ten million and one":
        "price = { per_use = 500 }" => "price = { per_use = 10000001 }";
        "10000001", "桁を確かめてください"
    "a negative minimum":
        "price = { per_hour = { yen = 55 } }" => "minimum_yen = -1\nprice = { per_hour = { yen = 55 } }";
        "minimum_yen", "0以上の整数"
    "a minimum above the maximum":
        "price = { per_hour = { yen = 55 } }" =>
        "minimum_yen = 200\nmaximum_yen = 100\nprice = { per_hour = { yen = 55 } }";
        "maximum_yen", "より低くなっています"
    // Ids.
    "an attribute twice":
        "id = \"commercial\"\nlabel" => "id = \"outsider\"\nlabel";
        "id = \"outsider\"\nlabel = \"営利", "利用者区分の id「outsider」が二度"
    "a facility twice":
        "id = \"hall\"" => "id = \"gym\"";
        "id = \"gym\"\nname = \"長岡", "施設の id「gym」が二度"
    "a unit twice in different facilities":
        "id = \"study-floor\"" => "id = \"gym-north\"",
        "units = [\"study-floor\"]" => "units = [\"gym-north\"]";
        "id = \"gym-north\"\nname = \"研修室\"", "区画の id「gym-north」が二度"
    "a room twice in different facilities":
        "id = \"study\"" => "id = \"gym-whole\"";
        "id = \"gym-whole\"\nname = \"研修室\"", "室場の id「gym-whole」が二度"
    "a division twice":
        "id = \"pm\", name" => "id = \"am\", name";
        "name = \"午後\"", "区分の id「am」が二度"
    "a purpose twice":
        "id = \"sale\", name" => "id = \"meeting\", name";
        "展示即売会", "使用目的の id「meeting」が二度"
    "an option twice":
        "id = \"cooling\"" => "id = \"projector\"";
        "id = \"projector\"\nname = \"冷暖房\"", "設備の id「projector」が二度"
    "a surcharge twice":
        "id = \"commercial\"\nwhen" => "id = \"outsider\"\nwhen";
        "id = \"outsider\"\nwhen = { is = [\"commercial\"]", "加算の id「outsider」が二度"
    "a reduction twice":
        "[[quota]]" => "[[reduction]]\nid = \"school\"\nname = \"学校\"\nrate = { percent = 50 }\ntouches = [\"room\"]\ndecided_by = \"町長\"\narticle = \"規則\"\n\n[[reduction]]\nid = \"school\" # 二つ目\nname = \"学童\"\nrate = { percent = 50 }\ntouches = [\"room\"]\ndecided_by = \"町長\"\narticle = \"規則\"\n\n[[quota]]";
        "# 二つ目", "減免の id「school」が二度"
    "a stock twice":
        "hold_minutes = 15" => "hold_minutes = 15\nstock = [{ id = \"chair\", name = \"いす\", count = 1 }, { id = \"chair\", name = \"椅子\", count = 2 }]";
        "stock = ", "備品の id「chair」が二度"
    "a choice twice":
        "label = \"営利目的で使う\"" => "label = \"営利目的で使う\"\nkind = { choice = [{ id = \"a\", label = \"あ\" }, { id = \"a\", label = \"い\" }] }";
        "kind = { choice", "選択肢の id「a」が二度"
    "one day of holiday twice":
        "[[quota]]" => "[[holiday]]\ndate = \"2026-11-04\"\nname = \"町民の日\"\n\n[[holiday]] # 二つ目\ndate = \"2026-11-04\"\nname = \"町の日\"\n\n[[quota]]";
        "# 二つ目", "2026-11-04 の休日が二度"
    "a key twice":
        "capacity = 30" => "capacity = 30\ncapacity = 31";
        "capacity = 31", "同じ項目が二度"
    // The town.
    "a code with the wrong check digit":
        "code = \"263664\"" => "code = \"263663\"";
        "code = ", "26366 なら 263664 です"
    "a code of five digits":
        "code = \"263664\"" => "code = \"26366\"";
        "code = ", "半角数字6桁"
    "a code with a letter":
        "code = \"263664\"" => "code = \"26366A\"";
        "code = ", "半角数字6桁"
    "a code in full-width digits":
        "code = \"263664\"" => "code = \"２６３６６４\"";
        "code = ", "半角数字6桁"
    "a code without quotes":
        "code = \"263664\"" => "code = 263664";
        "code = ", "\" \" で囲んで"
};

fn problems(file: &[u8]) -> Vec<String> {
    match check(file) {
        Ok(_) => vec![],
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn every_kind_of_nonsense_is_named_on_its_line_whatever_the_line_ends() {
    let mut missed = Vec::new();
    for Nonsense {
        sentence,
        changes,
        line,
        said,
    } in NONSENSE
    {
        let mut file = SAMPLE.to_owned();
        for (from, to) in *changes {
            assert!(file.contains(from), "{sentence}: {from}");
            file = file.replacen(from, to, 1);
        }
        let before = file.split_once(line).map(|(before, _)| before);
        let number = before.map_or(0, |it| it.matches('\n').count() + 1);
        let windows = format!("\u{feff}{}", file.replace('\n', "\r\n"));
        for bytes in [file.as_bytes(), windows.as_bytes()] {
            let found = problems(bytes);
            let named =
                |it: &String| it.starts_with(&format!("{number}行目: ")) && it.contains(said);
            let english = found
                .iter()
                .any(|it| it.contains("invalid") || it.contains("expected"));
            if english || !found.iter().any(named) {
                missed.push(format!("{sentence} (line {number}): {found:#?}"));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_is_no_text_at_all_is_refused_in_a_sentence() {
    let utf16: Vec<u8> = "\u{feff}code = \"263664\""
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (file, said) in [
        (&b""[..], "1行目: 項目「code」がありません"),
        (b"# \xe7\x94\xba\n", "項目「code」がありません"),
        (&utf16, "1行目: 文字コードが UTF-8 ではありません"),
        (b"PK\x03\x04\x14\x00\x08", "1行目: "),
        (b"\xef\xbb\xbf\xef\xbb\xbfcode = \"263664\"", "1行目: "),
        (b"code,name\n263664,x\n", "1行目: TOML の書き方"),
        (b"{\"code\":\"263664\"}", "1行目: TOML の書き方"),
    ] {
        let found = problems(file);
        assert!(
            found.iter().any(|it| it.contains(said)),
            "{file:?}: {found:?}"
        );
        let ascii = |it: &String| it.is_ascii();
        assert!(!found.iter().any(ascii), "{found:?}");
    }
}
