//! People who come in by the door.

use contract::{Call, Resident as _, SignedIn, UpdateProfile};
use domain::ids::{PersonId, RequestId};
use domain::personal::Personal;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::identity::Callback;
use usecases::return_path::ReturnPath;
use usecases::sign_in::{Finished, SignInStop};

use super::{Bench, Card, Inner};

impl Bench {
    /// Somebody signs in and tells how to reach them.
    pub async fn settle_in(&self, card: &Card) -> PersonId {
        settle_in(&self.0, card).await
    }

    /// Somebody signs in and has told nothing yet.
    pub async fn come_in(&self, card: &Card) -> PersonId {
        come_in(&self.0, card).await
    }

    /// Signs in with a card; `former` is a session the browser still has.
    pub async fn sign_in(&self, card: &Card, former: Option<&str>) -> Result<Finished, SignInStop> {
        sign_in(&self.0, card, former).await
    }

    /// Who holds this session now.
    pub async fn who(&self, secret: &str) -> Option<PersonId> {
        self.resume(secret).await.map(|proof| proof.person())
    }

    /// The proof behind a session secret.
    pub async fn resume(&self, secret: &str) -> Option<SignedIn> {
        let municipality = self.world().municipality;
        let door = &self.house().door;
        door.resume(municipality, secret, self.now()).await.unwrap()
    }
}

fn call(bench: &Inner) -> Call {
    let now = bench.world.clock.now();
    let request = RequestId(bench.world.chance.id(now));
    Call::visitor(bench.world.municipality, request, now)
}

async fn sign_in(bench: &Inner, card: &Card, former: Option<&str>) -> Result<Finished, SignInStop> {
    let (door, call) = (&bench.house.door, call(bench));
    let begun = door.begin(&call, ReturnPath::home(), None).await?;
    let (_, state) = begun.authorize_url.split_once("state=").unwrap();
    let callback = Callback {
        code: Some(bench.house.cards.lay(card)),
        state: Some(state.to_owned()),
        ..Callback::default()
    };
    door.finish(&call, &callback, Some(&begun.browser_secret), former)
        .await
}

async fn come_in(bench: &Inner, card: &Card) -> PersonId {
    let finished = sign_in(bench, card, None).await.unwrap();
    let (now, town) = (bench.world.clock.now(), bench.world.municipality);
    let secret = &finished.session_secret;
    let proof = bench.house.door.resume(town, secret, now).await.unwrap();
    proof.unwrap().person()
}

pub(super) async fn settle_in(bench: &Inner, card: &Card) -> PersonId {
    let person = come_in(bench, card).await;
    let proof = SignedIn::vouch(bench.world.municipality, person);
    let visitor = call(bench);
    let call = Call::signed_in(proof, visitor.request_id(), visitor.now());
    let change = UpdateProfile {
        email: Personal::new(format!("{}@example.jp", card.subject)),
        phone: Personal::new("0774-00-0000".to_owned()),
    };
    bench
        .house
        .desk
        .update_profile(&call, &change)
        .await
        .unwrap();
    person
}
