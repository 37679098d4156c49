//! 登録しているカード.

use chrono::NaiveDate;

use super::clock;
use crate::links::Saved;

/// The section's heading.
pub const HEADING: &str = "登録しているカード";
/// Under it.
pub const LEAD: &str = "ログインに使えるマイナンバーカードです。カードを作り直したときは、新しいカードを追加してから、古いカードを外してください。";
/// A card's name in the list, counted from 1.
#[must_use]
pub fn nth(n: usize) -> String {
    format!("カード{n}")
}

/// The day a card was added.
#[must_use]
pub fn added_on(day: NaiveDate) -> String {
    format!("{}に登録", clock::full_day(day))
}

/// The button beside a card.
#[must_use]
pub fn remove(n: usize) -> String {
    format!("カード{n}を外す")
}

/// What taking one away does besides.
pub const REMOVE_MEANS: &str =
    "カードを外すと、ほかの端末でのログインは終わります。最後の1枚は外せません。";
/// The button that begins.
pub const ADD: &str = "カードを追加する";
/// That the card is asked for first.
pub const ASKS_FOR_CARD: &str =
    "追加するときと外すときは、はじめに登録しているカードで、ご本人であることを確認します。";
/// Half way.
pub const CONFIRMED: &str = "ご本人であることを確認しました。";
/// What now.
pub const CONFIRMED_NEXT: &str = "5分のあいだ、カードを追加したり外したりできます。追加するときは、次に新しいカードを読み取ります。";
/// The button for the second half.
pub const ADD_NOW: &str = "新しいカードを読み取る";

/// The last step's heading.
pub const NEW: &str = "このカードを追加しますか";
/// Whose card it says it is.
pub const NEW_NAME: &str = "カードのお名前";
/// What it means.
pub const NEW_MEANS: &str = "追加すると、このカードでもログインできるようになります。予約や連絡先は、いまのまま変わりません。";
/// The button.
pub const NEW_YES: &str = "このカードを追加する";
/// The other way.
pub const NEW_NO: &str = "追加せずに戻る";
/// No card waits.
pub const NEW_NONE: &str = "追加するカードの確認が終わっています";
/// What now.
pub const NEW_NONE_NEXT: &str =
    "安全のため、時間を区切っています。「カードを追加する」から、もう一度はじめてください。";

/// The page that says why a card did not do.
pub const REFUSED: &str = "カードを確認できませんでした";
/// The way on.
pub const BACK: &str = "連絡先に戻る";

/// What was just done with a card.
#[must_use]
pub const fn saved(saved: Saved) -> &'static str {
    match saved {
        Saved::Contact => super::profile::SAVED,
        Saved::CardAdded => "カードを追加しました。次から、このカードでもログインできます。",
        Saved::CardRemoved => "カードを外しました。このカードでは、もうログインできません。",
        Saved::CardKnown => "このカードは、もう登録されています。",
    }
}

/// Why a card did not do and what to do, by the code in the address.
#[must_use]
pub fn refused_because(reason: &str) -> (&'static str, &'static str) {
    match reason {
        "other_card" => (
            "登録しているカードと違うカードでした。",
            "最初にログインしたカードで、もう一度お試しください。何も変わっていません。",
        ),
        "not_theirs" => (
            "このカードは追加できません。",
            "追加できるのは、ご本人の新しいカードだけです。ご本人のカードなのに追加できないときは、窓口でお手続きください。",
        ),
        "cancelled" => (
            "カードの確認を中止しました。",
            "中止しても何も変わりません。続けるときは、連絡先のページからもう一度お願いします。",
        ),
        "expired" => (
            "カードの確認の時間が切れました。",
            "安全のため、時間を区切っています。連絡先のページからもう一度お願いします。",
        ),
        "unavailable" => (
            "本人確認のサービスにつながりません。",
            "しばらくたってから、連絡先のページからもう一度お試しください。何も変わっていません。",
        ),
        _ => (
            "カードを読み取れませんでした。",
            "連絡先のページから、もう一度お試しください。続けてうまくいかないときは、お問い合わせください。",
        ),
    }
}
