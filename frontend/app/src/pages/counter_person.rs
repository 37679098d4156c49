//! 利用者: somebody at the counter, and what they have booked.

use contract::{CounterPerson, GroupLine, ReservationSummary, ResidenceView};
use domain::ids::{PersonId, ReservationId};
use domain::money::Yen;
use domain::personal::Personal;
use domain::town::TownTie;
use leptos::prelude::*;

use crate::forms::{ErrorSummary, Hidden, Need, SeedFields, SelectField, TextField};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{
    ButtonLink, Fact, GroupStatus, Kind, Notice, RefusalNotice, ReservationStatus, Submit, Tone,
    When,
};
use crate::text::{groups, money, walk_in};
use crate::visit::Visit;

/// `?registered=1` right after the registration.
#[component]
pub fn PersonPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let found = visit.staff.person(&visit.call, address.person()?).await?;
        let CounterPerson {
            person,
            email,
            verified_on,
            verified_by,
            residence,
            groups: theirs,
            differences,
            coming,
        } = found;
        let registered = address.query().get("registered").map(|_| {
            let words = walk_in::tell_number(person.number);
            view! {
                <Notice tone=Tone::Success heading=walk_in::REGISTERED announced=true>
                    <p>{words}</p>
                </Notice>
            }
        });
        let unreachable = person.phone.is_none();
        let refused = visit.form.refused_whole();
        let known = |value: Option<Personal<String>>| {
            value.map_or_else(|| walk_in::NOT_KNOWN.to_owned(), Personal::into_revealed)
        };
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                {registered}
                <h1>{person.name.into_revealed()}</h1>
                <dl class="facts">
                    <Fact name=walk_in::NUMBER>{person.number.to_string()}</Fact>
                    <Fact name=walk_in::KANA>{known(person.kana)}</Fact>
                    <Fact name=walk_in::PHONE>{known(person.phone)}</Fact>
                    <Fact name=walk_in::EMAIL>{known(email)}</Fact>
                    <Fact name=walk_in::RESIDENCE>{groups::finding(&residence.in_general)}</Fact>
                    <Fact name=walk_in::VERIFIED>
                        {walk_in::verified(&verified_by, verified_on)}
                    </Fact>
                </dl>
                <Differences owed=differences coming=coming.clone()/>
                {unreachable.then(|| view! { <GivePhone visit=visit.clone() id=person.id/> })}
                <div class="actions">
                    <ButtonLink href=links::counter_day(person.id, None, None) kind=Kind::Primary>
                        {walk_in::BOOK}
                    </ButtonLink>
                    <ButtonLink href=links::people(None, None)>{walk_in::SOMEBODY_ELSE}</ButtonLink>
                </div>
                <section class="stack">
                    <h2>{walk_in::COMING}</h2>
                    <Coming coming=coming/>
                </section>
                <TheirGroups id=person.id lines=theirs/>
                <Ties visit=visit id=person.id residence=residence/>
            </div>
        };
        // No name in the title: it ends up in the browser's history.
        Ok(Page::new(walk_in::NUMBER, body))
    })
}

/// Posts `phone`.
#[component]
fn GivePhone(visit: Visit, id: PersonId) -> impl IntoView {
    let form = visit.form.clone();
    let values = form.values.clone();
    view! {
        <form class="stack" method="post" novalidate action=links::person(id)>
            <SeedFields seed=visit.seed/>
            <TextField
                form=form values=values name="phone" label=walk_in::PHONE need=Need::Required
                support=Some(walk_in::PHONE_SUPPORT.to_owned()) kind="tel" autocomplete="off"
                width="phone" maxlength=30
            />
            <div class="actions"><Submit>{walk_in::GIVE_PHONE}</Submit></div>
        </form>
    }
}

/// What they owe besides, because they have moved away.
#[component]
fn Differences(owed: Vec<(ReservationId, Yen)>, coming: Vec<ReservationSummary>) -> impl IntoView {
    let each: Vec<_> = owed
        .into_iter()
        .filter_map(|(id, more)| {
            let one = coming.iter().find(|one| one.id == id)?;
            let place = format!("{} {}", one.facility_name, one.room_name);
            Some(view! {
                <li>
                    <a href=links::sale(id)><When span=one.span/>" "{place}</a>
                    " "
                    <strong>{more.to_string()}</strong>
                </li>
            })
        })
        .collect();
    (!each.is_empty()).then(|| {
        view! {
            <Notice heading=groups::DIFFERENCE>
                <p>{groups::DIFFERENCE_MEANS}</p>
                <ul>{each}</ul>
            </Notice>
        }
    })
}

