//! What stands around every page: header, breadcrumbs, footer, and the answer to a failure.

use std::future::Future;

use contract::{Action, Badge, Failure, Outcome, TownView};
use domain::civil;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::address::Address;
use crate::pages::failed;
use crate::parts::{Breadcrumbs, Crumb, SampleMark};
use crate::shell::IslandScripts;
use crate::text::{fees, groups, reports, site, staff, transfers};
use crate::visit::{ForStaff, Today, Visit};
use crate::{forms::SeedFields, links};

/// A page: its name, the way to it, and what is on it.
pub struct Page {
    pub(crate) title: String,
    pub(crate) crumbs: Vec<Crumb>,
    pub(crate) body: AnyView,
    pub(crate) islands: bool,
    pub(crate) here: Option<String>,
}

impl Page {
    /// A page that needs no script.
    pub fn new(title: impl Into<String>, body: impl IntoView + 'static) -> Self {
        Self {
            title: title.into(),
            crumbs: Vec::new(),
            body: body.into_view().into_any(),
            islands: false,
            here: None,
        }
    }

    /// The way here.
    pub fn under(mut self, crumbs: Vec<Crumb>) -> Self {
        self.crumbs = crumbs;
        self
    }

    /// Is had again at this address, where its own says too little: a form that was posted.
    pub fn again_at(mut self, here: String) -> Self {
        self.here = Some(here);
        self
    }

    /// Has islands, so the browser's half is loaded.
    pub const fn with_islands(mut self) -> Self {
        self.islands = true;
        self
    }
}

/// What a page is made from.
pub struct Ask {
    pub(crate) visit: Visit,
    pub(crate) address: Address,
}

