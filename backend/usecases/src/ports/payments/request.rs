//! What is asked of the payment service: frozen before the first call, the same at every try.

use chrono::{DateTime, Utc};
use domain::ids::{MunicipalityId, PaymentId, RefundId};
use domain::money::Yen;
use domain::payment::PaymentMethod;
use serde::{Deserialize, Serialize};

use crate::ports::personal::Personal;

/// The name under which the service recognises a repeated request (冪等キー). It follows from our
/// own id, so that no crash can lose it; the service forgets it after a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The key that opens the payment page of one attempt.
    #[must_use]
    pub fn of_payment(payment: PaymentId) -> Self {
        Self(format!("payment:{payment}"))
    }

    /// The key that sends one refund (payments.md §3, row 17).
    #[must_use]
    pub fn of_refund(refund: RefundId) -> Self {
        Self(format!("refund:{refund}"))
    }

    /// As it is sent and stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Asks for a payment page (決済画面の依頼).
///
/// Stored as JSON with the attempt before the first call, and sent from there: the service refuses
/// a repeated key whose parameters have changed, if only by a second in `expires_at`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutRequest {
    /// Recognises a repetition.
    pub key: IdempotencyKey,
    /// Whose booking it is.
    pub municipality: MunicipalityId,
    /// Which attempt it is; comes back with every answer and event.
    pub payment: PaymentId,
    /// The reservation's number as people read it, for the town's staff at the service's screens.
    pub reservation_number: String,
    /// What the payer sees that they pay for: 「むくのきセンター 体育館全面 11月28日」.
    pub product_name: String,
    /// What is owed, yen, tax included.
    pub amount: Yen,
    /// Which means are offered; those the account has not got are left out by the service.
    pub methods: Vec<PaymentMethod>,
    /// How many days a voucher lives, to the end of a day in Japan, where one is offered.
    #[serde(default)]
    pub voucher_days: Option<u8>,
    /// Where the payer's browser goes after paying. `{CHECKOUT_SESSION_ID}` is filled in by the
    /// service, so the address is not parsed here.
    pub success_url: String,
    /// Where the link back leads.
    pub cancel_url: String,
    /// When the service closes the page by itself, to the second; between [`Self::SHORTEST`] and
    /// [`Self::LONGEST`] after the call arrives.
    pub expires_at: DateTime<Utc>,
    /// The payer's address, filled in on the page for them. While one stands here the stored
    /// request is personal data (個人情報) and has to be sealed.
    #[serde(default, with = "revealed")]
    pub email: Option<Personal<String>>,
}

impl CheckoutRequest {
    /// The service closes no page sooner by itself: 30 minutes. Leave room for tries that fail.
    pub const SHORTEST: chrono::TimeDelta = chrono::TimeDelta::minutes(30);
    /// Nor does it keep one open longer: 24 hours.
    pub const LONGEST: chrono::TimeDelta = chrono::TimeDelta::hours(24);
}

/// Asks for money to be given back (還付の依頼). Everything in it follows from the refund and its
/// payment, which are stored before the first call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundRequest {
    /// Recognises a repetition.
    pub key: IdempotencyKey,
    /// Whose booking it was.
    pub municipality: MunicipalityId,
    /// Which attempt had paid.
    pub payment: PaymentId,
    /// Which refund it is; comes back with every answer and event.
    pub refund: RefundId,
    /// What the money came in by, as the paid session named it.
    pub intent: String,
    /// How much goes back, yen, tax included.
    pub amount: Yen,
}

/// Personal data has no `Serialize` of its own; here it is written on purpose.
mod revealed {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Personal;

    pub fn serialize<S: Serializer>(
        value: &Option<Personal<String>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Personal::reveal).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Personal<String>>, D::Error> {
        Ok(Option::<String>::deserialize(deserializer)?.map(Personal::new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> CheckoutRequest {
        let payment = PaymentId(uuid::Uuid::from_u128(7));
        CheckoutRequest {
            key: IdempotencyKey::of_payment(payment),
            municipality: MunicipalityId(uuid::Uuid::from_u128(1)),
            payment,
            reservation_number: "2026-000123".into(),
            product_name: "むくのきセンター 体育館全面".into(),
            amount: Yen::new(2_400),
            methods: vec![PaymentMethod::Card, PaymentMethod::Konbini],
            voucher_days: Some(2),
            success_url: "https://seika.example/paid?session={CHECKOUT_SESSION_ID}".into(),
            cancel_url: "https://seika.example/reservations/7".into(),
            expires_at: DateTime::from_timestamp(1_795_252_000, 0).unwrap_or_default(),
            email: Some(Personal::new("hanako@example.jp".into())),
        }
    }

    #[test]
    fn a_stored_request_comes_back_to_the_letter() {
        let stored = serde_json::to_string(&request()).unwrap();
        let again: CheckoutRequest = serde_json::from_str(&stored).unwrap();
        assert_eq!(again, request());
    }

    #[test]
    fn a_request_that_was_stored_before_there_were_vouchers_is_still_sent_as_it_was() {
        let mut stored = serde_json::to_value(request()).unwrap();
        stored.as_object_mut().unwrap().remove("voucher_days");
        let again: CheckoutRequest = serde_json::from_value(stored).unwrap();
        assert_eq!(again.voucher_days, None);
    }

    #[test]
    fn a_request_prints_no_address() {
        assert!(!format!("{:?}", request()).contains("hanako"));
    }
}
