//! 職員としてログインできませんでした.

use leptos::prelude::*;

use super::sign_in_failed::own_path;
use super::staff::NoRole;
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, Kind};
use crate::text::staff;

/// `?reason=` `no_role`, `cancelled`, `expired`, `unavailable` or anything else; `?return_to=` where
/// it began.
#[component]
pub fn StaffFailedPage() -> impl IntoView {
    framed(|Ask { address, .. }| async move {
        let reason = address.query().get("reason").unwrap_or("");
        if reason == "no_role" {
            return Ok(Page::new(staff::NO_ROLE, view! { <NoRole/> }));
        }
        let (what, next) = staff::failed_because(reason);
        let return_to = own_path(address.query().get("return_to"));
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <h1>{staff::FAILED}</h1>
                <p><strong>{what}</strong></p>
                <p>{next}</p>
                <div class="actions">
                    <ButtonLink href=links::staff_sign_in(&return_to) kind=Kind::Primary>
                        {staff::AGAIN}
                    </ButtonLink>
                    <ButtonLink href=links::STAFF>{staff::BACK}</ButtonLink>
                </div>
            </div>
        };
        Ok(Page::new(staff::FAILED, body))
    })
}
