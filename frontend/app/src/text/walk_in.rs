//! 窓口での受付: さがす, 登録する, 予約を取る.

use contract::SeenBy;
use domain::search_key::{PersonNumber, SearchRefusal};

use super::clock;

/// On the day's list: to a walk-in.
pub const START: &str = "窓口で予約を取る";

/// The search page's heading.
pub const FIND: &str = "利用者をさがす";
/// The field.
pub const WORDS: &str = "利用者番号・フリガナ・氏名・電話番号・予約番号";
/// Under it.
pub const WORDS_SUPPORT: &str = "電話番号は下4けたでもさがせます。予約画面のQRコードも読み取れます。マイナンバーは入力しないでください。";
/// Looks.
pub const FIND_GO: &str = "さがす";
/// Who was found.
pub const FOUND: &str = "見つかった方";
/// There are more.
pub const MORE: &str = "ほかにも見つかりました。名前を続けて入れるか、電話番号でしぼってください。";
/// Nobody.
pub const NOBODY: &str = "この言葉で見つかる方はいません。";
/// To the person's own page.
pub const DETAILS: &str = "詳しく";
/// To the registration.
pub const NEW: &str = "新しい方を登録する";

/// 利用者番号.
pub const NUMBER: &str = "利用者番号";
/// 氏名.
pub const NAME: &str = "氏名";
/// フリガナ.
pub const KANA: &str = "フリガナ";
/// 電話番号.
pub const PHONE: &str = "電話番号";
/// メールアドレス.
pub const EMAIL: &str = "メールアドレス";
/// お住まい.
pub const RESIDENCE: &str = "お住まい";
/// Lives in the town.
pub const IN_TOWN: &str = "町内";
/// Lives elsewhere.
pub const OUT_OF_TOWN: &str = "町外";
/// Nothing is known.
pub const NOT_KNOWN: &str = "登録なし";
/// 本人確認.
pub const VERIFIED: &str = "本人確認";
/// Gives a number to somebody who has none.
pub const GIVE_PHONE: &str = "電話番号を登録する";
/// What they have booked.
pub const COMING: &str = "これからの予約";
/// Nothing.
pub const NOTHING_COMING: &str = "これからの予約はありません。";
/// To the board.
pub const BOOK: &str = "この方の予約を取る";

/// The registration's heading.
pub const REGISTER: &str = "利用者を登録する";
/// What is asked, and what is not.
pub const REGISTER_LEAD: &str = "カードがなくても登録できます。書類の番号やコピーは残しません。マイナンバーは聞かず、入力もしないでください。";
/// Under the name.
pub const NAME_SUPPORT: &str = "書類のとおりに入力します。";
/// Under the telephone.
pub const PHONE_SUPPORT: &str = "急な休館のときなどに連絡します。";
/// Under the e-mail.
pub const EMAIL_SUPPORT: &str = "許可書などをメールで受け取りたい方だけ。";
/// What was seen.
pub const DOCUMENT: &str = "確認した書類";
/// The empty choice.
pub const CHOOSE_DOCUMENT: &str = "選んでください";
/// Registers.
pub const REGISTER_GO: &str = "登録する";
/// Over those who may be the same.
pub const PERHAPS: &str = "もう登録されている方かもしれません";
/// What to do.
pub const PERHAPS_NEXT: &str = "ご本人に確かめて、この方なら名前を押してください。";
/// None of them.
pub const NONE_OF_THEM: &str = "上の方とは別の方です";
/// Said after registering.
pub const REGISTERED: &str = "登録しました";

/// The board's heading.
pub const DAY: &str = "部屋と時間を選ぶ";
/// For whom.
pub const SERVED: &str = "受付中の方";
/// Another person.
pub const SOMEBODY_ELSE: &str = "ほかの方をさがす";
/// Another facility, another day.
pub const SHOW: &str = "表示する";

/// The form's heading.
pub const USE: &str = "使い方を入力する";
/// What the form is filled in with.
pub const AS_LAST_TIME: &str = "人数と使用目的には、前回の内容を入れてあります。";
/// Holds.
pub const HOLD: &str = "仮予約する";
/// Under it.
pub const HOLD_SUPPORT: &str = "部屋を仮押さえします。お支払いは次の画面です。";
/// There is no way to reach the person.
pub const UNREACHABLE: &str = "この方の電話番号がまだありません。";
/// What to do.
pub const UNREACHABLE_NEXT: &str =
    "ご本人に電話番号を聞いて、「詳しく」のページで登録してください。";

/// Why nobody can be looked for by that.
#[must_use]
pub fn cannot_search(why: SearchRefusal) -> String {
    format!("{why}。")
}

/// 「0000-0123」 after its name.
#[must_use]
pub fn numbered(number: PersonNumber) -> String {
    format!("{NUMBER} {number}")
}

/// Where somebody lives.
#[must_use]
pub const fn residence(in_town: bool) -> &'static str {
    if in_town { IN_TOWN } else { OUT_OF_TOWN }
}

/// By what it was seen who somebody is, and when.
#[must_use]
pub fn verified(by: &SeenBy, on: chrono::NaiveDate) -> String {
    let day = clock::full_day(on);
    match by {
        SeenBy::Card => format!("マイナンバーカードの電子証明書（{day}）"),
        SeenBy::Counter { document, staff } => {
            format!("{document}（{day}、確認した職員 {}）", staff.reveal())
        }
    }
}

/// What to tell somebody who was just registered.
#[must_use]
pub fn tell_number(number: PersonNumber) -> String {
    format!("利用者番号は {number} です。次に来るときに役立つと、お伝えください。")
}
