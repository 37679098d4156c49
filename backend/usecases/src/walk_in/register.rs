//! Registering somebody who has no card with them (窓口での利用者登録).

use async_trait::async_trait;
use contract::{
    Action as Doing, Call, Failure, FieldProblem, Outcome, ProblemKind, Refusal, RegisterPerson,
};
use domain::identity_document::IdentityDocument;
use domain::ids::{PersonId, StaffId};
use domain::search_key::{SearchKey, katakana, name_key, phone_digits};
use unicode_normalization::UnicodeNormalization as _;

use super::find::twins_of;
use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::filing::file;
use crate::ports::store::{PersonRecord, Transaction, VerifiedBy};
use crate::sealing::PersonSeal;
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// How long a name and its reading may be, characters.
const NAME_MAX: u32 = 100;
/// How long a telephone number may be as it was typed, characters.
const PHONE_MAX: u32 = 30;
/// How long an e-mail address may be, characters.
const EMAIL_MAX: u32 = 254;

/// How many digits a マイナンバー has.
const MY_NUMBER_DIGITS: usize = 12;

impl Desk {
    pub(super) async fn register_somebody(
        &self,
        call: &Call,
        form: &RegisterPerson,
    ) -> Outcome<PersonId> {
        // The form's key becomes the person's: the same form twice is the same person.
        let id = PersonId(form.submission);
        let register = Register {
            desk: self,
            call,
            form,
            id,
        };
        let outcome = transact(self.store.as_ref(), call.municipality(), &register).await;
        // Two submits at the same moment: the other one has just entered the person, who is in the way
        // or looks like somebody known.
        let overtaken = matches!(
            outcome,
            Err(Failure::Fault(_) | Failure::Refused(Refusal::PersonPerhapsKnown))
        );
        if overtaken && self.is_there(call, id).await? {
            return Ok(id);
        }
        outcome.map(|()| id)
    }

    async fn is_there(&self, call: &Call, id: PersonId) -> Outcome<bool> {
        let reading = self.store.read(call.municipality()).await?;
        Ok(reading.person(id).await?.is_some())
    }
}

struct Register<'a> {
    desk: &'a Desk,
    call: &'a Call,
    form: &'a RegisterPerson,
    id: PersonId,
}

#[async_trait]
impl Action for Register<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, form) = (self.call, self.form);
        let on_duty = staff(tx, call, Doing::SellAtCounter, Place::Anywhere).await?;
        if tx.person(self.id).await?.is_some() {
            return Ok(());
        }
        let checked = Checked::of(form)?;
        let vault = self.desk.vault.as_ref();
        if !form.is_new && !twins_of(tx, vault, call, &form.words).await?.is_empty() {
            return Err(Refusal::PersonPerhapsKnown.into());
        }
        let person = self.record(&checked, on_duty.staff)?;
        tx.insert_person_without_card(&person).await?;
        file(tx, vault, call, &person).await?;
        let entry = trail::entry(self.desk.chance.as_ref(), call, "person.registered")
            .about("person", self.id.0)
            .with(serde_json::json!({
                "document": checked.document,
                "in_town": checked.in_town,
                "although_perhaps_known": form.is_new,
            }));
        Ok(tx.record(&entry).await?)
    }
}

impl Register<'_> {
    fn record(&self, checked: &Checked, staff: StaffId) -> Result<PersonRecord, Abort> {
        let (call, form) = (self.call, self.form);
        let seal = PersonSeal::new(self.desk.vault.as_ref(), call.municipality(), self.id);
        let words = &form.words;
        let kana = katakana(words.kana.reveal());
        let email = form.email.as_ref();
        Ok(PersonRecord {
            id: self.id,
            name_sealed: seal.name(words.name.reveal().trim())?,
            kana_sealed: kana.map(|kana| seal.kana(&kana)).transpose()?,
            address_sealed: None,
            birthdate_sealed: None,
            gender_sealed: None,
            email_sealed: email.map(|it| seal.email(it.reveal())).transpose()?,
            phone_sealed: Some(seal.phone(words.phone.reveal().trim())?),
            in_town: checked.in_town,
            verified_at: call.now(),
            verified_by: VerifiedBy::Counter {
                staff,
                document: checked.document,
            },
            created_at: call.now(),
        })
    }
}

