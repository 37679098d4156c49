//! Staff: given roles as `yoriai staff` gives them, signed in by their own issuer.

use contract::{Call, Role, StaffSignedIn};
use domain::ids::StaffId;
use domain::personal::Personal;
use usecases::personnel::GrantRole;
use usecases::ports::identity::Callback;
use usecases::ports::store::IdentityKey;
use usecases::return_path::ReturnPath;
use usecases::sign_in::SignInStop;
use usecases::staff_sign_in::StaffFinished;

use super::cards::{CLIENT_ID, STAFF_ISSUER};
use super::{Bench, Card};

/// What the staff's issuer calls somebody.
pub fn known_as(subject: &str) -> IdentityKey {
    IdentityKey {
        issuer: STAFF_ISSUER.to_owned(),
        client_id: CLIENT_ID.to_owned(),
        subject: subject.to_owned(),
    }
}

impl Bench {
    /// Somebody of the staff with these roles, each at a facility or at all of them.
    pub async fn employ(&self, subject: &str, roles: &[(Role, Option<&str>)]) -> StaffId {
        let mut staff = None;
        for (role, facility) in roles {
            let grant = GrantRole {
                identity: known_as(subject),
                name: Personal::new(format!("職員 {subject}")),
                role: *role,
                facility: facility.map(|slug| slug.parse().unwrap()),
            };
            let given = self.house().personnel.grant(&self.system(), &grant).await;
            staff = Some(given.unwrap().staff);
        }
        staff.unwrap()
    }

    /// A call by somebody of the staff.
    pub fn call_of_staff(&self, staff: StaffId) -> Call {
        let proof = StaffSignedIn::vouch(self.world().municipality, staff);
        let visitor = self.visitor();
        Call::staff(proof, visitor.request_id(), visitor.now())
    }

    /// A call by somebody of the staff with these roles.
    pub async fn on_duty(&self, subject: &str, roles: &[(Role, Option<&str>)]) -> Call {
        self.call_of_staff(self.employ(subject, roles).await)
    }

    /// Signs in at the staff's door.
    pub async fn sign_in_staff(
        &self,
        subject: &str,
        former: Option<&str>,
    ) -> Result<StaffFinished, SignInStop> {
        let (door, call) = (&self.house().staff_door, self.visitor());
        let page = ReturnPath::parse("/staff").unwrap();
        let begun = door.begin(&call, page, None).await?;
        let (_, state) = begun.authorize_url.split_once("state=").unwrap();
        let callback = Callback {
            code: Some(self.house().cards.lay(&Card::of(subject))),
            state: Some(state.to_owned()),
            ..Callback::default()
        };
        let browser = Some(&*begun.browser_secret);
        door.finish(&call, &callback, browser, former).await
    }

    /// Who of the staff holds this session now.
    pub async fn who_of_staff(&self, secret: &str) -> Option<StaffId> {
        let (door, town) = (&self.house().staff_door, self.world().municipality);
        let proof = door.resume(town, secret, self.now()).await.unwrap();
        proof.map(|proof| proof.staff())
    }
}
