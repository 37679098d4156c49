//! Mail about a group's registration (団体登録の通知).

use contract::{Call, Fault, Outcome, Refusal};
use domain::civil;
use domain::group::{GroupState, Renewal};
use domain::ids::GroupId;
use domain::review::appeal;
use domain::town::Town;

use super::mail::signature;
use super::{Went, Worker};
use crate::ports::store::{GroupRecord, JobKind};
use crate::profile::open_profile;

impl Worker {
    /// The representative is told what was decided, as it stands when the mail leaves.
    pub(super) async fn mail_group_decided(
        &self,
        call: &Call,
        kind: &JobKind,
        id: GroupId,
    ) -> Outcome<Went> {
        let reading = self.desk.store.read(call.municipality()).await?;
        let group = reading.group(id).await?.ok_or(Refusal::NotFound)?;
        let person = reading.person(group.representative).await?;
        let person = person.ok_or(Refusal::NotFound)?;
        let town = reading.town().await?;
        drop(reading);
        let town = town.ok_or_else(|| Fault::new("writing a mail", "no town is in force"))?;
        let profile = open_profile(self.desk.vault.as_ref(), call.municipality(), &person)?;
        // Registered at the counter without an address: they are told there, or by letter.
        let (Some(to), Some((subject, what))) = (profile.email, words(&town.town, &group)) else {
            return Ok(Went::Done);
        };
        let Some(base) = self.desk.addresses.base_url(call.municipality()) else {
            return Ok(Went::NotYet("the town's address is not known".to_owned()));
        };
        let body = format!(
            "{} 様\n\n{what}\n\n団体のページ\n{base}/groups/{id}\n\n--\n{}\n",
            profile.name.reveal(),
            signature(&town.town)
        );
        self.send(call, kind, to.reveal(), (subject, body), Vec::new())
            .await
    }
}

/// Subject and what was decided; `None` where it was decided otherwise since.
fn words(town: &Town, group: &GroupRecord) -> Option<(String, String)> {
    let name = &group.name;
    let contest = || appeal(town).join("\n");
    match &group.state {
        GroupState::Registered {
            renewal: Renewal::Refused { reason, .. },
            until,
            ..
        } => Some((
            format!("【団体登録の更新】{name}"),
            format!(
                "「{name}」の登録の更新は、認められませんでした。いまの登録は{}まで有効です。\n\n理由\n{reason}\n\n{}",
                civil::full_date(*until),
                contest()
            ),
        )),
        GroupState::Registered { until, .. } => Some((
            format!("【団体登録】{name}"),
            format!(
                "「{name}」を登録しました。{}まで有効です。\n予約のときに、「だれの予約ですか」で団体の名前を選んでください。",
                civil::full_date(*until)
            ),
        )),
        GroupState::Refused { reason, .. } => Some((
            format!("【団体登録】{name}"),
            format!(
                "「{name}」の登録は、認められませんでした。\n\n理由\n{reason}\n\n{}",
                contest()
            ),
        )),
        GroupState::Ended { reason, .. } => Some((
            format!("【団体登録の終了】{name}"),
            format!(
                "「{name}」の登録は終わりました。\n\n理由\n{reason}\n\n{}",
                contest()
            ),
        )),
        GroupState::Applied { .. } => None,
    }
}