/// What was chosen, of a form with nothing wrong in it.
struct Checked {
    in_town: bool,
    document: IdentityDocument,
}

impl Checked {
    /// Everything that is wrong is said at once.
    fn of(form: &RegisterPerson) -> Result<Self, Refusal> {
        let problems = problems(form);
        match (form.in_town, form.document) {
            (Some(in_town), Some(document)) if problems.is_empty() => {
                Ok(Self { in_town, document })
            }
            _ => Err(Refusal::InvalidInput { problems }),
        }
    }
}

/// What is wrong with what was typed and chosen.
fn problems(form: &RegisterPerson) -> Vec<FieldProblem> {
    let words = &form.words;
    let is_kana = |text: &str| katakana(text).is_some();
    let is_name = |text: &str| name_key(text).is_some_and(|key: SearchKey| key.letters() > 0);
    let mut all = vec![
        ("name", problem(words.name.reveal(), NAME_MAX, is_name)),
        ("kana", problem(words.kana.reveal(), NAME_MAX, is_kana)),
        ("phone", phone_problem(words.phone.reveal())),
    ];
    if let Some(email) = &form.email {
        all.push(("email", problem(email.reveal(), EMAIL_MAX, is_email)));
    }
    let missing = |there: bool| (!there).then_some(ProblemKind::Missing);
    all.push(("residence", missing(form.in_town.is_some())));
    all.push(("document", missing(form.document.is_some())));
    let said = all.into_iter().filter_map(|(field, problem)| {
        Some(FieldProblem {
            field: field.to_owned(),
            problem: problem?,
        })
    });
    said.collect()
}

/// What is wrong with a telephone number as it was typed.
pub(super) fn phone_problem(text: &str) -> Option<ProblemKind> {
    problem(text, PHONE_MAX, |text| phone_digits(text).is_some())
}

/// As much as can be said without writing to it.
fn is_email(text: &str) -> bool {
    let plain = text.is_ascii() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    let parts = text.split_once('@');
    plain
        && parts.is_some_and(|(own, host)| {
            !own.is_empty() && !host.contains('@') && host.contains('.') && !host.starts_with('.')
        })
}

fn problem(text: &str, max: u32, is_right: impl Fn(&str) -> bool) -> Option<ProblemKind> {
    let text = text.trim();
    if text.is_empty() {
        Some(ProblemKind::Missing)
    } else if has_twelve_digits(text) {
        Some(ProblemKind::TwelveDigits)
    } else if !u32::try_from(text.chars().count()).is_ok_and(|length| length <= max) {
        Some(ProblemKind::TooLong { max })
    } else if is_right(text) {
        None
    } else {
        Some(ProblemKind::Malformed)
    }
}

/// Twelve digits in a row, however they are set apart: a マイナンバー, perhaps. That is not asked for,
/// and whoever types one by mistake is told before anything is kept (番号法20条).
pub(crate) fn has_twelve_digits(text: &str) -> bool {
    let plain: String = text
        .nfkc()
        .filter(|letter| !(letter.is_whitespace() || "-‐‑–—−ー".contains(*letter)))
        .collect();
    let mut before = None;
    plain
        .split_inclusive(|letter: char| !letter.is_ascii_digit())
        .any(|run| {
            let digits = run.chars().filter(char::is_ascii_digit).count();
            // +81 90 1234 5678 has as many, and is a telephone number.
            let dialled = before == Some('+');
            before = run.chars().last();
            digits == MY_NUMBER_DIGITS && !dialled
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_one_where_mail_could_get() {
        assert!(is_email("taro@example.jp"));
        for not in [
            "taro",
            "taro@",
            "@example.jp",
            "a@b",
            "a@b@example.jp",
            "a b@example.jp",
            "太郎@example.jp",
        ] {
            assert!(!is_email(not), "{not}");
        }
    }

    #[test]
    fn a_my_number_is_noticed_however_it_is_written() {
        for number in [
            "123456789012",
            "1234 5678 9012",
            "１２３４－５６７８－９０１２",
            "マイナンバー 123456789012",
            "a123456789012@example.jp",
        ] {
            assert!(has_twelve_digits(number), "{number}");
        }
        for other in [
            "",
            "090-1234-5678",
            "0774951900",
            "+81 90 1234 5678",
            "+819012345678",
            "山田 花子",
        ] {
            assert!(!has_twelve_digits(other), "{other}");
        }
    }
}
