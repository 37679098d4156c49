//! Refunds: partial ones up to the sum of the charge, and their later turns.
//!
//! Rules: <https://docs.stripe.com/api/refunds/create>, <https://docs.stripe.com/refunds>.

use serde_json::{Value, json};

use super::list;
use crate::stripe::cards;
use crate::stripe::error::ApiError;
use crate::stripe::ids::new_id;
use crate::stripe::objects::charge::Charge;
use crate::stripe::objects::method::Method;
use crate::stripe::objects::refund::{Refund, Status};
use crate::stripe::objects::transaction::Kind;
use crate::stripe::objects::{Stored as _, intent};
use crate::stripe::params::Reader;
use crate::stripe::world::{Cause, World};

/// Seconds of the stand-in's clock until the slow test cards turn.
const TEST_CARD_DELAY: i64 = 60;

pub fn create(world: &mut World, mut params: Reader<'_>, cause: &Cause) -> Result<Value, ApiError> {
    let intent_id = params.text("payment_intent", 200)?;
    let charge_id = params.text("charge", 200)?;
    let amount = params.integer("amount")?;
    let reason = params.choice(
        "reason",
        &["duplicate", "fraudulent", "requested_by_customer"],
    )?;
    let metadata = params.metadata("metadata")?;
    let instructions_email = params.text("instructions_email", 800)?;
    params.finish()?;
    if amount.is_some_and(|amount| amount < 1) {
        return Err(ApiError::invalid("Invalid positive integer")
            .code("parameter_invalid_integer")
            .param("amount"));
    }

    let charge = find_charge(world, intent_id, charge_id)?.clone();
    let left = charge.amount - charge.amount_refunded;
    if left == 0 {
        return Err(
            ApiError::refused(format!("Charge {} has already been refunded.", charge.id))
                .code("charge_already_refunded"),
        );
    }
    let amount = amount.unwrap_or(left);
    if amount > left {
        return Err(ApiError::refused(format!(
            "Refund amount (¥{amount}) is greater than unrefunded amount on charge (¥{left})"
        ))
        .param("amount"));
    }

    let (status, due) = course(world, &charge.method);
    let mut refund = Refund {
        id: new_id("re_3", 23),
        created: world.clock.now(),
        amount,
        status,
        charge: charge.id.clone(),
        intent: charge.intent.clone(),
        method: charge.method.clone(),
        reason,
        metadata,
        instructions_email,
        balance_transaction: None,
        failure_balance_transaction: None,
        failure_reason: None,
        due,
    };
    if status.holds_money() {
        refund.balance_transaction = Some(world.post(Kind::Refund, -amount, &refund.id));
        if let Some(stored) = world.charges.get_mut(&charge.id) {
            stored.amount_refunded += amount;
        }
    } else {
        refund.failure_reason = Some("declined".to_owned());
    }
    let answer = world.json(&refund);
    world.refunds.insert(refund.id.clone(), refund);
    world.emit("refund.created", answer.clone(), None, cause);
    if status.holds_money()
        && let Some(object) = world
            .charges
            .get(&charge.id)
            .map(|charge| world.json(charge))
    {
        world.emit("charge.refunded", object, None, cause);
    }
    Ok(answer)
}

fn find_charge(
    world: &World,
    intent_id: Option<String>,
    charge_id: Option<String>,
) -> Result<&Charge, ApiError> {
    let charge_id = match (intent_id, charge_id) {
        (Some(id), None) => {
            let found = world
                .intents
                .get(&id)
                .ok_or_else(|| ApiError::missing("payment_intent", &id, "payment_intent"))?;
            match (&found.latest_charge, found.status) {
                (Some(charge), intent::Status::Succeeded) => charge.clone(),
                _ => {
                    return Err(ApiError::refused(format!(
                        "This PaymentIntent ({id}) does not have a successful charge to refund."
                    ))
                    .code("payment_intent_unexpected_state")
                    .param("payment_intent"));
                }
            }
        }
        (None, Some(id)) => id,
        (None, None) => {
            return Err(ApiError::invalid(
                "One of the following params should be provided for this request: \
                 payment_intent or charge.",
            ));
        }
        (Some(_), Some(_)) => {
            return Err(ApiError::invalid(
                "You may only specify one of these parameters: charge, payment_intent.",
            ));
        }
    };
    world
        .charges
        .get(&charge_id)
        .filter(|charge| charge.failure.is_none())
        .ok_or_else(|| ApiError::missing(Charge::KIND, &charge_id, "charge"))
}

/// How a refund begins and what it turns into by itself.
fn course(world: &World, method: &Method) -> (Status, Option<(i64, Status)>) {
    if let Method::Card { last4, .. } = method
        && let Some((first, then)) = cards::refund_course(last4)
    {
        return (first, Some((world.clock.now() + TEST_CARD_DELAY, then)));
    }
    match (method, world.refunds_begin) {
        // Stripe mails the payer for a bank account first (payments.md §2).
        (Method::Konbini, Status::Succeeded) => (Status::RequiresAction, None),
        (_, status) => (status, None),
    }
}

pub fn list(world: &World, mut params: Reader<'_>) -> Result<Value, ApiError> {
    let intent = params.text("payment_intent", 200)?;
    let charge = params.text("charge", 200)?;
    let wanted = world.refunds.values().filter(|refund| {
        intent.as_ref().is_none_or(|id| *id == refund.intent)
            && charge.as_ref().is_none_or(|id| *id == refund.charge)
    });
    list::page(world, wanted, params)
}

impl World {
    /// A refund turns: pending → succeeded, succeeded → failed, … False when it does not exist or
    /// stands there already, or when its money came back before.
    pub fn turn_refund(&mut self, id: &str, to: Status, reason: Option<&str>) -> bool {
        let Some(before) = self.refunds.get(id).cloned() else {
            return false;
        };
        if before.status == to || !before.status.holds_money() {
            return false;
        }
        let gave_back = !to.holds_money();
        let returned = gave_back.then(|| self.post(Kind::RefundFailure, before.amount, id));
        if gave_back && let Some(charge) = self.charges.get_mut(&before.charge) {
            charge.amount_refunded -= before.amount;
        }
        if let Some(refund) = self.refunds.get_mut(id) {
            refund.status = to;
            refund.due = None;
            refund.failure_balance_transaction = returned;
            if to == Status::Failed {
                let reason = reason.unwrap_or("lost_or_stolen_card");
                refund.failure_reason = Some(reason.to_owned());
            }
        }
        self.revision += 1;
        let Some(object) = self.refunds.get(id).map(|refund| self.json(refund)) else {
            return false;
        };
        let previous = json!({ "status": before.status.as_str() });
        let nobody = Cause::default();
        self.emit(
            "refund.updated",
            object.clone(),
            Some(previous.clone()),
            &nobody,
        );
        self.emit(
            "charge.refund.updated",
            object.clone(),
            Some(previous),
            &nobody,
        );
        if to == Status::Failed {
            self.emit("refund.failed", object, None, &nobody);
        }
        true
    }
}
