//! Refusals in plain words, each with the next step (お断りの言葉).

use contract::Refusal;

use super::{availability, clock, rules, till};

/// What a refusal says: what is the matter, and what to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What is the matter, one short sentence.
    pub what: String,
    /// What to do now.
    pub next: String,
    /// What the town's rules say no to, one by one, where it is they who do: says what `next` says,
    /// as lists.
    pub reasons: Vec<Reason>,
}

/// One reason of several, with what can be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What is the matter, with the article.
    pub what: String,
    /// What can be done, the best first.
    pub next: Vec<String>,
    /// True where the registration of a group is to be renewed: a link leads there.
    pub renews_group: bool,
}

pub(super) fn words(what: impl Into<String>, next: impl Into<String>) -> Words {
    Words {
        what: what.into(),
        next: next.into(),
        reasons: Vec::new(),
    }
}

/// The answers given so far go along to another time.
pub const ANSWERS_KEPT: &str = "入力した内容は、そのまま引き継がれます。";

/// Puts a refusal into words for somebody of the staff, whose way on is another one.
#[must_use]
pub fn explain_to_staff(refusal: &Refusal) -> Words {
    match refusal {
        Refusal::SubmissionReused => words(
            explain(refusal).what,
            "窓口の「この日の予約」で、予約ができているか確かめてください。",
        ),
        Refusal::NotFound => words(explain(refusal).what, "職員のページから進んでください。"),
        Refusal::Forbidden => words(
            explain(refusal).what,
            "必要なときは、「管理者」の権限を持つ職員に相談してください。",
        ),
        refusal => explain(refusal),
    }
}

