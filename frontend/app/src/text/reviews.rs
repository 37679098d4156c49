//! 減免と審査.

use contract::{ReviewItemView, ReviewStanding, SpotReduction};
use domain::review::ReviewKind;
use domain::town::{Reduction, ReductionRate};

/// On the booking form.
pub const ASK: &str = "減免";
/// What asking means.
pub const ASK_SUPPORT: &str = "当てはまるときだけ選んでください。審査のあと、決まった料金をお知らせします。それまでは、もとの料金で表示します。";
/// Nothing is asked for.
pub const ASK_NONE: &str = "申し込まない";
/// Over what is decided.
pub const HEADING: &str = "審査";
/// What happens, on the last page before applying.
pub const MEANS: &str = "このご予約は、施設が内容を確かめてから決まります。申し込むと、結果が出るまでこの時間を確保します。いまお支払いはありません。";
/// The statement.
pub const STATED: &str = "減免を受ける理由と、お見せになる書類";
/// What to write.
pub const STATED_SUPPORT: &str = "例：町スポーツ協会の加盟団体です。当日、会員証をお見せします。手帳などの番号は書かないでください。";
/// The button.
pub const SUBMIT: &str = "審査に申し込む";
/// Under the button.
pub const SUBMIT_SUPPORT: &str = "結果はメールでお知らせします。";
/// Over how to contest.
pub const APPEAL: &str = "この決定に不服があるとき";
/// The staff's list.
pub const LIST: &str = "審査待ち";
/// Nothing waits.
pub const NONE: &str = "審査を待っている申込みはありません。";
/// Column.
pub const SINCE: &str = "申込み";
/// Column.
pub const WHO: &str = "申込者";
/// Column.
pub const USE: &str = "利用";
/// Column.
pub const WHAT: &str = "審査すること";
/// One application.
pub const CASE: &str = "申込みの審査";
/// What they wrote.
pub const WRITTEN: &str = "申込者の説明";
/// The article.
pub const ARTICLE: &str = "根拠";
/// The documents.
pub const EVIDENCE: &str = "確かめる書類";
/// Who decides.
pub const DECIDED_BY: &str = "決定する人";
/// The ordinance's rate.
pub const RATE: &str = "割合";
/// What would be owed.
pub const REDUCED: &str = "減免後の料金";
/// The percent.
pub const PERCENT: &str = "減免の割合";
/// %.
pub const PERCENT_UNIT: &str = "%";
/// Why.
pub const REASON: &str = "理由";
/// What a reason is for.
pub const REASON_SUPPORT: &str = "認めないときは必ず書いてください。申込者にそのまま伝わります。";
/// For the rest of the year.
pub const FOR_THE_YEAR: &str =
    "同じ年度のあいだ、次の申込みにも同じ割合を提案する（理由が必要です）";
/// Yes.
pub const GRANT: &str = "認める";
/// No.
pub const REFUSE: &str = "認めない";
/// Who may not.
pub const NOT_YOURS: &str = "決めるのは施設管理者です。内容はここで確かめられます。";
/// Something was decided.
pub const DONE: &str = "決定を記録しました。";
/// It is over.
pub const OVER: &str = "この申込みの審査は終わっています。";
/// Leads to the booking.
pub const TO_SALE: &str = "予約の受付を開く";
/// At the counter.
pub const SPOT: &str = "書類を見て減免する";
/// What it means.
pub const SPOT_MEANS: &str =
    "書類の種類と、確かめた人・時刻を記録します。番号は控えないでください。";
/// The document.
pub const SPOT_SHOWN: &str = "確かめた書類";
/// The button.
pub const SPOT_GO: &str = "確かめて減免する";

/// What is decided.
#[must_use]
pub const fn kind(kind: ReviewKind) -> &'static str {
    match kind {
        ReviewKind::Purpose => "利用目的",
        ReviewKind::Guardian => "同意",
        ReviewKind::Reduction => "減免",
    }
}

/// 「減免：スポーツ協会」
#[must_use]
pub fn item(item: &ReviewItemView) -> String {
    format!("{}：{}", kind(item.kind), item.label)
}

/// Where it stands.
#[must_use]
pub fn standing(standing: &ReviewStanding) -> String {
    match standing {
        ReviewStanding::NotApplied => "これから申し込みます".to_owned(),
        ReviewStanding::Waits => "審査中".to_owned(),
        ReviewStanding::Granted {
            percent: Some(percent),
        } => format!("認められました（{percent}%）"),
        ReviewStanding::Granted { percent: None } => "認められました".to_owned(),
        ReviewStanding::Refused { reason } => format!("認められませんでした。理由：{reason}"),
    }
}

/// The tone of it.
#[must_use]
pub const fn tone(standing: &ReviewStanding) -> &'static str {
    match standing {
        ReviewStanding::NotApplied | ReviewStanding::Waits => "warning",
        ReviewStanding::Granted { .. } => "success",
        ReviewStanding::Refused { .. } => "error",
    }
}

/// A reduction on the booking form: 「スポーツ協会（80%以内）」.
#[must_use]
pub fn choice(reduction: &Reduction) -> String {
    let rate = match reduction.rate {
        ReductionRate::Percent(100) => "全額".to_owned(),
        ReductionRate::Percent(percent) => format!("{percent}%"),
        ReductionRate::UpTo(most) => format!("{most}%以内"),
    };
    format!("{}（{rate}）", reduction.name)
}

/// A reduction at the counter.
#[must_use]
pub fn spot(offer: &SpotReduction) -> String {
    format!(
        "{}（{}%）→ {}",
        offer.name, offer.percent, offer.reduced_yen
    )
}

/// The rate of the ordinance.
#[must_use]
pub fn rate(most: u32, is_ceiling: bool) -> String {
    if is_ceiling {
        format!("{most}%以内")
    } else {
        format!("{most}%")
    }
}

/// What was granted for the year.
#[must_use]
pub fn standing_for_the_year(percent: u32) -> String {
    format!("この年度は{percent}%の減免が認められています。")
}

/// Documents in a row.
#[must_use]
pub fn documents(evidence: &[String]) -> String {
    evidence.join("、")
}
