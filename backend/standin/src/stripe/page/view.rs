//! The HTML of the hosted page.

use maud::{DOCTYPE, Markup, html};

use super::form::{Filled, Problem};
use super::text::Text;
use crate::stripe::objects::session::{Session, Status};

/// The form of an open session.
pub fn payment(
    session: &Session,
    text: &Text,
    filled: &Filled,
    problem: Option<&Problem>,
) -> Markup {
    let offers = |name: &str| session.method_types.iter().any(|offered| offered == name);
    let body = html! {
        div.columns {
            (summary(session, text))
            main.panel {
                h1 { (text.heading) }
                @if let Some(problem) = problem {
                    p.alert role="alert" id="problem" {
                        strong { (text.error) ": " } (text.problem(problem))
                    }
                }
                @if offers("paypay") {
                    form method="get" action={ "/c/pay/" (session.id) "/paypay" } {
                        button.paypay type="submit" { (text.pay_paypay) }
                    }
                    @if offers("card") { p.divider { span { (text.or_card) } } }
                }
                @if offers("card") { (card_form(session, text, filled, problem)) }
                @if offers("konbini") {
                    p.divider { span { (text.or_else) } }
                    details open[filled.method == "konbini"] {
                        summary { (text.konbini) }
                        (konbini_form(session, text, filled, problem))
                    }
                }
            }
        }
    };
    shell(text, &body)
}

fn summary(session: &Session, text: &Text) -> Markup {
    html! {
        section.summary aria-label=(text.total) {
            @if let Some(cancel_url) = &session.cancel_url {
                a.back href=(cancel_url) { "← " (text.back) }
            }
            p.amount { span.visually-hidden { (text.total) " " } (text.yen(session.amount())) }
            ul.items {
                @for item in &session.line_items {
                    li {
                        span.what {
                            (item.name)
                            @if let Some(description) = &item.description {
                                small { (description) }
                            }
                            @if item.quantity > 1 {
                                small { (text.quantity) " " (item.quantity) }
                            }
                        }
                        span.price { (text.yen(item.total())) }
                    }
                }
            }
        }
    }
}

fn card_form(session: &Session, text: &Text, filled: &Filled, problem: Option<&Problem>) -> Markup {
    let problem = problem.filter(|_| filled.method != "konbini");
    html! {
        form method="post" action={ "/c/pay/" (session.id) } novalidate {
            input type="hidden" name="method" value="card";
            (email_field(session, text, filled, problem, "email"))
            fieldset {
                legend { (text.card) }
                div.hint id="card-hint" {
                    (text.card_hint)
                    ul {
                        li { span.number { "4242 4242 4242 4242" } " " (text.card_accepted) }
                        li { span.number { "4000 0000 0000 0002" } " " (text.card_declined) }
                    }
                }
                (field(&Field {
                    id: "card_number", label: text.card_number, value: &filled.card_number,
                    kind: "text", autocomplete: "cc-number", numeric: true,
                    hint: Some("card-hint"),
                }, problem))
                div.pair {
                    div {
                        (field(&Field {
                            id: "expiry", label: text.expiry, value: &filled.expiry, kind: "text",
                            autocomplete: "cc-exp", numeric: true, hint: Some("expiry-hint"),
                        }, problem))
                        p.hint id="expiry-hint" { (text.expiry_hint) }
                    }
                    div {
                        (field(&Field {
                            id: "cvc", label: text.cvc, value: "", kind: "text",
                            autocomplete: "cc-csc", numeric: true, hint: Some("cvc-hint"),
                        }, problem))
                        p.hint id="cvc-hint" { (text.cvc_hint) }
                    }
                }
            }
            (field(&Field {
                id: "name", label: text.name, value: filled.name.as_deref().unwrap_or_default(),
                kind: "text", autocomplete: "cc-name", numeric: false, hint: None,
            }, problem))
            button.primary type="submit" { (text.pay(session.amount())) }
        }
    }
}