/// The groups they represent or act for.
#[component]
fn TheirGroups(id: PersonId, lines: Vec<GroupLine>) -> impl IntoView {
    let list = if lines.is_empty() {
        view! { <p>{groups::NO_GROUPS}</p> }.into_any()
    } else {
        let each = lines
            .into_iter()
            .map(|line| {
                let until = line.state.valid_until().map(groups::until);
                view! {
                    <li class="row">
                        <a href=links::counter_group(line.id)>{line.name.clone()}</a>
                        <GroupStatus line=line/>
                        {until.map(|until| view! { <span class="small">{until}</span> })}
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="stack" data-gap="tight" role="list">{each}</ul> }.into_any()
    };
    view! {
        <section class="stack">
            <h2>{groups::GROUPS_OF}</h2>
            {list}
            <p><a href=links::new_group_of(id)>{groups::REGISTER_FOR}</a></p>
        </section>
    }
}

/// What ties them to the town. Posts `action` `tie` with `tie`, or `end_tie` with `ended`.
#[component]
fn Ties(visit: Visit, id: PersonId, residence: ResidenceView) -> impl IntoView {
    let ResidenceView {
        elsewhere,
        evidence,
        asked,
        ..
    } = residence;
    let elsewhere: Vec<_> = elsewhere
        .into_iter()
        .map(|at| view! { <Fact name=at.facility>{groups::finding(&at.finding)}</Fact> })
        .collect();
    let known = if evidence.is_empty() {
        view! { <p>{groups::NO_EVIDENCE}</p> }.into_any()
    } else {
        let seed = visit.seed.clone();
        let each = evidence
            .into_iter()
            .map(|one| {
                // Where somebody lives their card says at the next sign-in.
                let ends = one.ended_on.is_none() && one.tie != TownTie::Lives;
                let end = ends.then(|| {
                    view! {
                        <form method="post" action=links::person(id)>
                            <SeedFields seed=seed.clone()/>
                            <Hidden name="ended" value=tie_value(one.tie)/>
                            <Submit name="action" value="end_tie">{groups::end_tie(one.tie)}</Submit>
                        </form>
                    }
                });
                view! { <li class="stack" data-gap="tight">{groups::evidence(&one)}{end}</li> }
            })
            .collect_view();
        view! { <ul class="stack" data-gap="tight" role="list">{each}</ul> }.into_any()
    };
    let form = visit.form.clone();
    let values = form.values.clone();
    let choices: Vec<(String, String)> = [TownTie::Lives]
        .into_iter()
        .chain(asked)
        .map(|tie| (tie_value(tie).to_owned(), groups::tie(tie).to_owned()))
        .collect();
    view! {
        <section class="stack">
            <h2>{groups::TIES}</h2>
            {(!elsewhere.is_empty()).then(|| view! { <dl class="facts">{elsewhere}</dl> })}
            {known}
            <form class="stack" method="post" novalidate action=links::person(id)>
                <SeedFields seed=visit.seed/>
                <SelectField
                    form=form values=values name="tie" label=groups::TIE need=Need::Required
                    support=Some(groups::TIE_SUPPORT.to_owned())
                    nothing=walk_in::CHOOSE_DOCUMENT options=choices
                />
                <div class="actions">
                    <Submit name="action" value="tie">{groups::NOTE_TIE}</Submit>
                </div>
            </form>
        </section>
    }
}

const fn tie_value(tie: TownTie) -> &'static str {
    match tie {
        TownTie::Lives => "lives",
        TownTie::Works => "works",
        TownTie::Studies => "studies",
    }
}

#[component]
fn Coming(coming: Vec<ReservationSummary>) -> impl IntoView {
    if coming.is_empty() {
        return view! { <p>{walk_in::NOTHING_COMING}</p> }.into_any();
    }
    let each = coming
        .into_iter()
        .map(|one| {
            view! {
                <li>
                    <a class="person" href=links::sale(one.id)>
                        <strong><When span=one.span/></strong>
                        <span>{format!("{} {}", one.facility_name, one.room_name)}</span>
                        <span class="small">
                            <span class="nowrap">{one.number}</span>
                            " "
                            <span class="nowrap">{money::fee(one.total_yen)}</span>
                            " "
                            <ReservationStatus state=one.state/>
                        </span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="people" role="list">{each}</ul> }.into_any()
}
