//! The fields of a bank account, and what they say.

use contract::{AccountForm, AccountWords, FieldProblem, ProblemKind, Refusal, TellAccount};
use domain::ids::ReservationId;
use domain::personal::Personal;
use domain::transfer::AccountKind;
use leptos::prelude::*;

use crate::forms::{ChoiceField, ErrorSummary, Need, SeedFields, TextField, Values};
use crate::parts::{Fact, Kind, RefusalNotice, Submit};
use crate::text::transfers;
use crate::visit::Visit;

/// What a form of these fields says: `where`, then `bank_code`, `branch_code`, `account_kind` and
/// `account_number`, or `yucho_symbol` and `yucho_number`; `holder`.
///
/// # Errors
/// [`Refusal::InvalidInput`] where it is not said which kind of bank, or of account.
pub fn tell_account(values: &Values, reservation: ReservationId) -> Result<TellAccount, Refusal> {
    let missing = |field: &str| Refusal::InvalidInput {
        problems: vec![FieldProblem {
            field: field.to_owned(),
            problem: ProblemKind::Missing,
        }],
    };
    let account = match values.get("where") {
        Some("bank") => {
            let kind = values.get("account_kind").and_then(AccountKind::named);
            AccountWords::Bank {
                bank: values.text("bank_code"),
                branch: values.text("branch_code"),
                kind: kind.ok_or_else(|| missing("account_kind"))?,
                number: values.text("account_number"),
            }
        }
        Some("yucho") => AccountWords::Yucho {
            symbol: values.text("yucho_symbol"),
            number: values.text("yucho_number"),
        },
        _ => return Err(missing("where")),
    };
    Ok(TellAccount {
        reservation,
        account: Personal::new(account),
        holder: Personal::new(values.text("holder")),
    })
}

/// What waits, and the form; posts to `action`.
#[component]
pub fn TellAccountForm(visit: Visit, asked: AccountForm, action: String) -> impl IntoView {
    let refused = visit.form.refused_whole();
    let form = visit.form.clone();
    let ordinary = AccountKind::Ordinary.as_str().to_owned();
    let values = form.values.clone().or("account_kind", ordinary);
    let told = asked
        .told
        .map(|told| view! { <Fact name=transfers::TOLD>{told.into_revealed()}</Fact> });
    let choice = |value: &str, word: &str| (value.to_owned(), word.to_owned());
    let wheres = vec![
        choice("bank", transfers::BANK),
        choice("yucho", transfers::YUCHO),
    ];
    let (of, typed) = (form.clone(), values.clone());
    let digits = move |name: &'static str, label: &'static str, support: &'static str| {
        view! {
            <TextField
                form=of.clone() values=typed.clone() name=name label=label need=Need::Required
                support=Some(support.to_owned()) inputmode="numeric" width="phone" maxlength=20
                autocomplete="off"
            />
        }
    };
    view! {
        <div class="narrow stack" data-gap="wide">
            <ErrorSummary form=form.clone()/>
            {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
            <h1>{transfers::ACCOUNT}</h1>
            <p>{transfers::ACCOUNT_LEAD}</p>
            <dl class="facts">
                <Fact name=crate::text::reservation::NUMBER>{asked.number}</Fact>
                <Fact name=transfers::AMOUNT><strong>{asked.amount.to_string()}</strong></Fact>
                {told}
            </dl>
            <form class="account stack" data-gap="wide" method="post" action=action novalidate>
                <SeedFields seed=visit.seed/>
                <ChoiceField
                    form=form.clone() values=values.clone() name="where" label=transfers::WHERE
                    need=Need::Required choices=wheres
                />
                <fieldset class="only-bank stack">
                    <legend>{transfers::BANK}</legend>
                    {digits("bank_code", transfers::BANK_CODE, transfers::BANK_CODE_SUPPORT)}
                    {digits("branch_code", transfers::BRANCH_CODE, transfers::BRANCH_CODE_SUPPORT)}
                    <ChoiceField
                        form=form.clone() values=values.clone() name="account_kind"
                        label=transfers::KIND need=Need::Required choices=transfers::kinds()
                    />
                    {digits("account_number", transfers::NUMBER, transfers::NUMBER_SUPPORT)}
                </fieldset>
                <fieldset class="only-yucho stack">
                    <legend>{transfers::YUCHO}</legend>
                    {digits("yucho_symbol", transfers::SYMBOL, transfers::SYMBOL_SUPPORT)}
                    {digits("yucho_number", transfers::YUCHO_NUMBER, transfers::YUCHO_NUMBER_SUPPORT)}
                </fieldset>
                <TextField
                    form=form values=values name="holder" label=transfers::HOLDER
                    need=Need::Required support=Some(transfers::HOLDER_SUPPORT.to_owned())
                    maxlength=60 autocomplete="off"
                />
                <p class="small quiet">{transfers::ACCOUNT_KEPT}</p>
                <div class="actions">
                    <Submit kind=Kind::Primary>{transfers::TELL}</Submit>
                </div>
            </form>
        </div>
    }
}
