//! The pages that people see in place of the app and the card. Plain HTML, phone first.

use maud::{DOCTYPE, Markup, html};

use super::{Client, Person};

const STYLE: &str = "
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; color: #1a1a1a; background: #fff; line-break: strict; overflow-wrap: anywhere;
  font: 1.125rem/1.7 'Noto Sans JP', -apple-system, BlinkMacSystemFont, sans-serif; }
main { max-width: 40rem; margin: 0 auto; padding: 16px 16px 48px; }
h1 { font-size: 1.5rem; line-height: 1.4; margin: 16px 0; word-break: auto-phrase; }
h2 { font-size: 1.25rem; margin: 32px 0 8px; }
p { margin: 8px 0; }
.sample { background: #fbf5e0; border: 2px solid #927200; border-radius: 8px; padding: 8px 16px; }
ul.cards { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
button { width: 100%; min-height: 64px; padding: 8px 16px; border: 2px solid #0017c1;
  border-radius: 8px; background: #fff; color: #1a1a1a; font: inherit; text-align: start; }
button:hover { background: #e8f1fe; }
button:focus-visible, input:focus-visible, summary:focus-visible { outline: 4px solid #000; outline-offset: 2px;
  box-shadow: 0 0 0 2px #ffd43d; }
button strong { display: block; font-size: 1.25rem; }
button span { display: block; color: #4d4d4d; font-size: 1rem; }
label { display: block; margin-top: 8px; }
input { width: 100%; min-height: 48px; padding: 4px 8px; border: 1px solid #1a1a1a;
  border-radius: 8px; font: inherit; }
details form button { margin-top: 16px; }
button.stop { border-color: #4d4d4d; text-align: center; margin-top: 32px; }
summary { min-height: 48px; padding: 8px 0; }
";

/// What a card that was made on the page is chosen by.
pub(super) const OWN_CARD: &str = "own";

/// The card-choosing page: the client's own townspeople first, the others behind a fold, and behind
/// another a card for anybody one can think of.
pub(super) fn cards(client: &Client, people: &[Person], scope: &[String], request: &str) -> String {
    let (own, other): (Vec<_>, Vec<_>) =
        people.iter().partition(|person| person.town == client.town);
    let passed_on: Vec<_> = scope.iter().filter_map(|scope| label(scope)).collect();
    document(
        "カードを選ぶ",
        &html! {
            h1 { "マイナンバーカードでログイン" }
            p { (client.name) " に、次の情報を渡します: " (passed_on.join("・")) }
            form method="post" action="../../login-actions/card" {
                input type="hidden" name="request" value=(request);
                h2 { "カードを選んでください" }
                ul.cards { @for person in own { li { (card(person)) } } }
                @if !other.is_empty() {
                    details {
                        summary { "ほかの町の人のカード" }
                        ul.cards { @for person in other { li { (card(person)) } } }
                    }
                }
                button.stop type="submit" name="card" value="" { "中止" }
            }
            details {
                summary { "カードを自分で作る" }
                form method="post" action="../../login-actions/card" {
                    input type="hidden" name="request" value=(request);
                    p { "氏名が同じなら、住所や生年月日が変わっても、同じ人の同じカードです。" }
                    (field("氏名", "name", None))
                    (field("住所", "address", None))
                    (field("生年月日（20100501 の形）", "birthdate", Some("[0-9]{8}")))
                    button type="submit" name="card" value=(OWN_CARD) { "作ったカードを使う" }
                }
            }
        },
    )
}

fn field(label: &str, name: &str, pattern: Option<&str>) -> Markup {
    html! {
        label for=(name) { (label) }
        input id=(name) name=(name) pattern=[pattern] required autocomplete="off";
    }
}

/// The page of the staff's issuer: everybody who works there, each with what for.
pub(super) fn colleagues(client: &Client, people: &[Person], request: &str) -> String {
    page(
        "職員を選ぶ - 職員の認証（見本）",
        "これは見本です。本物の認証ではなく、職員も実在しません。",
        &html! {
            h1 { "職員のログイン" }
            p { (client.name) " に、氏名を渡します。" }
            form method="post" action="../../login-actions/card" {
                input type="hidden" name="request" value=(request);
                h2 { "職員を選んでください" }
                ul.cards { @for person in people { li { (card(person)) } } }
                button.stop type="submit" name="card" value="" { "中止" }
            }
        },
    )
}

/// A request that cannot be sent back to anybody.
pub(super) fn refused(why: &str) -> String {
    document(
        "ログインできません",
        &html! { h1 { "ログインできません" } p { (why) } },
    )
}

fn card(person: &Person) -> Markup {
    html! {
        button type="submit" name="card" value=(person.id) {
            strong { (person.name) }
            span { (person.note) }
            @if !person.address.is_empty() { span { (person.address) } }
        }
    }
}

fn label(scope: &str) -> Option<&'static str> {
    match scope {
        "name" => Some("氏名"),
        "address" => Some("住所"),
        "birthdate" => Some("生年月日"),
        "gender" => Some("性別"),
        _ => None,
    }
}

fn document(title: &str, body: &Markup) -> String {
    page(
        &format!("{title} - デジタル認証サービス（見本）"),
        "これは見本です。本物のデジタル認証サービスではなく、カードの人も実在しません。",
        body,
    )
}

fn page(title: &str, sample: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="ja" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                main {
                    p.sample { (sample) }
                    (body)
                }
            }
        }
    }
    .into_string()
}
