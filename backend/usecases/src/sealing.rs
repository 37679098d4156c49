//! Sealing and opening what is personal, each value bound to its place.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::Fault;
use domain::ids::{MunicipalityId, PersonId, RefundId, ReservationId, ReviewId, StaffId};
use domain::personal::Personal;
use domain::transfer::BankAccount;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::ports::store::RefundAccount;
use crate::ports::vault::{Place, Vault};

/// Seals and opens one person's columns.
pub(crate) struct PersonSeal<'a> {
    vault: &'a dyn Vault,
    municipality: MunicipalityId,
    record: Uuid,
}

impl<'a> PersonSeal<'a> {
    pub(crate) const fn new(
        vault: &'a dyn Vault,
        municipality: MunicipalityId,
        person: PersonId,
    ) -> Self {
        Self {
            vault,
            municipality,
            record: person.0,
        }
    }

    pub(crate) fn name(&self, plain: &str) -> Result<Vec<u8>, Fault> {
        self.seal("people.name", plain)
    }

    pub(crate) fn kana(&self, plain: &str) -> Result<Vec<u8>, Fault> {
        self.seal("people.kana", plain)
    }

    pub(crate) fn address(&self, plain: &str) -> Result<Vec<u8>, Fault> {
        self.seal("people.address", plain)
    }

    pub(crate) fn birthdate(&self, plain: &str) -> Result<Vec<u8>, Fault> {
        self.seal("people.birthdate", plain)
    }

    pub(crate) fn gender(&self, plain: &str) -> Result<Vec<u8>, Fault> {
        self.seal("people.gender", plain)
    }

    pub(crate) fn email(&self, plain: &str) -> Result<Vec<u8>, Fault> {
        self.seal("people.email", plain)
    }

    pub(crate) fn phone(&self, plain: &str) -> Result<Vec<u8>, Fault> {
        self.seal("people.phone", plain)
    }

    pub(crate) fn open_name(&self, sealed: &[u8]) -> Result<Personal<String>, Fault> {
        self.open("people.name", sealed)
    }

    pub(crate) fn open_kana(&self, sealed: &[u8]) -> Result<Personal<String>, Fault> {
        self.open("people.kana", sealed)
    }

    pub(crate) fn open_address(&self, sealed: &[u8]) -> Result<Personal<String>, Fault> {
        self.open("people.address", sealed)
    }

    pub(crate) fn open_birthdate(&self, sealed: &[u8]) -> Result<Personal<String>, Fault> {
        self.open("people.birthdate", sealed)
    }

    pub(crate) fn open_email(&self, sealed: &[u8]) -> Result<Personal<String>, Fault> {
        self.open("people.email", sealed)
    }

    pub(crate) fn open_phone(&self, sealed: &[u8]) -> Result<Personal<String>, Fault> {
        self.open("people.phone", sealed)
    }

    fn seal(&self, field: &str, plain: &str) -> Result<Vec<u8>, Fault> {
        seal(self.vault, self.municipality, self.record, field, plain)
    }

    fn open(&self, field: &str, sealed: &[u8]) -> Result<Personal<String>, Fault> {
        open(self.vault, self.municipality, self.record, field, sealed)
    }
}

const NOTE: &str = "reservations.note";

pub(crate) fn seal_note(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    reservation: ReservationId,
    note: &str,
) -> Result<Option<Vec<u8>>, Fault> {
    if note.is_empty() {
        return Ok(None);
    }
    seal(vault, municipality, reservation.0, NOTE, note).map(Some)
}

pub(crate) fn open_note(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    reservation: ReservationId,
    sealed: Option<&[u8]>,
) -> Result<String, Fault> {
    sealed.map_or_else(
        || Ok(String::new()),
        |sealed| {
            open(vault, municipality, reservation.0, NOTE, sealed).map(Personal::into_revealed)
        },
    )
}

const STATEMENT: &str = "reviews.stated";

pub(crate) fn seal_statement(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    review: ReviewId,
    stated: &str,
) -> Result<Option<Vec<u8>>, Fault> {
    if stated.is_empty() {
        return Ok(None);
    }
    seal(vault, municipality, review.0, STATEMENT, stated).map(Some)
}

pub(crate) fn open_statement(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    review: ReviewId,
    sealed: Option<&[u8]>,
) -> Result<Personal<String>, Fault> {
    sealed.map_or_else(
        || Ok(Personal::new(String::new())),
        |sealed| open(vault, municipality, review.0, STATEMENT, sealed),
    )
}

const ACCOUNT: &str = "refund_accounts.account";

pub(crate) fn seal_account(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    refund: RefundId,
    account: &BankAccount,
) -> Result<Vec<u8>, Fault> {
    let plain = serde_json::to_string(account)
        .map_err(|error| Fault::new("write a bank account", error))?;
    seal(vault, municipality, refund.0, ACCOUNT, &plain)
}

pub(crate) fn open_account(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    kept: &RefundAccount,
) -> Result<BankAccount, Fault> {
    let plain = open(
        vault,
        municipality,
        kept.refund.0,
        ACCOUNT,
        &kept.account_sealed,
    )?;
    serde_json::from_str(plain.reveal()).map_err(|error| Fault::new("read a bank account", error))
}

const STAFF_NAME: &str = "staff.name";

pub(crate) fn seal_staff_name(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    staff: StaffId,
    name: &str,
) -> Result<Vec<u8>, Fault> {
    seal(vault, municipality, staff.0, STAFF_NAME, name)
}

pub(crate) fn open_staff_name(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    staff: StaffId,
    sealed: &[u8],
) -> Result<Personal<String>, Fault> {
    open(vault, municipality, staff.0, STAFF_NAME, sealed)
}

const FORMER_EMAIL: &str = "former_emails.email";

pub(crate) fn seal_former_email(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    row: Uuid,
    email: &str,
) -> Result<Vec<u8>, Fault> {
    seal(vault, municipality, row, FORMER_EMAIL, email)
}

pub(crate) fn open_former_email(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    row: Uuid,
    sealed: &[u8],
) -> Result<Personal<String>, Fault> {
    open(vault, municipality, row, FORMER_EMAIL, sealed)
}

/// Seals what a webhook said, which names the payer. Events have no id of ours, so their place
/// follows from theirs.
pub(crate) fn seal_event(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    event_id: &str,
    raw: &str,
) -> Result<String, Fault> {
    let hash: [u8; 32] = Sha256::digest(event_id.as_bytes()).into();
    let record = hash
        .first_chunk()
        .copied()
        .map_or_else(Uuid::nil, Uuid::from_bytes);
    seal(vault, municipality, record, "inbox_events.raw", raw).map(|sealed| STANDARD.encode(sealed))
}

fn seal(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    record: Uuid,
    field: &str,
    plain: &str,
) -> Result<Vec<u8>, Fault> {
    let place = Place {
        municipality: municipality.0,
        record,
        field,
    };
    vault
        .seal(&place, plain.as_bytes())
        .map_err(|fault| Fault::new("seal personal data", fault))
}

fn open(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    record: Uuid,
    field: &str,
    sealed: &[u8],
) -> Result<Personal<String>, Fault> {
    let place = Place {
        municipality: municipality.0,
        record,
        field,
    };
    let plain = vault
        .open(&place, sealed)
        .map_err(|fault| Fault::new("open personal data", fault))?;
    String::from_utf8(plain)
        .map(Personal::new)
        .map_err(|fault| Fault::new("read opened personal data", fault))
}
