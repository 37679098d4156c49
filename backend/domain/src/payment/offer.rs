//! Which means of payment can be offered for a fee at an instant (支払方法の提示).

use chrono::{DateTime, Days, Duration, Utc};

use super::PaymentMethod;
use super::voucher::VOUCHER_GRACE_MINUTES;
use crate::civil::{self, TimeOfDay};
use crate::money::Yen;

/// How many days a voucher lives at most: the service's own default (payments.md §2). The floor is
/// kept as long, so longer would let people keep floor that they do not pay for.
pub const MOST_VOUCHER_DAYS: u8 = 3;

/// How long before the use a voucher and its grace must be over, hours: what was not paid can then
/// still be had by somebody else, at least for a day.
pub const BEFORE_USE_HOURS: i64 = 24;

/// What is to be paid, and by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// How much, yen, tax included.
    pub owed: Yen,
    /// When the payment page closes by itself. A voucher may be taken in its last second, and its
    /// days count from there.
    pub closes_at: DateTime<Utc>,
    /// When the use begins.
    pub start: DateTime<Utc>,
    /// Until when it must be paid, where somebody was told (納期限).
    pub due: Option<DateTime<Utc>>,
}

/// What can be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The means, never none.
    pub methods: Vec<PaymentMethod>,
    /// How many days a voucher is to live, where one is offered.
    pub voucher_days: Option<u8>,
}

/// A fee that cannot be paid online.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OfferRefusal {
    /// Too little for any means: 1 円 to 49 円.
    #[error("{least}未満はオンラインでお支払いいただけません")]
    TooSmall {
        /// The least that can be paid.
        least: Yen,
    },
    /// Too much for any means.
    #[error("{most}を超える額はオンラインでお支払いいただけません")]
    TooLarge {
        /// The most that can be paid.
        most: Yen,
    },
}

impl OfferRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooSmall { .. } => "payment.too_small",
            Self::TooLarge { .. } => "payment.too_large",
        }
    }
}

impl PaymentMethod {
    /// The least and the most that can be paid by it at once, yen (payments.md §2; a card's most is
    /// the eight digits that an amount may have there).
    #[must_use]
    pub const fn limits(self) -> (Yen, Yen) {
        match self {
            Self::Card => (Yen::new(50), Yen::new(99_999_999)),
            Self::PayPay => (Yen::new(50), Yen::new(1_000_000)),
            Self::Konbini => (Yen::new(120), Yen::new(300_000)),
        }
    }

    fn takes(self, amount: Yen) -> bool {
        let (least, most) = self.limits();
        (least..=most).contains(&amount)
    }
}

/// What can be offered on an occasion. Of the days that a voucher may live the most that end in
/// time: with its grace [`BEFORE_USE_HOURS`] before the use, and itself not after the due date.
///
/// # Errors
/// [`OfferRefusal`].
pub fn offer(occasion: &Occasion) -> Result<Offer, OfferRefusal> {
    let owed = occasion.owed;
    let (least, most) = PaymentMethod::Card.limits();
    if owed < least {
        return Err(OfferRefusal::TooSmall { least });
    }
    if owed > most {
        return Err(OfferRefusal::TooLarge { most });
    }
    let voucher_days = PaymentMethod::Konbini
        .takes(owed)
        .then(|| voucher_days(occasion))
        .flatten();
    let methods = [
        PaymentMethod::Card,
        PaymentMethod::PayPay,
        PaymentMethod::Konbini,
    ]
    .into_iter()
    .filter(|method| method.takes(owed))
    .filter(|method| *method != PaymentMethod::Konbini || voucher_days.is_some())
    .collect();
    Ok(Offer {
        methods,
        voucher_days,
    })
}

fn voucher_days(occasion: &Occasion) -> Option<u8> {
    let ends_in_time = |days: &u8| {
        let Some(until) = voucher_end(occasion.closes_at, *days) else {
            return false;
        };
        let free_again = until + Duration::minutes(VOUCHER_GRACE_MINUTES);
        let in_time = free_again + Duration::hours(BEFORE_USE_HOURS) <= occasion.start;
        in_time && occasion.due.is_none_or(|due| until <= due)
    };
    (1..=MOST_VOUCHER_DAYS).rev().find(ends_in_time)
}

