//! 利用者を登録する: somebody who has no card with them.

use contract::{FoundPerson, PersonWords, Refusal};
use domain::identity_document::IdentityDocument;
use domain::personal::Personal;
use leptos::prelude::*;

use super::counter_people::{Candidate, Place};
use crate::forms::{
    CheckField, ChoiceField, ErrorSummary, Need, SeedFields, SelectField, TextField,
};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{Kind, Notice, RefusalNotice, Submit};
use crate::text::walk_in;
use crate::visit::Visit;

/// Posts the fields, and `is_new` once the clerk has looked at whom it may be.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let badge = visit.staff.badge(&visit.call).await?;
        if !badge.may(contract::Action::SellAtCounter) {
            return Err(Refusal::Forbidden.into());
        }
        let place = Place::read(&address);
        let refusal = visit.form.refused_whole();
        let known = match &refusal {
            Some(Refusal::PersonPerhapsKnown) => {
                let words = words(&visit);
                visit.staff.perhaps_known(&visit.call, &words).await?
            }
            Some(_) | None => Vec::new(),
        };
        let refusal = refusal.filter(|_| known.is_empty());
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refusal.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <h1>{walk_in::REGISTER}</h1>
                <p>{walk_in::REGISTER_LEAD}</p>
                <Form visit=visit place=place known=known/>
            </div>
        };
        Ok(Page::new(walk_in::REGISTER, body))
    })
}

fn words(visit: &Visit) -> PersonWords {
    let typed = |name| Personal::new(visit.form.values.text(name));
    PersonWords {
        name: typed("name"),
        kana: typed("kana"),
        phone: typed("phone"),
    }
}

#[component]
fn Form(visit: Visit, place: Place, known: Vec<FoundPerson>) -> impl IntoView {
    let form = visit.form.clone();
    let values = form.values.clone();
    let documents = IdentityDocument::ALL
        .into_iter()
        .map(|kind| (kind.as_str().to_owned(), kind.to_string()))
        .collect();
    let residences = [("in", walk_in::IN_TOWN), ("out", walk_in::OUT_OF_TOWN)];
    let residences = residences
        .map(|(value, word)| (value.to_owned(), word.to_owned()))
        .to_vec();
    let perhaps = (!known.is_empty()).then(|| {
        let values = values.clone();
        view! { <Perhaps known=known values=values/> }
    });
    view! {
        <form class="stack" data-gap="wide" method="post" novalidate action=place.new_person()>
            <SeedFields seed=visit.seed/>
            {perhaps}
            <TextField
                form=form.clone() values=values.clone() name="name" label=walk_in::NAME
                need=Need::Required support=Some(walk_in::NAME_SUPPORT.to_owned())
                autocomplete="off" maxlength=100
            />
            <TextField
                form=form.clone() values=values.clone() name="kana" label=walk_in::KANA
                need=Need::Required autocomplete="off" maxlength=100
            />
            <TextField
                form=form.clone() values=values.clone() name="phone" label=walk_in::PHONE
                need=Need::Required support=Some(walk_in::PHONE_SUPPORT.to_owned()) kind="tel"
                autocomplete="off" width="phone" maxlength=30
            />
            <TextField
                form=form.clone() values=values.clone() name="email" label=walk_in::EMAIL
                need=Need::Optional support=Some(walk_in::EMAIL_SUPPORT.to_owned()) kind="email"
                autocomplete="off" maxlength=254
            />
            <ChoiceField
                form=form.clone() values=values.clone() name="residence" label=walk_in::RESIDENCE
                need=Need::Required choices=residences
            />
            <SelectField
                form=form values=values name="document" label=walk_in::DOCUMENT
                need=Need::Required nothing=walk_in::CHOOSE_DOCUMENT options=documents
            />
            <div class="actions">
                <Submit kind=Kind::Primary>{walk_in::REGISTER_GO}</Submit>
            </div>
        </form>
    }
}

/// Whom it may be, before anybody is entered twice.
#[component]
fn Perhaps(known: Vec<FoundPerson>, values: crate::forms::Values) -> impl IntoView {
    let each = known
        .into_iter()
        .map(|person| {
            let href = links::person(person.id);
            view! { <Candidate person=person href=href/> }
        })
        .collect_view();
    view! {
        <Notice heading=walk_in::PERHAPS announced=true>
            <p>{walk_in::PERHAPS_NEXT}</p>
            <ul class="people" role="list">{each}</ul>
            <CheckField values=values name="is_new" value="1" label=walk_in::NONE_OF_THEM/>
        </Notice>
    }
}
