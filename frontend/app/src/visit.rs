//! The visit: what the server hands to every page (訪問).

use std::sync::Arc;

use chrono::NaiveDate;
use contract::{Call, Fault, Resident, Staff};
use leptos::prelude::{expect_context, use_context};
use uuid::Uuid;

use crate::forms::FormState;

/// Everything a page needs, put into Leptos' context by the server once per request.
#[derive(Clone)]
pub struct Visit {
    /// The use cases.
    pub house: Arc<dyn Resident>,
    /// What the staff's pages ask.
    pub staff: Arc<dyn Staff>,
    /// Whether this town has an issuer for its staff.
    pub lets_staff_in: bool,
    /// Who asks, for which municipality, when.
    pub call: Call,
    /// What forms carry besides their fields.
    pub seed: FormSeed,
    /// What was posted and why it was refused; empty on GET.
    pub form: FormState,
    /// What a page may tell the server about the answer.
    pub host: Arc<dyn Host>,
    /// Where the browser's half lies.
    pub bundle: Bundle,
}

/// The day in Japan on which the page is made (今日), in the context of every page: parts that show
/// a date need it to know whether the year goes without saying.
#[derive(Clone, Copy, Debug)]
pub struct Today(pub NaiveDate);

/// Whether the page is one of the staff's own (職員のページ), in the context of every page: what a
/// refusal says to do next is another thing for them.
#[derive(Clone, Copy, Debug)]
pub struct ForStaff(pub bool);

/// Whether the page that is being made is one of the staff's own.
pub fn for_staff() -> bool {
    use_context::<ForStaff>().is_some_and(|staffs| staffs.0)
}

/// The day of the page that is being made.
pub fn today() -> NaiveDate {
    expect_context::<Today>().0
}

/// What every form carries besides its fields.
#[derive(Clone)]
pub struct FormSeed {
    /// Ties the form to the session; posted as `token`.
    pub token: String,
    /// A fresh random key; posted as `submission`, so that a form sent twice acts once.
    pub submission: Uuid,
}

/// Where the browser's half lies, from the bundle's manifest.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The style sheet's address (`/yoriai.0123456789abcdef.css`).
    pub style: String,
    /// The folder of the module and its glue, without a slash at either end (`pkg/0123…`).
    pub pkg: String,
}

/// What a page may tell the server about the answer.
pub trait Host: Send + Sync {
    /// Sets the HTTP status.
    fn status(&self, code: u16);

    /// Answers 303: the page is elsewhere, at an address of our own.
    fn see_other(&self, path: &str);

    /// Something broke while the page was made: to be logged once, with its request id.
    fn broken(&self, fault: &Fault);
}