fn konbini_form(
    session: &Session,
    text: &Text,
    filled: &Filled,
    problem: Option<&Problem>,
) -> Markup {
    let problem = problem.filter(|_| filled.method == "konbini");
    html! {
        form method="post" action={ "/c/pay/" (session.id) } novalidate {
            input type="hidden" name="method" value="konbini";
            p.hint { (text.konbini_note) }
            (email_field(session, text, filled, problem, "konbini_email"))
            label for="konbini_name" { (text.konbini_name) }
            input id="konbini_name" name="name" autocomplete="name"
                value=(filled.name.as_deref().unwrap_or_default());
            button.primary type="submit" { (text.konbini_pay) }
        }
    }
}

fn email_field(
    session: &Session,
    text: &Text,
    filled: &Filled,
    problem: Option<&Problem>,
    id: &str,
) -> Markup {
    let wrong = problem.and_then(Problem::field) == Some("email");
    html! {
        label for=(id) { (text.email) }
        @match &session.customer_email {
            Some(email) => { input id=(id) name="email" type="email" value=(email) readonly; }
            None => {
                input id=(id) name="email" type="email" autocomplete="email"
                    value=(filled.email.as_deref().unwrap_or_default())
                    aria-invalid=[wrong.then_some("true")] aria-describedby=[wrong.then_some("problem")];
            }
        }
    }
}

struct Field<'a> {
    id: &'a str,
    label: &'a str,
    value: &'a str,
    kind: &'a str,
    autocomplete: &'a str,
    numeric: bool,
    hint: Option<&'a str>,
}

fn field(field: &Field<'_>, problem: Option<&Problem>) -> Markup {
    let wrong = problem.and_then(Problem::field) == Some(field.id);
    let described = match (field.hint, wrong) {
        (Some(hint), true) => Some(format!("problem {hint}")),
        (None, true) => Some("problem".to_owned()),
        (hint, false) => hint.map(str::to_owned),
    };
    html! {
        label for=(field.id) { (field.label) }
        input id=(field.id) name=(field.id) type=(field.kind) value=(field.value)
            autocomplete=(field.autocomplete) inputmode=[field.numeric.then_some("numeric")]
            aria-invalid=[wrong.then_some("true")] aria-describedby=[described];
    }
}

/// What stands in for PayPay's own screen.
pub fn paypay(session: &Session, text: &Text) -> Markup {
    let body = html! {
        main.panel.single {
            h1 { (text.paypay_heading) }
            p.amount { (text.yen(session.amount())) }
            p { (text.paypay_note) }
            form method="post" action={ "/c/pay/" (session.id) "/paypay" } {
                button.paypay type="submit" { (text.paypay_approve) }
            }
            p { a href={ "/c/pay/" (session.id) } { (text.paypay_refuse) } }
        }
    };
    shell(text, &body)
}

/// A session that cannot be paid any more.
pub fn closed(session: &Session, text: &Text, status: Status) -> Markup {
    let (heading, note, target) = match status {
        Status::Complete => (
            text.done_heading,
            text.done_note,
            Some(
                session
                    .success_url
                    .replace("{CHECKOUT_SESSION_ID}", &session.id),
            ),
        ),
        Status::Expired | Status::Open => (
            text.expired_heading,
            text.expired_note,
            session.cancel_url.clone(),
        ),
    };
    let body = html! {
        main.panel.single {
            h1 { (heading) }
            p { (note) }
            @if let Some(target) = target { p { a.button href=(target) { (text.to_merchant) } } }
        }
    };
    shell(text, &body)
}

/// No such session.
pub fn unknown(text: &Text) -> Markup {
    let body = html! {
        main.panel.single { h1 { (text.unknown_heading) } p { (text.unknown_note) } }
    };
    shell(text, &body)
}

fn shell(text: &Text, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(text.lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (text.title) }
                link rel="stylesheet" href="/c/style.css";
            }
            body {
                p.test-mode { (text.test_mode) }
                (body)
                footer { (text.footer) }
            }
        }
    }
}
