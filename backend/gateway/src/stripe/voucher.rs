//! Vouchers: what Stripe tells of a konbini payment that waits for its money.

use domain::payment::{ConvenienceStore, SessionProgress, StoreNumber, Voucher};
use stripe_shared::{
    PaymentIntent, PaymentIntentNextActionKonbiniStores as Stores, PaymentIntentStatus as Status,
};
use usecases::ports::payments::GatewayFailure;

use super::checkout::{UNREADABLE, instant};

/// How far a page is that is complete and unpaid: its voucher waits, or has run out. Everything else
/// is no state to act on.
pub fn progress(intent: Option<&PaymentIntent>) -> Result<SessionProgress, GatewayFailure> {
    let intent = intent.ok_or(UNREADABLE)?;
    match &intent.status {
        Status::RequiresAction => {
            let action = intent.next_action.as_ref().ok_or(UNREADABLE)?;
            let details = action.konbini_display_details.as_ref().ok_or(UNREADABLE)?;
            Ok(SessionProgress::CompleteUnpaid {
                voucher: Voucher {
                    until: instant(details.expires_at)?,
                    url: details.hosted_voucher_url.clone(),
                    numbers: numbers(&details.stores),
                },
            })
        }
        Status::RequiresPaymentMethod | Status::Canceled => Ok(SessionProgress::Expired),
        _ => Err(UNREADABLE),
    }
}

fn numbers(stores: &Stores) -> Vec<StoreNumber> {
    let number = |store, code: &String, confirmation: &Option<String>| StoreNumber {
        store,
        payment_number: code.clone(),
        confirmation_number: confirmation.clone(),
    };
    let family_mart = stores.familymart.as_ref().map(|at| {
        number(
            ConvenienceStore::FamilyMart,
            &at.payment_code,
            &at.confirmation_number,
        )
    });
    let lawson = stores.lawson.as_ref().map(|at| {
        number(
            ConvenienceStore::Lawson,
            &at.payment_code,
            &at.confirmation_number,
        )
    });
    let ministop = stores.ministop.as_ref().map(|at| {
        number(
            ConvenienceStore::Ministop,
            &at.payment_code,
            &at.confirmation_number,
        )
    });
    let seicomart = stores.seicomart.as_ref().map(|at| {
        number(
            ConvenienceStore::Seicomart,
            &at.payment_code,
            &at.confirmation_number,
        )
    });
    [family_mart, lawson, ministop, seicomart]
        .into_iter()
        .flatten()
        .collect()
}
