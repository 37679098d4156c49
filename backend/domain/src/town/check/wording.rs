//! The parser's English in words a clerk can act on.

/// A message about TOML itself.
pub(super) fn syntax(message: &str) -> String {
    if message.contains("duplicate key") {
        return "同じ項目が二度書かれています。どちらかを消してください".to_owned();
    }
    if message.contains("literal string") {
        return "値の書き方が正しくありません。数は半角の数字だけで（「,」や「円」を付けずに）、文字は \" \" で囲んで書いてください".to_owned();
    }
    format!(
        "TOML の書き方が正しくありません。引用符「\"」やかっこの閉じ忘れ、「=」の抜け、全角の記号を確かめてください（{message}）"
    )
}

/// A message about a value that does not fit. Our own messages are Japanese already.
pub(super) fn misfit(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match (message, quoted.as_slice()) {
        (_, [name, known @ ..]) if message.starts_with("unknown field") => format!(
            "「{name}」という項目はありません。つづりを確かめてください（書ける項目: {}）",
            known.join("、")
        ),
        (_, [name, known @ ..]) if message.starts_with("unknown variant") => format!(
            "「{name}」は選べません。次のどれかにしてください: {}",
            known.join("、")
        ),
        (_, [name, ..]) if message.starts_with("missing field") => {
            format!("項目「{name}」がありません。書き足してください")
        }
        (_, [name, ..]) if message.starts_with("duplicate field") => {
            format!("項目「{name}」が二度書かれています。どちらかを消してください")
        }
        _ => misfit_value(message),
    }
}

fn misfit_value(message: &str) -> String {
    if let Some((found, expected)) = message.split_once(", expected ") {
        let number = found.split('`').nth(1).unwrap_or_default();
        if is_too_large(number, expected) {
            return format!("数が大きすぎます。桁を確かめてください（いまの値は {number}）");
        }
        return format!("値が合いません。{}{}", should_be(expected), as_it_is(found));
    }
    let about_dates = [
        "input contains invalid characters",
        "input is out of range",
        "premature end of input",
        "trailing input",
        "input is not enough",
    ];
    if about_dates.iter().any(|words| message.contains(words)) {
        return "日付として読めません。\"2026-04-01\" のように書いてください".to_owned();
    }
    if message.is_ascii() {
        return format!("値が正しくありません（{message}）");
    }
    message.to_owned()
}

/// What a whole number may be called by the parser.
const WHOLE_NUMBERS: [&str; 7] = ["u8", "u16", "u32", "u64", "i32", "i64", "usize"];

fn is_too_large(number: &str, expected: &str) -> bool {
    WHOLE_NUMBERS.contains(&expected)
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands in the file now, from the parser's words for it.
fn as_it_is(found: &str) -> String {
    let value = found.split_once(": ").map_or(found, |(_, value)| value);
    let quoted = value.split(['`', '"']).nth(1);
    match (quoted, value) {
        (Some(text), _) if value.starts_with("string") => format!("（いまの値は \"{text}\"）"),
        (Some(number), _) => format!("（いまの値は {number}）"),
        (None, "map") => "（いまは項目の組です）".to_owned(),
        (None, "sequence") => "（いまは一覧です）".to_owned(),
        (None, _) => String::new(),
    }
}

fn should_be(expected: &str) -> String {
    if WHOLE_NUMBERS.contains(&expected) {
        return "0以上の整数を引用符なしで書いてください（例 200）".to_owned();
    }
    match expected {
        "a boolean" => "true か false を引用符なしで書いてください".to_owned(),
        "a string" | "string" => "文字を \" \" で囲んで書いてください".to_owned(),
        "a formatted date string" => {
            "日付を \"2026-04-01\" のように引用符で囲んで書いてください".to_owned()
        }
        _ if expected.contains("sequence") || expected.contains("array") => {
            "[ ] で囲んだ一覧を書いてください".to_owned()
        }
        _ if expected.contains("struct")
            || expected.contains("map")
            || expected.contains("enum") =>
        {
            "{ } か [見出し] で項目の組を書いてください".to_owned()
        }
        _ => format!("{expected} が必要です"),
    }
}
