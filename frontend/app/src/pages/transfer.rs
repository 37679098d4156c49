//! 振込依頼: one order to the bank, from the draft to the bank's answer.

use contract::{TransferItem, TransferOrderView};
use domain::ids::TransferOrderId;
use domain::transfer::OrderState;
use leptos::prelude::*;

use crate::forms::{ErrorSummary, Hidden, Need, SeedFields, TextField, Values};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, Fact, Kind, Notice, RefusalNotice, Submit, Tone};
use crate::text::{clock, transfers};
use crate::visit::{FormSeed, Visit, today};

/// `?done=`. Posts `action=approve`, `withdraw`, `carried_out` with `sent_on`, or `sent_back` with
/// `refund`.
#[component]
pub fn TransferPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let shown = visit
            .staff
            .transfer_order(&visit.call, address.transfer()?)
            .await?;
        let refused = visit.form.refused_whole();
        let done = visit.form.refusal.is_none().then(|| {
            let done = address.query().get("done").and_then(transfers::done)?;
            Some(view! { <Notice tone=Tone::Success heading=done announced=true/> })
        });
        let order = shown.order.clone();
        let name = transfers::order(order.number);
        let approved = shown
            .approved_by
            .clone()
            .map(|by| view! { <Fact name=transfers::APPROVED_BY>{by.into_revealed()}</Fact> });
        let sent = match order.state {
            OrderState::CarriedOut { on, .. } => {
                Some(view! { <Fact name=transfers::SENT_ON>{clock::day(on, today())}</Fact> })
            }
            OrderState::Prepared | OrderState::Approved { .. } | OrderState::Withdrawn { .. } => {
                None
            }
        };
        let (prepared_by, at) = shown.prepared.clone();
        let prepared = format!("{} {}", prepared_by.into_revealed(), clock::at(at, today()));
        let crumbs = vec![(transfers::HEADING.to_owned(), links::TRANSFERS.to_owned())];
        let body = view! {
            <div class="till stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                {done.flatten()}
                <header class="stack" data-gap="tight">
                    <h1>{name.clone()}</h1>
                    <p class="row">
                        <span class="status" data-tone=transfers::tone(order.state)>
                            {transfers::state(order.state)}
                        </span>
                        <strong>{transfers::contents(&order)}</strong>
                    </p>
                </header>
                <dl class="facts">
                    <Fact name=transfers::PAY_ON>{clock::day(order.pay_on, today())}</Fact>
                    <Fact name=transfers::PREPARED_BY>{prepared}</Fact>
                    {approved}
                    {sent}
                </dl>
                <Steps visit=visit.clone() shown=shown.clone()/>
                <Items visit=visit shown=shown/>
            </div>
        };
        Ok(Page::new(name, body).under(crumbs))
    })
}

/// What can be done now.
#[component]
fn Steps(visit: Visit, shown: TransferOrderView) -> impl IntoView {
    let id = shown.order.id;
    match shown.order.state {
        OrderState::Prepared if shown.may_approve => view! {
            <Act seed=visit.seed.clone() id=id action="approve" kind=Kind::Primary
                words=transfers::APPROVE means=None/>
            <Act seed=visit.seed id=id action="withdraw" kind=Kind::Outline
                words=transfers::WITHDRAW means=Some(transfers::WITHDRAW_MEANS)/>
        }
        .into_any(),
        OrderState::Prepared => view! {
            <p>{transfers::APPROVE_OTHER}</p>
            <Act seed=visit.seed id=id action="withdraw" kind=Kind::Outline
                words=transfers::WITHDRAW means=Some(transfers::WITHDRAW_MEANS)/>
        }
        .into_any(),
        OrderState::Approved { .. } => {
            let form = visit.form.clone();
            let values = if form.values.is_empty() {
                Values::new([("sent_on".to_owned(), shown.order.pay_on.to_string())])
            } else {
                form.values.clone()
            };
            view! {
                <section class="stack" data-gap="tight">
                    <div class="actions">
                        <ButtonLink href=links::transfer_file(id) kind=Kind::Primary>
                            {transfers::FILE}
                        </ButtonLink>
                    </div>
                    <p class="small quiet">{transfers::FILE_MEANS}</p>
                </section>
                <form class="stack" method="post" action=links::transfer(id) novalidate>
                    <SeedFields seed=visit.seed.clone()/>
                    <TextField
                        form=form values=values name="sent_on" label=transfers::SENT_ON
                        need=Need::Required kind="date" width="date"
                        support=Some(transfers::CARRIED_OUT_MEANS.to_owned())
                    />
                    <div>
                        <Submit name="action" value="carried_out">{transfers::CARRIED_OUT}</Submit>
                    </div>
                </form>
                <Act seed=visit.seed id=id action="withdraw" kind=Kind::Outline
                    words=transfers::WITHDRAW means=Some(transfers::WITHDRAW_MEANS)/>
            }
            .into_any()
        }
        OrderState::CarriedOut { .. } | OrderState::Withdrawn { .. } => ().into_any(),
    }
}

/// One button that does one thing.
#[component]
fn Act(
    seed: FormSeed,
    id: TransferOrderId,
    action: &'static str,
    kind: Kind,
    words: &'static str,
    means: Option<&'static str>,
) -> impl IntoView {
    view! {
        <form class="stack" data-gap="tight" method="post" action=links::transfer(id)>
            <SeedFields seed=seed/>
            <div><Submit kind=kind name="action" value=action>{words}</Submit></div>
            {means.map(|means| view! { <p class="small quiet">{means}</p> })}
        </form>
    }
}

#[component]
fn Items(visit: Visit, shown: TransferOrderView) -> impl IntoView {
    let sent = matches!(shown.order.state, OrderState::CarriedOut { .. });
    let id = shown.order.id;
    let rows = shown
        .items
        .into_iter()
        .map(|item| {
            view! { <Item seed=visit.seed.clone() id=id item=item sent=sent/> }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>{transfers::ITEMS}</h2>
            <table class="arrivals">
                <caption class="unseen">{transfers::ITEMS}</caption>
                <thead>
                    <tr>
                        <th scope="col">{transfers::BOOKING}</th>
                        <th scope="col">{transfers::YEN}</th>
                        <th scope="col">{transfers::TO}</th>
                        <th scope="col">{transfers::ACCOUNT_HOLDER}</th>
                        <th scope="col">{transfers::STATE}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

#[component]
fn Item(seed: FormSeed, id: TransferOrderId, item: TransferItem, sent: bool) -> impl IntoView {
    let (account, holder) = match item.account {
        Some(account) => {
            let account = account.into_revealed();
            (transfers::account(&account), account.holder().to_owned())
        }
        None => (transfers::PURGED.to_owned(), String::new()),
    };
    let stands = if !item.live {
        view! { <span>{transfers::CAME_BACK}</span> }.into_any()
    } else if sent {
        view! {
            <form method="post" action=links::transfer(id)>
                <SeedFields seed=seed/>
                <Hidden name="refund" value=item.refund.to_string()/>
                <Submit name="action" value="sent_back">{transfers::SENT_BACK}</Submit>
            </form>
        }
        .into_any()
    } else {
        ().into_any()
    };
    view! {
        <tr>
            <th scope="row">{item.number}</th>
            <td data-label=transfers::YEN class="amount">{item.amount.to_string()}</td>
            <td data-label=transfers::TO>{account}</td>
            <td data-label=transfers::ACCOUNT_HOLDER>{holder}</td>
            <td data-label=transfers::STATE>{stands}</td>
        </tr>
    }
}
