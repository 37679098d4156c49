//! Mail about the way in (本人への通知): an address that was changed, cards added and taken away.
//! Whoever did not do it themselves learns of it here, and what to do.

use contract::{Call, Fault, Outcome, Refusal};
use domain::ids::PersonId;
use uuid::Uuid;

use super::mail::signature;
use super::{Went, Worker};
use crate::ports::store::JobKind;
use crate::profile::open_profile;
use crate::sealing::open_former_email;

/// Subject and what happened.
type Words = (&'static str, &'static str);

const EMAIL_CHANGED: Words = (
    "【メールアドレスの変更】施設予約",
    "登録のメールアドレスが、別のアドレスに変わりました。これからのお知らせは、新しいアドレスにお送りします。",
);

pub(super) const CARD_ADDED: Words = (
    "【カードの追加】施設予約",
    "ログインに使うマイナンバーカードが、1枚追加されました。",
);

pub(super) const CARD_REMOVED: Words = (
    "【カードの取外し】施設予約",
    "ログインに使うマイナンバーカードが、1枚外されました。外したカードでは、もうログインできません。",
);

impl Worker {
    /// The address that was changed is told so, while it is kept.
    pub(super) async fn mail_email_changed(
        &self,
        call: &Call,
        kind: &JobKind,
        former: Uuid,
    ) -> Outcome<Went> {
        let reading = self.desk.store.read(call.municipality()).await?;
        let Some(former) = reading.former_email(former).await? else {
            return Ok(Went::Never("the address is kept no longer".to_owned()));
        };
        drop(reading);
        let (vault, town) = (self.desk.vault.as_ref(), call.municipality());
        let to = open_former_email(vault, town, former.id, &former.email_sealed)?;
        self.notify(
            call,
            kind,
            former.person,
            Some(to.into_revealed()),
            EMAIL_CHANGED,
        )
        .await
    }

    /// Their address is told what became of a card.
    pub(super) async fn mail_card(
        &self,
        call: &Call,
        kind: &JobKind,
        person: PersonId,
        words: Words,
    ) -> Outcome<Went> {
        self.notify(call, kind, person, None, words).await
    }

    /// Writes to a person, or to the address that was theirs.
    async fn notify(
        &self,
        call: &Call,
        kind: &JobKind,
        person: PersonId,
        to: Option<String>,
        (subject, what): Words,
    ) -> Outcome<Went> {
        let reading = self.desk.store.read(call.municipality()).await?;
        let person = reading.person(person).await?.ok_or(Refusal::NotFound)?;
        let town = reading.town().await?;
        drop(reading);
        let town = town.ok_or_else(|| Fault::new("writing a mail", "no town is in force"))?;
        let profile = open_profile(self.desk.vault.as_ref(), call.municipality(), &person)?;
        let Some(to) = to.or_else(|| profile.email.map(|email| email.into_revealed())) else {
            return Ok(Went::Done);
        };
        let body = format!(
            "{} 様\n\n{what}\n\nご自身で手続きをしたときは、何もする必要はありません。\n心当たりのないときは、すぐに下の窓口へお知らせください。\n\n--\n{}\n",
            profile.name.reveal(),
            signature(&town.town)
        );
        self.send(call, kind, &to, (subject.to_owned(), body), Vec::new())
            .await
    }
}
