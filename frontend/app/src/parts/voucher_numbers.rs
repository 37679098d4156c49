//! The numbers of a voucher (払込番号), store by store.

use domain::money::Yen;
use domain::payment::Voucher;
use leptos::prelude::*;

use super::Fact;
use crate::text::{clock, reservation};
use crate::visit::today;

/// What the payer takes to the store, and until when.
#[component]
pub fn VoucherNumbers(voucher: Voucher, amount: Yen) -> impl IntoView {
    let stores = voucher.numbers.into_iter().map(|one| {
        let confirmation = one.confirmation_number.map(|number| {
            view! {
                <br/>
                <span class="nowrap">{reservation::CONFIRMATION_NUMBER} " " <b>{number}</b></span>
            }
        });
        view! {
            <Fact name=one.store.to_string()>
                <span class="nowrap">{reservation::PAYMENT_NUMBER} " " <b>{one.payment_number}</b></span>
                {confirmation}
            </Fact>
        }
    });
    view! {
        <section class="stack" id="voucher">
            <p>{reservation::VOUCHER_MEANS}</p>
            <dl class="facts">
                <Fact name=reservation::VOUCHER_UNTIL>
                    <b>{clock::at(voucher.until, today())}</b>
                </Fact>
                <Fact name=reservation::VOUCHER_AMOUNT>{amount.to_string()}</Fact>
                {stores.collect_view()}
            </dl>
            <p class="quiet">{reservation::VOUCHER_STAYS}</p>
        </section>
    }
}
