//! Test card numbers and what they do.
//!
//! Source: <https://docs.stripe.com/testing>.

use super::objects::charge::Failure;
use super::objects::refund;

/// What happens to a card.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// Accepted.
    Approved {
        /// `visa`, `mastercard`, `jcb`, `amex`.
        brand: &'static str,
    },
    /// Declined by the bank; a charge with status `failed` remains.
    Declined(Failure),
    /// Not a card number at all; nothing happens.
    NotACard,
}

/// Judges a card number; spaces and hyphens do not matter.
#[must_use]
pub fn judge(number: &str) -> Verdict {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let approved = |brand| Verdict::Approved { brand };
    match digits.as_str() {
        "4242424242424242" | "4000003920000003" | "4000000000007726" | "4000000000005126" => {
            approved("visa")
        }
        "5555555555554444" | "2223003122003222" => approved("mastercard"),
        "378282246310005" => approved("amex"),
        "3566002020360505" | "3530111333300000" => approved("jcb"),
        "4000000000000002" => declined("card_declined", Some("generic_decline")),
        "4000000000009995" => declined("card_declined", Some("insufficient_funds")),
        "4000000000009987" => declined("card_declined", Some("lost_card")),
        "4000000000000069" => declined("expired_card", None),
        "4000000000000127" => declined("incorrect_cvc", None),
        "4000000000000119" => declined("processing_error", None),
        _ if !luhn(&digits) => Verdict::NotACard,
        // Test mode takes no real cards.
        _ => declined("card_declined", Some("test_mode_live_card")),
    }
}

/// How refunds to a card begin and what they turn into later, for the cards that stand for it.
#[must_use]
pub fn refund_course(last4: &str) -> Option<(refund::Status, refund::Status)> {
    match last4 {
        "7726" => Some((refund::Status::Pending, refund::Status::Succeeded)),
        "5126" => Some((refund::Status::Succeeded, refund::Status::Failed)),
        _ => None,
    }
}

fn declined(code: &str, decline_code: Option<&str>) -> Verdict {
    let message = match code {
        "expired_card" => "Your card has expired.",
        "incorrect_cvc" => "Your card's security code is incorrect.",
        "processing_error" => {
            "An error occurred while processing your card. Try again in a little bit."
        }
        _ if decline_code == Some("insufficient_funds") => "Your card has insufficient funds.",
        _ if decline_code == Some("test_mode_live_card") => {
            "Your card was declined. Your request was in test mode, but used a non test card."
        }
        _ => "Your card was declined.",
    };
    Verdict::Declined(Failure {
        code: code.to_owned(),
        decline_code: decline_code.map(str::to_owned),
        message: message.to_owned(),
    })
}

/// The check digit of ISO/IEC 7812-1.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    (12..=19).contains(&digits.len()) && sum.is_multiple_of(10)
}
