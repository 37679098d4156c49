//! What a payer does: pay with a card, with PayPay, take a konbini voucher and pay it in cash.

use chrono::{DateTime, Days, FixedOffset, NaiveTime, TimeZone as _};

use super::cards::{self, Verdict};
use super::error::ApiError;
use super::ids::new_id;
use super::objects::charge::{Charge, Failure};
use super::objects::intent::{self, Intent};
use super::objects::method::Method;
use super::objects::session::{self, Payer, Session};
use super::objects::transaction::Kind;
use super::world::{Cause, World};

/// What a payer holds out.
#[derive(Debug, Clone)]
pub enum Tender {
    /// A card.
    Card {
        /// As typed.
        number: String,
        /// 1–12.
        exp_month: i64,
        /// Four digits.
        exp_year: i64,
    },
    /// PayPay, already approved in its app.
    Paypay,
    /// A request for a konbini voucher.
    Konbini,
}

/// How an attempt to pay ended.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The money is there.
    Paid,
    /// The session is complete, the cash is still to come.
    VoucherIssued,
    /// The bank said no; the session stays open.
    Declined(Failure),
    /// Not a card number; nothing happened.
    NotACard,
    /// Not payable with this means.
    NotOffered,
    /// The session was complete or expired already; nothing happened.
    Closed(session::Status),
    /// No such session.
    Unknown,
}

impl World {
    /// One attempt to pay a session.
    pub fn pay(&mut self, session_id: &str, tender: &Tender, payer: Payer) -> Outcome {
        let Some(session) = self.sessions.get(session_id) else {
            return Outcome::Unknown;
        };
        if session.status != session::Status::Open {
            return Outcome::Closed(session.status);
        }
        let wanted = match tender {
            Tender::Card { .. } => "card",
            Tender::Paypay => "paypay",
            Tender::Konbini => "konbini",
        };
        if !session.method_types.iter().any(|name| name == wanted) {
            return Outcome::NotOffered;
        }
        let session = session.clone();
        match tender {
            Tender::Card {
                number,
                exp_month,
                exp_year,
            } => {
                let last4 = last_four(number);
                let card = |brand: &str| Method::Card {
                    brand: brand.to_owned(),
                    last4: last4.clone(),
                    exp_month: *exp_month,
                    exp_year: *exp_year,
                };
                match cards::judge(number) {
                    Verdict::NotACard => Outcome::NotACard,
                    Verdict::Approved { brand } => self.take(&session, card(brand), payer),
                    Verdict::Declined(failure) => {
                        self.decline(&session, card("visa"), payer, failure)
                    }
                }
            }
            Tender::Paypay => self.take(&session, Method::Paypay, payer),
            Tender::Konbini => self.issue_voucher(&session, payer),
        }
    }

    /// The PaymentIntent of a session, made at its first confirmation.
    fn confirm(&mut self, session: &Session) -> Intent {
        if let Some(intent) = session
            .payment_intent
            .as_ref()
            .and_then(|id| self.intents.get(id))
            .cloned()
        {
            return intent;
        }
        let id = new_id("pi_3", 23);
        let data = session.intent_data.clone();
        let intent = Intent {
            client_secret: format!("{id}_secret_{}", new_id("", 25)),
            id: id.clone(),
            created: self.clock.now(),
            amount: session.amount(),
            status: intent::Status::RequiresPaymentMethod,
            session: session.id.clone(),
            metadata: data.metadata,
            description: data.description,
            receipt_email: data.receipt_email,
            statement_descriptor: data.statement_descriptor,
            statement_descriptor_suffix: data.statement_descriptor_suffix,
            method_types: session.method_types.clone(),
            method: None,
            latest_charge: None,
            last_error: None,
            voucher_expires_at: None,
            canceled_at: None,
        };
        if let Some(stored) = self.sessions.get_mut(&session.id) {
            stored.payment_intent = Some(id.clone());
        }
        let object = self.json(&intent);
        self.intents.insert(id, intent.clone());
        self.emit("payment_intent.created", object, None, &Cause::default());
        intent
    }

    fn charge(&self, intent: &Intent, method: (String, Method), payer: Payer) -> Charge {
        Charge {
            id: new_id("ch_3", 23),
            created: self.clock.now(),
            amount: intent.amount,
            amount_refunded: 0,
            intent: intent.id.clone(),
            method_id: method.0,
            method: method.1,
            payer,
            metadata: intent.metadata.clone(),
            description: intent.description.clone(),
            receipt_email: intent.receipt_email.clone(),
            balance_transaction: None,
            failure: None,
        }
    }

    fn take(&mut self, session: &Session, method: Method, payer: Payer) -> Outcome {
        let intent = self.confirm(session);
        self.collect(&session.id, &intent, (new_id("pm_1", 23), method), payer);
        self.close(&session.id, "checkout.session.completed", true);
        Outcome::Paid
    }

    /// The money arrives: charge, balance, PaymentIntent, session.
    fn collect(
        &mut self,
        session_id: &str,
        intent: &Intent,
        method: (String, Method),
        payer: Payer,
    ) {
        let mut charge = self.charge(intent, method.clone(), payer.clone());
        charge.balance_transaction = Some(self.post(Kind::Charge, charge.amount, &charge.id));
        let charge_id = charge.id.clone();
        let charge_json = self.json(&charge);
        self.charges.insert(charge_id.clone(), charge);
        self.emit("charge.succeeded", charge_json, None, &Cause::default());
        if let Some(stored) = self.intents.get_mut(&intent.id) {
            stored.status = intent::Status::Succeeded;
            stored.method = Some(method);
            stored.latest_charge = Some(charge_id);
            stored.last_error = None;
        }
        if let Some(object) = self.intents.get(&intent.id).map(|o| self.json(o)) {
            self.emit("payment_intent.succeeded", object, None, &Cause::default());
        }
        if let Some(stored) = self.sessions.get_mut(session_id) {
            stored.payer = Some(payer);
        }
    }

