//! 連絡先.

/// The page's heading.
pub const HEADING: &str = "連絡先";
/// Why it is asked.
pub const LEAD: &str = "お名前と住所はマイナンバーカードから確認しました。入力は連絡先だけです。";
/// Asked before the first booking.
pub const NEEDED: &str = "予約の前に、連絡先を教えてください。";
/// From the card.
pub const FROM_CARD: &str = "カードで確認した内容";
/// 氏名.
pub const NAME: &str = "お名前";
/// 住所.
pub const ADDRESS: &str = "住所";
/// 生年月日.
pub const BIRTHDATE: &str = "生年月日";
/// 確認した日.
pub const VERIFIED: &str = "確認した日";
/// メールアドレス.
pub const EMAIL: &str = "メールアドレス";
/// Under it.
pub const EMAIL_SUPPORT: &str = "予約と支払いのお知らせをお送りします。";
/// The button beside the address.
pub const CHANGE_EMAIL: &str = "メールアドレスを変える";
/// That the card is asked for first.
pub const CHANGE_EMAIL_MEANS: &str =
    "変えるときは、登録しているカードで、ご本人であることを確認します。";
/// Under the field of another address.
pub const NEW_EMAIL_SUPPORT: &str = "これからのお知らせは、このアドレスにお送りします。いまのアドレスにも、変わったことをお知らせします。";
/// 電話番号.
pub const PHONE: &str = "電話番号";
/// Under it.
pub const PHONE_SUPPORT: &str = "急な休館のときなどにご連絡します。";
/// The button.
pub const SAVE: &str = "連絡先を保存する";
/// The button on the way to a booking.
pub const SAVE_AND_GO_ON: &str = "保存して予約に進む";
/// Saved.
pub const SAVED: &str = "連絡先を保存しました。";
/// Not given by the card.
pub const NOT_GIVEN: &str = "確認していません";
/// What was known of the residence, and until when.
pub const RESIDENCE_HISTORY: &str = "町内の確認の記録";
/// 町内・町外.
pub const RESIDENCE: &str = "町内・町外";