/// Makes a page inside its frame. A refusal or a fault becomes a page of its own, with its status.
pub fn framed<F>(make: impl FnOnce(Ask) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Outcome<Page>> + Send + 'static,
{
    let visit = expect_context::<Visit>();
    let address = Address::read();
    provide_context(Today(civil::date_at(visit.call.now())));
    provide_context(ForStaff(links::is_staffs(address.whole())));
    if let Some(refusal) = &visit.form.refusal {
        visit.host.status(failed::status(refusal));
    }
    view! {
        <Suspense>
            {Suspend::new(async move {
                let ask = Ask {
                    visit: visit.clone(),
                    address: address.clone(),
                };
                let page = make(ask).await;
                let badge = match visit.call.staff_member() {
                    // Without it the header leads nowhere, and the page says what is the matter.
                    Some(_) => visit.staff.badge(&visit.call).await.ok(),
                    None => None,
                };
                // After the page, which may just have learnt of a new town file.
                match visit.house.letterhead(&visit.call).await {
                    Ok(town) => in_frame(Some(town), badge, page, &visit, &address),
                    Err(failure) => in_frame(None, badge, page.and(Err(failure)), &visit, &address),
                }
            })}
        </Suspense>
    }
}

fn in_frame(
    town: Option<TownView>,
    badge: Option<Badge>,
    page: Outcome<Page>,
    visit: &Visit,
    address: &Address,
) -> impl IntoView + use<> {
    let page = page.unwrap_or_else(|failure| tell(failure, visit, address));
    let here = page.here.unwrap_or_else(|| address.whole().to_owned());
    let name = town.as_ref().map_or("", |town| &town.name);
    let title = site::title(&page.title, name);
    let scripts = page
        .islands
        .then(|| view! { <IslandScripts bundle=visit.bundle.clone()/> });
    view! {
        <Title text=title/>
        <Header town=town.clone() badge=badge visit=visit.clone() here=here/>
        <main id="main">
            <Breadcrumbs crumbs=page.crumbs/>
            {page.body}
        </main>
        {town.map(|town| view! { <Footer town=town/> })}
        {scripts}
    }
}

/// A failure as a page: its status is set, a fault is reported.
fn tell(failure: Failure, visit: &Visit, address: &Address) -> Page {
    match failure {
        Failure::Refused(refusal) => {
            visit.host.status(failed::status(&refusal));
            failed::refused(&refusal, address)
        }
        Failure::Fault(fault) => {
            visit.host.status(500);
            visit.host.broken(&fault);
            failed::broken(visit.call.request_id(), address)
        }
    }
}

#[component]
fn Header(
    town: Option<TownView>,
    badge: Option<Badge>,
    visit: Visit,
    here: String,
) -> impl IntoView {
    let registers = town.as_ref().is_some_and(|town| town.registers_groups);
    let name = town.map(|town| town.name);
    if links::is_staffs(&here) {
        return view! { <StaffHeader name=name badge=badge visit=visit here=here/> }.into_any();
    }
    let path = here.split('?').next().map(str::to_owned);
    let signed_in = visit.call.person().is_some();
    let link = move |href: &'static str, words: &'static str| {
        let current = (path.as_deref() == Some(href)).then_some("page");
        view! { <li><a href=href aria-current=current>{words}</a></li> }
    };
    view! {
        <a class="skip" href="#main">{site::SKIP}</a>
        <header class="site-header">
            <div>
                <a class="site-name" href=links::SEARCH>{name}" "<small>{site::SITE}</small></a>
                <nav class="site-nav" aria-label=site::NAVIGATION>
                    <ul>
                        {link(links::SEARCH, site::SEARCH)}
                        {link(links::FEES, fees::NAV)}
                        {link(links::RESERVATIONS, site::RESERVATIONS)}
                        {(signed_in && registers).then(|| link(links::GROUPS, groups::HEADING))}
                        {signed_in.then(|| link(links::PROFILE, site::PROFILE))}
                    </ul>
                </nav>
                <div class="site-account"><Account visit=visit here=here/></div>
            </div>
        </header>
    }
    .into_any()
}

/// Over the staff's own pages: nothing of the residents' leads there, and out is another way.
#[component]
fn StaffHeader(
    name: Option<String>,
    badge: Option<Badge>,
    visit: Visit,
    here: String,
) -> impl IntoView {
    let out = visit.call.staff_member().map(|_| {
        view! {
            <form method="post" action=links::STAFF_SIGN_OUT>
                <SeedFields seed=visit.seed/>
                <button type="submit">{site::SIGN_OUT}</button>
            </form>
        }
    });
    let path = here.split('?').next().map(str::to_owned);
    let links: Vec<_> = [
        (Action::SeeCounter, links::COUNTER, staff::NAV_COUNTER),
        (
            Action::HandleGroups,
            links::COUNTER_GROUPS,
            staff::NAV_GROUPS,
        ),
        (Action::SeeReviews, links::REVIEWS, staff::NAV_REVIEWS),
        (Action::SeeTill, links::TILL, staff::NAV_TILL),
        (Action::SeeBoard, links::BOARD, staff::NAV_BOARD),
        (Action::ManageClosures, links::CLOSURES, staff::NAV_CLOSURES),
        (Action::SeeFigures, links::FIGURES, reports::FIGURES),
        (
            Action::HandleTransfers,
            links::TRANSFERS,
            transfers::HEADING,
        ),
    ]
    .into_iter()
    .filter(|(doing, ..)| badge.as_ref().is_some_and(|badge| badge.may(*doing)))
    .map(|(_, href, words)| {
        let current = (path.as_deref() == Some(href)).then_some("page");
        view! { <li><a href=href aria-current=current>{words}</a></li> }
    })
    .collect();
    let nav = (!links.is_empty()).then(|| {
        view! {
            <nav class="site-nav" aria-label=staff::NAVIGATION><ul>{links}</ul></nav>
        }
    });
    view! {
        <a class="skip" href="#main">{site::SKIP}</a>
        <header class="site-header">
            <div>
                <a class="site-name" href=links::STAFF>{name}" "<small>{staff::SITE}</small></a>
                {nav}
                <div class="site-account">{out}</div>
            </div>
        </header>
    }
}

/// In, or out again.
#[component]
fn Account(visit: Visit, here: String) -> impl IntoView {
    if visit.call.person().is_some() {
        return view! {
            <form method="post" action=links::SIGN_OUT>
                <SeedFields seed=visit.seed/>
                <button type="submit">{site::SIGN_OUT}</button>
            </form>
        }
        .into_any();
    }
    let back = if here.starts_with(links::SIGN_IN) {
        links::SEARCH
    } else {
        here.as_str()
    };
    view! { <a href=links::sign_in(back)>{site::SIGN_IN}</a> }.into_any()
}

#[component]
fn Footer(town: TownView) -> impl IntoView {
    let contact = town.contact;
    view! {
        <footer class="site-footer">
            <div>
                <h2>{site::CONTACT}</h2>
                <p>
                    {format!("{} {}", town.name, contact.office)}
                    " "
                    <SampleMark shown=contact.illustrative/>
                    <br/>
                    <a href=links::telephone(&contact.phone)>{contact.phone.clone()}</a>
                    {format!("（{}）", contact.hours)}
                </p>
                <p class="quiet small">{site::SAMPLE_MEANS}</p>
            </div>
        </footer>
    }
}