/// The last second of a voucher that is issued at an instant for some days: 23:59:59 in Japan, that
/// many days later (payments.md §2).
#[must_use]
pub fn voucher_end(issued: DateTime<Utc>, days: u8) -> Option<DateTime<Utc>> {
    let after = civil::date_at(issued).checked_add_days(Days::new(u64::from(days) + 1))?;
    Some(civil::instant(after, TimeOfDay::MIDNIGHT) - Duration::seconds(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use PaymentMethod::{Card, Konbini, PayPay};

    fn at(date: &str, time: &str) -> DateTime<Utc> {
        civil::instant(date.parse().unwrap(), time.parse().unwrap())
    }

    fn far(owed: u32) -> Occasion {
        Occasion {
            owed: Yen::new(owed),
            closes_at: at("2026-11-02", "10:35"),
            start: at("2026-12-05", "09:00"),
            due: None,
        }
    }

    #[test]
    fn each_means_is_offered_within_its_own_limits() {
        for (owed, methods) in [
            (50, vec![Card, PayPay]),
            (119, vec![Card, PayPay]),
            (120, vec![Card, PayPay, Konbini]),
            (300_000, vec![Card, PayPay, Konbini]),
            (300_001, vec![Card, PayPay]),
            (1_000_000, vec![Card, PayPay]),
            (1_000_001, vec![Card]),
            (99_999_999, vec![Card]),
        ] {
            assert_eq!(offer(&far(owed)).unwrap().methods, methods, "{owed}");
        }
    }

    #[test]
    fn what_no_means_takes_is_refused_by_a_code() {
        for (owed, code) in [
            (1, "payment.too_small"),
            (49, "payment.too_small"),
            (100_000_000, "payment.too_large"),
        ] {
            assert_eq!(offer(&far(owed)).unwrap_err().code(), code, "{owed}");
        }
    }

    #[test]
    fn a_voucher_ends_with_the_last_second_of_its_day_in_japan() {
        for (issued, days, end) in [
            (at("2026-11-02", "00:00"), 1, at("2026-11-04", "00:00")),
            (at("2026-11-02", "23:59"), 1, at("2026-11-04", "00:00")),
            (at("2026-11-03", "00:00"), 3, at("2026-11-07", "00:00")),
        ] {
            let end = end - Duration::seconds(1);
            assert_eq!(voucher_end(issued, days), Some(end), "{issued} {days}");
        }
    }

    /// Scenario of payments.md §6 test 20: a voucher that outlives the start is never offered.
    #[test]
    fn a_voucher_is_offered_only_where_it_ends_well_before_the_use() {
        // Taken on the 2nd it ends on the 3rd at the soonest; with an hour and a day that is 01:00
        // of the 5th.
        for (start, days) in [
            (("2026-11-02", "19:00"), None),
            (("2026-11-04", "09:00"), None),
            (("2026-11-05", "00:30"), None),
            (("2026-11-05", "01:00"), Some(1)),
            (("2026-11-06", "00:30"), Some(1)),
            (("2026-11-06", "01:00"), Some(2)),
            (("2026-11-07", "01:00"), Some(3)),
            (("2027-03-01", "09:00"), Some(3)),
        ] {
            let occasion = Occasion {
                start: at(start.0, start.1),
                ..far(1_600)
            };
            let offer = offer(&occasion).unwrap();
            assert_eq!(offer.voucher_days, days, "{start:?}");
            assert_eq!(offer.methods.contains(&Konbini), days.is_some());
        }
    }

    #[test]
    fn a_page_that_closes_after_midnight_is_reckoned_from_the_later_day() {
        let occasion = Occasion {
            closes_at: at("2026-11-03", "00:05"),
            start: at("2026-11-05", "09:00"),
            ..far(1_600)
        };
        assert_eq!(offer(&occasion).unwrap().voucher_days, None);
    }

    #[test]
    fn a_voucher_never_outlives_the_due_date() {
        for (due, days) in [
            (("2026-11-03", "12:00"), None),
            (("2026-11-04", "00:00"), Some(1)),
            (("2026-11-06", "00:00"), Some(3)),
        ] {
            let occasion = Occasion {
                due: Some(at(due.0, due.1)),
                ..far(1_600)
            };
            let found = offer(&occasion).unwrap().voucher_days;
            assert_eq!(found, days, "{due:?}");
        }
    }
}
