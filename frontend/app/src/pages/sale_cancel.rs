//! 予約の代理取消し: for which reason, how much of it, what comes back and how, before it is done.

use std::collections::BTreeSet;

use contract::{CancelPreview, Failure, PayState, Refusal, SaleCancel, SaleCancelPreview};
use domain::payment::Means;
use domain::refunds::Because;
use domain::span::Span;
use leptos::prelude::*;

use super::cancel_wish::{
    OWN, carried, override_choice, reason_choice, sale_cancel_wish, slot_field,
};
use crate::forms::{
    CheckField, ChoiceField, ErrorSummary, Field, FormState, Hidden, Need, SeedFields, TextField,
    Values, Wiring,
};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{
    ButtonLink, ComesBack, Fact, Kind, Reckoning, RefusalNotice, ReservationFacts, Submit,
};
use crate::text::{counter, reservation, sale};
use crate::visit::Visit;

/// Asks for reason and slots by GET, and posts them with `seen_refund_yen` and `reason`.
#[component]
pub fn SaleCancelPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let id = address.reservation()?;
        let values = visit.form.values_or(address.query());
        let plain = SaleCancel {
            reservation: id,
            slots: BTreeSet::new(),
            because: Because::Own,
        };
        let wish = sale_cancel_wish(&values, id);
        let asked = match &wish {
            Ok(wish) => match visit.staff.cancel_sale_preview(&visit.call, wish).await {
                Ok(preview) => Ok(preview),
                Err(Failure::Refused(refusal)) if *wish != plain => Err(refusal),
                Err(failure) => return Err(failure),
            },
            Err(refusal) => Err(refusal.clone()),
        };
        let (shown, found) = match asked {
            Ok(preview) => (preview, None),
            Err(refusal) => {
                let shown = visit.staff.cancel_sale_preview(&visit.call, &plain).await?;
                (shown, Some(refusal))
            }
        };
        let form = with(visit.form.clone(), &values, found.clone());
        let crumbs = vec![
            (counter::HEADING.to_owned(), links::COUNTER.to_owned()),
            (shown.preview.reservation.number.clone(), links::sale(id)),
        ];
        let refusal = form.refused_whole();
        let own = wish.is_ok_and(|wish| wish.because == Because::Own);
        let reservation = shown.preview.reservation.clone();
        let confirm = found.is_none().then(|| {
            view! {
                <GiveBack preview=shown.preview.clone()/>
                <Confirm
                    visit=visit preview=shown.preview.clone() form=form.clone()
                    values=values.clone() own=own
                />
            }
        });
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <ErrorSummary form=form.clone()/>
                {refusal.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <h1>{sale::CANCEL_HEADING}</h1>
                <ReservationFacts reservation=reservation/>
                <Choose shown=shown form=form values=values/>
                {confirm}
            </div>
        };
        Ok(Page::new(sale::CANCEL_HEADING, body).under(crumbs))
    })
}

/// The form as it was posted, or as the address asks for it, with what is wrong with that.
fn with(form: FormState, values: &Values, found: Option<Refusal>) -> FormState {
    match (form.refusal.is_some(), found) {
        (false, Some(refusal)) => FormState::refused(values.clone(), refusal),
        (_, _) => form,
    }
}

fn was_cash(preview: &CancelPreview) -> bool {
    match &preview.reservation.money.payment {
        PayState::Paid { method, .. } => *method == Means::Cash.to_string(),
        _ => false,
    }
}

