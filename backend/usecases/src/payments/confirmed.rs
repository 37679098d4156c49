//! What follows when money confirmed a reservation, whichever way it came.

use contract::Call;

use crate::desk::Desk;
use crate::ports::store::{JobKind, PaymentRecord, ReservationRecord, Transaction};
use crate::transact::Abort;
use crate::{outbox, trail};

/// The receipt's number, the mail with the papers for whoever has an address, the trail.
pub(super) async fn confirmed(
    tx: &mut dyn Transaction,
    desk: &Desk,
    call: &Call,
    (record, payment): (&ReservationRecord, &PaymentRecord),
) -> Result<(), Abort> {
    let (now, chance) = (call.now(), desk.chance.as_ref());
    tx.number_receipt(payment.id, now).await?;
    let person = tx.person(record.person).await?;
    if person.is_some_and(|person| person.email_sealed.is_some()) {
        let mail = JobKind::MailConfirmed {
            reservation: record.id,
        };
        outbox::enqueue(tx, chance, call, mail, now).await?;
    }
    let entry = trail::entry(chance, call, "reservation.confirmed")
        .about("reservation", record.id.0)
        .with(serde_json::json!({ "payment": payment.id }));
    Ok(tx.record(&entry).await?)
}
