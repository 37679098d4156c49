//! `yoriai staff grant | list | revoke`: the first roles, and all of them where no page is open.

use std::sync::Arc;

use contract::{Call, Failure, Refusal};
use domain::ids::RequestId;
use domain::personal::Personal;
use domain::town::Slug;
use store::Database;
use usecases::personnel::{GrantRole, Listed, Personnel, RevokeRoles};
use usecases::ports::chance::{Chance, Clock as _};
use usecases::ports::store::{IdentityKey, Municipality, Store as _};

use super::town::{municipality, open, store_failed};
use super::{CliFault, StaffCommand, print};
use crate::config::{Environment, KeySettings, staff_of_town};
use crate::system::{SystemChance, SystemClock};
use crate::wiring;

/// Where a command works: a town, and who asks there.
struct Office {
    database: Arc<Database>,
    personnel: Personnel,
    town: Municipality,
    call: Call,
    /// The issuer and client that the town's staff are known by.
    registration: Option<(String, String)>,
}

impl Office {
    async fn open(environment: &Environment, code: &str) -> Result<Self, CliFault> {
        let database = Arc::new(open(environment).await?);
        let town = municipality(&database, code).await?;
        let keys: KeySettings = environment.read("")?;
        let chance: Arc<dyn Chance> = Arc::new(SystemChance);
        let vault = wiring::vault(&keys.data_key_file, &chance)?;
        let now = SystemClock.now();
        let call = Call::system(town.id, RequestId(chance.id(now)), now);
        let settings = staff_of_town(environment, town.host.as_str())?;
        Ok(Self {
            personnel: Personnel::new(database.clone(), chance, Arc::new(vault)),
            database,
            town,
            call,
            registration: settings.registration(),
        })
    }

    fn identity(&self, subject: String) -> Result<IdentityKey, CliFault> {
        let (issuer, client_id) = self.registration.clone().ok_or(CliFault::NoStaffProvider)?;
        Ok(IdentityKey {
            issuer,
            client_id,
            subject,
        })
    }

    /// Says which facilities there are, where one is named that is not.
    async fn check(&self, facility: Option<&Slug>) -> Result<(), CliFault> {
        let Some(facility) = facility else {
            return Ok(());
        };
        let reading = self.database.read(self.town.id).await;
        let town = reading.map_err(store_failed)?.town().await;
        let town = town.map_err(store_failed)?;
        let known: Vec<_> = town
            .iter()
            .flat_map(|town| town.facilities.keys().map(Slug::as_str))
            .collect();
        if known.contains(&facility.as_str()) {
            return Ok(());
        }
        Err(CliFault::NoSuchFacility {
            facility: facility.clone(),
            known: known.join("、"),
        })
    }
}

/// Runs one of the commands.
pub(super) async fn run(environment: &Environment, command: StaffCommand) -> Result<(), CliFault> {
    let (StaffCommand::Grant { town, .. }
    | StaffCommand::List { town }
    | StaffCommand::Revoke { town, .. }) = &command;
    let office = Office::open(environment, town).await?;
    let said = work(&office, command).await?;
    print(&said)?;
    office.database.close().await.map_err(CliFault::Database)
}

async fn work(office: &Office, command: StaffCommand) -> Result<String, CliFault> {
    match command {
        StaffCommand::Grant {
            subject,
            name,
            role,
            facility,
            ..
        } => {
            office.check(facility.as_ref()).await?;
            let words = format!("{name}: {}", spelled(role, facility.as_ref()));
            let grant = GrantRole {
                identity: office.identity(subject)?,
                name: Personal::new(name),
                role,
                facility,
            };
            let given = office.personnel.grant(&office.call, &grant).await?;
            Ok(if given.new {
                format!("{words} の権限を付けました。\n")
            } else {
                format!("{words} の権限は、もうあります。\n")
            })
        }
        StaffCommand::List { .. } => {
            let all = office.personnel.list(&office.call).await?;
            Ok(all.iter().map(line).collect())
        }
        StaffCommand::Revoke {
            subject,
            role,
            facility,
            ..
        } => {
            office.check(facility.as_ref()).await?;
            let revoke = RevokeRoles {
                identity: office.identity(subject)?,
                role,
                facility,
            };
            match office.personnel.revoke(&office.call, &revoke).await {
                Ok(taken) => Ok(format!("{taken}件の権限を取り消しました。\n")),
                Err(Failure::Refused(Refusal::NotFound)) => Err(CliFault::NoSuchStaff),
                Err(failure) => Err(failure.into()),
            }
        }
    }
}

/// One line for each: the number, the name, the roles.
fn line(listed: &Listed) -> String {
    let subjects: Vec<_> = listed
        .identities
        .iter()
        .map(|key| key.subject.as_str())
        .collect();
    let roles: Vec<_> = listed
        .roles
        .iter()
        .map(|own| spelled(own.role, own.facility.as_ref()))
        .collect();
    let roles = if roles.is_empty() {
        "権限なし".to_owned()
    } else {
        roles.join("、")
    };
    format!(
        "{}\t{}\t{roles}\n",
        subjects.join(","),
        listed.name.reveal()
    )
}

/// 「window（窓口） gym」.
fn spelled(role: contract::Role, facility: Option<&Slug>) -> String {
    let place = facility.map_or("すべての施設", Slug::as_str);
    format!("{role}（{}） {place}", app::text::staff::role(role))
}