/// Puts a refusal into words.
#[must_use]
pub fn explain(refusal: &Refusal) -> Words {
    const CHOOSE: &str = "ほかの時間を選んでください。";
    const GROUP: &str = "下の内容を確かめてから、進めてください。";
    const MEND: &str = "入力をなおして、もう一度お試しください。";
    match refusal {
        Refusal::SlotTaken { .. } => words(
            "この時間には、先に予約が入りました。",
            "近くの空きから選べます。",
        ),
        Refusal::SlotOffGrid => words("この時間の区切りでは予約できません。", CHOOSE),
        Refusal::SlotEmpty => words("終わりの時刻は、始まりの時刻より後にしてください。", CHOOSE),
        Refusal::SlotOutsideHours => words("開館時間の外です。", CHOOSE),
        Refusal::SlotNotADivision => words("この部屋は決まった時間の区分で予約します。", CHOOSE),
        Refusal::SlotTooShort { min_minutes } => words(
            format!(
                "{}から予約できます。",
                clock::length(u32::from(*min_minutes))
            ),
            "終わりの時刻を選びなおしてください。",
        ),
        Refusal::SlotTooLong { max_minutes } => words(
            format!(
                "1回の予約は{}までです。",
                clock::length(u32::from(*max_minutes))
            ),
            "終わりの時刻を選びなおしてください。",
        ),
        Refusal::SlotClosed { date, reason } => words(
            format!(
                "{}は休館日です。{}",
                clock::full_day(*date),
                availability::closed_because(reason)
            ),
            "ほかの日を選んでください。",
        ),
        Refusal::SlotPast => words("この時間はもう過ぎています。", CHOOSE),
        Refusal::WindowNotYet { opens_at, article } => words(
            format!("予約の受付は {} に始まります。", clock::full_at(*opens_at)),
            format!("始まってから予約してください（{article}）。"),
        ),
        Refusal::WindowCounterOnly { ended_on, phone } => words(
            format!(
                "インターネットでの受付は {} で終わりました。",
                clock::full_day(*ended_on)
            ),
            format!("空きは電話（{phone}）か窓口でお問い合わせください。"),
        ),
        Refusal::WindowEnded {
            ended_on,
            phone,
            article,
        } => words(
            format!(
                "この日の申込みは {} で締め切りました（{article}）。",
                clock::full_day(*ended_on)
            ),
            format!("ほかの日を選んでください。急ぐときは電話（{phone}）でお問い合わせください。"),
        ),
        Refusal::TooManyPeople { capacity } => words(
            format!("この部屋の定員は{capacity}人です。"),
            "人数をなおすか、もっと大きな部屋を選んでください。",
        ),
        Refusal::UnknownOption { .. } => words(
            "選んだもののうち、この部屋では使えないものがあります。",
            MEND,
        ),
        Refusal::OptionQuantity { max, .. } => words(
            format!("使える数は{max}までです。"),
            "数を選びなおしてください。",
        ),
        Refusal::OptionMinutes { max_minutes, .. } => words(
            format!(
                "部屋を使う時間（{}）より長くは使えません。",
                clock::length(*max_minutes)
            ),
            "使う時間を選びなおしてください。",
        ),
        Refusal::OptionsExclude { one, other } => words(
            format!("「{one}」と「{other}」は、一緒に使えません。"),
            "どちらかを選んでください。",
        ),
        Refusal::EquipmentTaken { name, left: 0 } => words(
            format!("{name}は、この時間はほかの予約で使われています。"),
            "選ばずに予約するか、ほかの時間を選んでください。",
        ),
        Refusal::EquipmentTaken { name, left } => words(
            format!("{name}は、この時間は残り{left}です。"),
            "数を減らすか、ほかの時間を選んでください。",
        ),
        Refusal::UnknownAttribute { .. } => words("使い方の選択が変わりました。", MEND),
        Refusal::AttributeNotAFlag { .. } | Refusal::AttributeNotAChoice { .. } => {
            words("選んだ区分は、いまはありません。", "選びなおしてください。")
        }
        Refusal::AttributeNotAnAmount { .. } => words(
            "金額として読めません。",
            "0以上の数字で入力してください（例 500）。",
        ),
        Refusal::UnknownReduction { .. } => {
            words("選んだ減免は、いまはありません。", "選びなおしてください。")
        }
        Refusal::ReductionExcluded {
            reduction,
            why,
            article,
        } => words(
            format!("減免「{reduction}」は受けられません。{why}（{article}）。"),
            "減免を選びなおすか、減免を受けずに進んでください。",
        ),
        Refusal::RunNotPriced => words(
            "この組み合わせの時間には、料金の定めがありません。",
            "時間の区分を一つずつ選んでください。",
        ),
        Refusal::TooMuch => words(
            "金額が大きすぎて計算できません。",
            "人数と数量、金額を確かめてください。",
        ),
        Refusal::UnknownPurpose => words(
            "この部屋では使えない目的です。",
            "使用目的を選びなおしてください。",
        ),
        Refusal::NoTariff => words(
            "この日の料金がまだ決まっていません。",
            "電話か窓口でお問い合わせください。",
        ),
        Refusal::PriceChanged { total_yen } => words(
            format!("選んだ内容の料金は{total_yen}です。"),
            "内訳を確かめて、よければもう一度ボタンを押してください。",
        ),
        Refusal::SubmissionReused => words(
            "この入力は、もう送られています。",
            "「予約の確認」で、予約ができているか確かめてください。",
        ),
        Refusal::InvalidInput { .. } => words("入力を確かめてください。", MEND),
        Refusal::StaleForm => words(
            "ページを開いてから時間がたちました。",
            "内容を確かめて、もう一度ボタンを押してください。",
        ),
        Refusal::NotFound => words(
            "見つかりません。",
            "施設をさがすか、予約の確認から進んでください。",
        ),
        Refusal::SignInRequired => words(
            "ログインが必要です。",
            "ログインすると、このページに戻ります。",
        ),
        Refusal::StaffSignInRequired => words(
            "職員のログインが必要です。",
            "ログインすると、このページに戻ります。",
        ),
        Refusal::Forbidden => words("この操作はできません。", "お問い合わせください。"),
        Refusal::StepUpRequired => words(
            "もう一度、カードでの確認が必要です。",
            "ボタンを押して、登録しているカードで確認してください。確認は5分のあいだ有効です。",
        ),
        Refusal::CardTaken | Refusal::AnotherPerson => words(
            "このカードは追加できません。",
            "ご本人のカードなのに追加できないときは、窓口でお手続きください。",
        ),
        Refusal::NoPendingCard => words(
            "追加するカードの確認が終わっています。",
            "「カードを追加する」から、もう一度はじめてください。",
        ),
        Refusal::LastCard => words(
            "最後の1枚は外せません。",
            "新しいカードを追加してから外してください。",
        ),
        Refusal::ProfileIncomplete => words(
            "予約の前に、連絡先を教えてください。",
            "メールアドレスと電話番号だけです。",
        ),
        Refusal::PersonPerhapsKnown => words(
            "もう登録されている方かもしれません。",
            "下の方ではないか、ご本人に確かめてください。",
        ),
        Refusal::HoldLapsed => words(
            "確保の時間が過ぎました。",
            "まだ空いていれば、もう一度予約できます。",
        ),
        Refusal::HoldExtensionLimit => words(
            "これ以上は延長できません。",
            "時間内に手続きをすませてください。",
        ),
        Refusal::AttendanceTooEarly { from } => words(
            format!("{}から受け付けられます。", clock::full_at(*from)),
            "時間になってから、もう一度押してください。",
        ),
        Refusal::AttendanceTooLate { until } => words(
            format!("利用時間は{}に終わりました。", clock::full_at(*until)),
            "来なかった方は「来なかった」を記録してください。ほかは翌日に「利用済み」になります。",
        ),
        Refusal::ReservationState { .. } => words(
            "予約の状態が変わったため、この操作はできません。",
            "いまの状態を確かめてください。",
        ),
        Refusal::ReviewRequired => words(
            "このご予約は、先に審査への申込みが必要です。",
            "予約のページから「審査に申し込む」を押してください。",
        ),
        Refusal::ReviewDecided => words(
            "ほかの職員が、先に別の決定をしました。",
            "下の内容で、いまの状態を確かめてください。",
        ),
        Refusal::Closure(problem) => words(format!("{}。", problem.words), MEND),
        Refusal::Group(problem) => words(format!("{}。", problem.words), GROUP),
        Refusal::Part(problem) => words(format!("{}。", problem.words), MEND),
        Refusal::Rule(problem) => rules::explain(problem),
        Refusal::ClosureImpactChanged => words(
            "確かめたあとに、影響を受ける予約が変わりました。",
            "下の内容をもう一度確かめて、よければボタンを押してください。",
        ),
        Refusal::RefundChanged { refund_yen } => words(
            format!("返金の額が{refund_yen}に変わりました。"),
            "内容を確かめて、よければもう一度ボタンを押してください。",
        ),
        Refusal::PaymentTooSmall | Refusal::PaymentTooLarge => words(
            "この金額はインターネットで支払えません。",
            "窓口でお支払いください。",
        ),
        Refusal::PaymentUnavailable => words(
            "いま支払いのサービスにつながりません。",
            "この時間は確保しています。少し待って、もう一度ボタンを押してください。",
        ),
        Refusal::PaymentInProgress => words(
            "お支払いの確認中です。",
            "確認が終わるまで、少しお待ちください。",
        ),
        Refusal::Busy => words(
            "ただいま混み合っています。",
            "少し待って、もう一度ボタンを押してください。",
        ),
        Refusal::DrawerOpen { drawer } => words(
            format!("引出し{drawer}は、もう開いています。"),
            "ほかの番号で開けるか、いま開いている引出しを締めてください。",
        ),
        Refusal::TillMoved { expected_yen } => words(
            format!("数えている間に現金が動き、あるべき額は{expected_yen}になりました。"),
            "もう一度数えて、枚数を確かめてください。",
        ),
        Refusal::RefundNotAtCounter => words(
            "この還付は、もうすんでいるか、窓口では渡せません。",
            "いまの状態を確かめてください。",
        ),
        Refusal::RefundNotByTransfer => words(
            "この返金は、いま口座への振込にできません。",
            "もう手続きが進んでいるか、すんでいます。いまの状態を確かめてください。",
        ),
        Refusal::TransferOwnOrder => words(
            "自分で起案した振込依頼は決裁できません。",
            "ほかの会計担当の方に決裁を頼んでください。",
        ),
        Refusal::TransferElsewhere => words(
            "この振込依頼は、いまその操作ができません。",
            "ほかの人が先に進めたかもしれません。いまの状態を確かめてください。",
        ),
        Refusal::TransferNoPayer => words(
            "振込元の口座が町ファイルにありません。",
            "町ファイルに [payer] を書き足して、適用してください。",
        ),
        Refusal::Till(refusal) => till::refused(refusal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_are_led_to_pages_of_their_own_and_to_nobody_who_cannot_help() {
        let until = chrono::DateTime::UNIX_EPOCH;
        for refusal in [
            Refusal::SubmissionReused,
            Refusal::NotFound,
            Refusal::Forbidden,
            Refusal::AttendanceTooLate { until },
        ] {
            let words = explain_to_staff(&refusal);
            assert_eq!(words.what, explain(&refusal).what);
            for elsewhere in ["予約の確認", "施設をさがす", "施設管理者に相談"] {
                assert!(!words.next.contains(elsewhere), "{words:?}");
            }
        }
    }
}
