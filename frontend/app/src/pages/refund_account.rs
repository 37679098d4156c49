//! 返金の振込先: where a refund goes that cannot go back the way it came; by the owner or a clerk.

use leptos::prelude::*;

use super::account_fields::TellAccountForm;
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::text::{counter, reservation, site, transfers};

/// The owner's page.
#[component]
pub fn RefundAccountPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let id = address.reservation()?;
        let asked = visit.house.account_form(&visit.call, id).await?;
        let body = view! {
            <TellAccountForm visit=visit asked=asked action=links::refund_account(id)/>
        };
        let crumbs = vec![
            (
                site::RESERVATIONS.to_owned(),
                links::RESERVATIONS.to_owned(),
            ),
            (reservation::HEADING.to_owned(), links::reservation(id)),
        ];
        Ok(Page::new(transfers::ACCOUNT, body).under(crumbs))
    })
}

/// The clerk's page.
#[component]
pub fn CounterRefundAccountPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let id = address.reservation()?;
        let asked = visit.staff.account_form_for(&visit.call, id).await?;
        let crumbs = vec![
            (counter::HEADING.to_owned(), links::COUNTER.to_owned()),
            (asked.number.clone(), links::sale(id)),
        ];
        let action = links::sale_page(id, "refund-account");
        let body = view! { <TellAccountForm visit=visit asked=asked action=action/> };
        Ok(Page::new(transfers::ACCOUNT, body).under(crumbs))
    })
}