/// The town's reasons with what each gives back, and the slots: nothing where there is no choice.
#[component]
fn Choose(shown: SaleCancelPreview, form: FormState, values: Values) -> impl IntoView {
    let SaleCancelPreview {
        preview,
        own_yen,
        reasons,
        overrides,
    } = shown;
    let (by_rule, out_of_rule) = (!reasons.is_empty(), !overrides.is_empty());
    if !by_rule && !out_of_rule && preview.slots.is_empty() {
        return None;
    }
    let mut choices = vec![(OWN.to_owned(), sale::own(own_yen))];
    choices.extend(reasons.iter().map(|it| {
        let words = sale::for_reason(&it.label, it.refund_yen, &it.article);
        (reason_choice(&it.id), words)
    }));
    choices.extend(overrides.iter().map(|it| {
        let words = sale::out_of_rule(&it.label, &it.article);
        (override_choice(&it.id), words)
    }));
    let chosen = values.clone().or("why", OWN.to_owned());
    let why = (by_rule || out_of_rule).then(|| {
        view! {
            <ChoiceField
                form=form.clone() values=chosen name="why" label=sale::WHY need=Need::Required
                choices=choices
            />
        }
    });
    let amount = out_of_rule.then(|| {
        view! {
            <TextField
                form=form values=values.clone() name="amount" label=sale::AMOUNT
                need=Need::Optional support=Some(sale::AMOUNT_SUPPORT.to_owned())
                inputmode="numeric" width="phone" maxlength=9 autocomplete="off" unit=sale::YEN
            />
        }
    });
    let id = preview.reservation.id;
    Some(view! {
        <form class="stack" method="get" action=links::sale_page(id, "cancel")>
            {why}
            {amount}
            <Slots slots=preview.slots values=values/>
            <div class="actions">
                <Submit>{sale::RECKON_AGAIN}</Submit>
            </div>
        </form>
    })
}

#[component]
fn Slots(slots: Vec<Span>, values: Values) -> impl IntoView {
    (!slots.is_empty()).then(|| {
        let each = slots
            .into_iter()
            .map(|slot| {
                view! {
                    <CheckField
                        values=values.clone() name=slot_field(slot) value="on" label=slot.clock()
                    />
                }
            })
            .collect_view();
        let wiring = Wiring::new(&FormState::default(), "slots", Some(sale::PART_SUPPORT));
        view! {
            <Field
                wiring=wiring label=sale::PART need=Need::Unsaid
                support=Some(sale::PART_SUPPORT.to_owned()) group=true
            >
                <div class="choices">{each}</div>
            </Field>
        }
    })
}

#[component]
fn GiveBack(preview: CancelPreview) -> impl IntoView {
    let how = if preview.paid_yen.is_zero() {
        reservation::NOTHING_PAID
    } else if preview.refund_yen.is_zero() {
        sale::NOTHING_BACK
    } else if was_cash(&preview) {
        sale::BACK_IN_CASH
    } else {
        sale::BACK_ONLINE
    };
    let left = preview.left.map(|left| {
        view! {
            <dl class="facts">
                <Fact name=reservation::PART_LEFT>{left.clock()}</Fact>
                <Fact name=reservation::PART_PAID>{preview.paid_yen.to_string()}</Fact>
            </dl>
        }
    });
    view! {
        <section class="give-back">
            <ComesBack yen=preview.refund_yen/>
            <p>{how}</p>
            {left}
            <Reckoning lines=preview.reckoning/>
        </section>
    }
}

#[component]
fn Confirm(
    visit: Visit,
    preview: CancelPreview,
    form: FormState,
    values: Values,
    own: bool,
) -> impl IntoView {
    let id = preview.reservation.id;
    let carried = carried(&values)
        .into_iter()
        .map(|(name, value)| view! { <Hidden name=name value=value/> })
        .collect_view();
    let (need, support) = if own {
        (Need::Required, sale::REASON_SUPPORT)
    } else {
        (Need::Optional, sale::WORDS_SUPPORT)
    };
    let (warning, button) = match preview.left {
        None => (
            reservation::CANCEL_WARNING,
            sale::cancel_button(preview.refund_yen),
        ),
        Some(_) => (
            reservation::PART_WARNING,
            sale::part_button(preview.refund_yen),
        ),
    };
    view! {
        <form class="stack" method="post" action=links::sale_page(id, "cancel")>
            <SeedFields seed=visit.seed/>
            {carried}
            <Hidden name="seen_refund_yen" value=preview.refund_yen.get().to_string()/>
            <TextField
                values=form.values.clone() form=form name="reason" label=sale::REASON
                need=need support=Some(support.to_owned()) maxlength=200 autocomplete="off"
            />
            <p>{warning}</p>
            <div class="actions">
                <Submit kind=Kind::Danger>{button}</Submit>
                <ButtonLink href=links::sale(id)>{sale::KEEP}</ButtonLink>
            </div>
        </form>
    }
}
