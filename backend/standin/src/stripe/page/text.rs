//! The words of the page, in Japanese and English.

use super::form::Problem;

/// One language.
pub struct Text {
    pub lang: &'static str,
    pub title: &'static str,
    pub test_mode: &'static str,
    pub back: &'static str,
    pub total: &'static str,
    pub quantity: &'static str,
    pub heading: &'static str,
    pub or_card: &'static str,
    pub or_else: &'static str,
    pub email: &'static str,
    pub card: &'static str,
    pub card_number: &'static str,
    pub card_hint: &'static str,
    pub card_accepted: &'static str,
    pub card_declined: &'static str,
    pub expiry: &'static str,
    pub expiry_hint: &'static str,
    pub cvc: &'static str,
    pub cvc_hint: &'static str,
    pub name: &'static str,
    pub konbini_name: &'static str,
    pub pay_paypay: &'static str,
    pub konbini: &'static str,
    pub konbini_note: &'static str,
    pub konbini_pay: &'static str,
    pub paypay_heading: &'static str,
    pub paypay_note: &'static str,
    pub paypay_approve: &'static str,
    pub paypay_refuse: &'static str,
    pub done_heading: &'static str,
    pub done_note: &'static str,
    pub expired_heading: &'static str,
    pub expired_note: &'static str,
    pub unknown_heading: &'static str,
    pub unknown_note: &'static str,
    pub to_merchant: &'static str,
    pub error: &'static str,
    pub footer: &'static str,
}

const JAPANESE: Text = Text {
    lang: "ja",
    title: "お支払い",
    test_mode: "テスト環境です。実際の請求はありません。",
    back: "戻る",
    total: "合計",
    quantity: "数量",
    heading: "お支払い方法",
    or_card: "またはカードで支払う",
    or_else: "またはコンビニで支払う",
    email: "メールアドレス",
    card: "カード情報",
    card_number: "カード番号",
    card_hint: "テスト用のカード番号：",
    card_accepted: "支払いできる",
    card_declined: "拒否される",
    expiry: "有効期限（月 / 年）",
    expiry_hint: "例：12 / 34",
    cvc: "セキュリティコード",
    cvc_hint: "3桁または4桁",
    name: "カード所有者名",
    konbini_name: "お名前",
    pay_paypay: "PayPayで支払う",
    konbini: "コンビニ払い",
    konbini_note: "払込番号を発行します。期限までにお店でお支払いください。",
    konbini_pay: "払込番号を発行する",
    paypay_heading: "PayPayでのお支払い",
    paypay_note: "PayPayの画面の代わりです。どちらかを選んでください。",
    paypay_approve: "支払いを承認する",
    paypay_refuse: "やめて戻る",
    done_heading: "お支払いは完了しています",
    done_note: "この支払い画面はすでに使われました。もう一度支払う必要はありません。",
    expired_heading: "この支払い画面は期限切れです",
    expired_note: "お支払いは行われていません。お店のページからやり直してください。",
    unknown_heading: "ページが見つかりません",
    unknown_note: "リンクが正しいか確認してください。",
    to_merchant: "元のページへ",
    error: "エラー",
    footer: "Stripe の代役（テスト用）",
};

const ENGLISH: Text = Text {
    lang: "en",
    title: "Checkout",
    test_mode: "Test environment. Nobody is charged.",
    back: "Back",
    total: "Total",
    quantity: "Qty",
    heading: "Payment method",
    or_card: "Or pay by card",
    or_else: "Or pay at a convenience store",
    email: "Email",
    card: "Card information",
    card_number: "Card number",
    card_hint: "Card numbers for tests:",
    card_accepted: "accepted",
    card_declined: "declined",
    expiry: "Expiry (month / year)",
    expiry_hint: "Example: 12 / 34",
    cvc: "Security code",
    cvc_hint: "3 or 4 digits",
    name: "Cardholder name",
    konbini_name: "Name",
    pay_paypay: "Pay with PayPay",
    konbini: "Convenience store",
    konbini_note: "You get a payment code. Pay at the store before it runs out.",
    konbini_pay: "Get a payment code",
    paypay_heading: "Pay with PayPay",
    paypay_note: "This stands in for PayPay's own screen. Choose one.",
    paypay_approve: "Approve the payment",
    paypay_refuse: "Cancel and go back",
    done_heading: "This payment is complete",
    done_note: "This checkout page has been used already. There is no need to pay again.",
    expired_heading: "This checkout page has expired",
    expired_note: "You have not been charged. Please start again from the shop's page.",
    unknown_heading: "Page not found",
    unknown_note: "Please check the link.",
    to_merchant: "Back to the site",
    error: "Error",
    footer: "Stand-in for Stripe (tests only)",
};

/// The session's language, or the browser's when the session says `auto` or nothing.
pub fn choose(locale: Option<&str>, accept_language: Option<&str>) -> &'static Text {
    let wanted = match locale {
        Some(locale) if locale != "auto" => locale,
        _ => accept_language.unwrap_or("ja"),
    };
    if wanted.trim_start().starts_with("ja") {
        &JAPANESE
    } else {
        &ENGLISH
    }
}

impl Text {
    /// An amount of yen.
    pub fn yen(&self, amount: i64) -> String {
        let digits = amount.to_string();
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        if self.lang == "ja" {
            format!("{grouped}円")
        } else {
            format!("¥{grouped}")
        }
    }

    /// What the button says.
    pub fn pay(&self, amount: i64) -> String {
        let amount = self.yen(amount);
        if self.lang == "ja" {
            format!("{amount}を支払う")
        } else {
            format!("Pay {amount}")
        }
    }

    /// What is wrong, and what to do about it.
    pub fn problem(&self, problem: &Problem) -> &'static str {
        let (japanese, english) = match problem {
            Problem::Email => (
                "メールアドレスを入力してください。",
                "Please enter your email address.",
            ),
            Problem::CardNumber => (
                "カード番号が正しくありません。",
                "Your card number is invalid.",
            ),
            Problem::Expiry => (
                "有効期限が正しくありません。12 / 34 のように入力してください。",
                "The expiry date is invalid. Enter it like 12 / 34.",
            ),
            Problem::Cvc => (
                "セキュリティコードを3桁または4桁で入力してください。",
                "Please enter the security code, 3 or 4 digits.",
            ),
            Problem::Name => ("お名前を入力してください。", "Please enter the name."),
            Problem::NotOffered => (
                "この方法では支払えません。",
                "This payment method is not available.",
            ),
            Problem::Declined(failure) => {
                match failure.decline_code.as_deref().unwrap_or(&failure.code) {
                    "insufficient_funds" => (
                        "残高不足のため、カードが拒否されました。別のカードをお試しください。",
                        "Your card has insufficient funds. Try a different card.",
                    ),
                    "expired_card" => {
                        ("カードの有効期限が切れています。", "Your card has expired.")
                    }
                    "incorrect_cvc" => (
                        "セキュリティコードが正しくありません。",
                        "Your card's security code is incorrect.",
                    ),
                    "processing_error" => (
                        "処理中にエラーが起きました。少し待ってからもう一度お試しください。",
                        "An error occurred while processing your card. Try again in a little bit.",
                    ),
                    "test_mode_live_card" => (
                        "テスト環境では本物のカードは使えません。テスト用のカード番号を使ってください。",
                        "Real cards do not work in the test environment. Use a test card number.",
                    ),
                    _ => (
                        "カードが拒否されました。別のカードをお試しください。",
                        "Your card was declined. Try a different card.",
                    ),
                }
            }
        };
        if self.lang == "ja" { japanese } else { english }
    }
}