    /// The session becomes complete (or its voucher is paid) and says so.
    fn close(&mut self, session_id: &str, event: &str, paid: bool) {
        if let Some(stored) = self.sessions.get_mut(session_id) {
            stored.status = session::Status::Complete;
            stored.paid = paid;
        }
        if let Some(object) = self.sessions.get(session_id).map(|o| self.json(o)) {
            self.emit(event, object, None, &Cause::default());
        }
    }

    fn decline(
        &mut self,
        session: &Session,
        method: Method,
        payer: Payer,
        failure: Failure,
    ) -> Outcome {
        let intent = self.confirm(session);
        let mut charge = self.charge(&intent, (new_id("pm_1", 23), method), payer);
        charge.failure = Some(failure.clone());
        let charge_id = charge.id.clone();
        let charge_json = self.json(&charge);
        self.charges.insert(charge_id.clone(), charge);
        self.emit("charge.failed", charge_json, None, &Cause::default());
        let mut error = ApiError::card(&failure.code, &failure.message)
            .with("charge", serde_json::json!(charge_id));
        if let Some(decline_code) = &failure.decline_code {
            error = error.with("decline_code", serde_json::json!(decline_code));
        }
        if let Some(stored) = self.intents.get_mut(&intent.id) {
            stored.latest_charge = Some(charge_id);
            stored.last_error = Some(error.object());
        }
        if let Some(object) = self.intents.get(&intent.id).map(|o| self.json(o)) {
            self.emit(
                "payment_intent.payment_failed",
                object,
                None,
                &Cause::default(),
            );
        }
        Outcome::Declined(failure)
    }

    fn issue_voucher(&mut self, session: &Session, payer: Payer) -> Outcome {
        let intent = self.confirm(session);
        let expires_at = voucher_end(self.clock.now(), session.konbini_days);
        if let Some(stored) = self.intents.get_mut(&intent.id) {
            stored.status = intent::Status::RequiresAction;
            stored.method = Some((new_id("pm_1", 23), Method::Konbini));
            stored.voucher_expires_at = Some(expires_at);
        }
        if let Some(object) = self.intents.get(&intent.id).map(|o| self.json(o)) {
            self.emit(
                "payment_intent.requires_action",
                object,
                None,
                &Cause::default(),
            );
        }
        if let Some(stored) = self.sessions.get_mut(&session.id) {
            stored.payer = Some(payer);
        }
        self.close(&session.id, "checkout.session.completed", false);
        Outcome::VoucherIssued
    }

    fn waiting_voucher(&self, session_id: &str) -> Option<(Session, Intent)> {
        let session = self.sessions.get(session_id)?;
        let intent = self.intents.get(session.payment_intent.as_ref()?)?;
        (intent.status == intent::Status::RequiresAction).then(|| (session.clone(), intent.clone()))
    }

    /// Cash for a voucher arrives. False when none was waiting.
    pub fn pay_voucher(&mut self, session_id: &str) -> bool {
        let Some((session, intent)) = self.waiting_voucher(session_id) else {
            return false;
        };
        let Some(method) = intent.method.clone() else {
            return false;
        };
        self.collect(
            &session.id,
            &intent,
            method,
            session.payer.clone().unwrap_or_default(),
        );
        self.close(
            &session.id,
            "checkout.session.async_payment_succeeded",
            true,
        );
        true
    }

    /// A voucher runs out unpaid. False when none was waiting.
    pub fn lapse_voucher(&mut self, session_id: &str) -> bool {
        let Some((session, intent)) = self.waiting_voucher(session_id) else {
            return false;
        };
        if let Some(stored) = self.intents.get_mut(&intent.id) {
            stored.status = intent::Status::RequiresPaymentMethod;
        }
        if let Some(object) = self.intents.get(&intent.id).map(|o| self.json(o)) {
            self.emit(
                "payment_intent.payment_failed",
                object,
                None,
                &Cause::default(),
            );
        }
        self.close(&session.id, "checkout.session.async_payment_failed", false);
        true
    }
}

fn last_four(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    digits.iter().skip(digits.len().saturating_sub(4)).collect()
}

/// 23:59:59 Japan time on day `days` (payments.md §2).
fn voucher_end(now: i64, days: i64) -> i64 {
    let fallback = now + days * 86_400;
    let Some(japan) = FixedOffset::east_opt(9 * 3600) else {
        return fallback;
    };
    let Some(today) =
        DateTime::from_timestamp(now, 0).map(|t| t.with_timezone(&japan).date_naive())
    else {
        return fallback;
    };
    let end = NaiveTime::from_hms_opt(23, 59, 59);
    let day = u64::try_from(days)
        .ok()
        .and_then(|days| today.checked_add_days(Days::new(days)));
    match (day, end) {
        (Some(day), Some(end)) => japan
            .from_local_datetime(&day.and_time(end))
            .single()
            .map_or(fallback, |instant| instant.timestamp()),
        _ => fallback,
    }
}
