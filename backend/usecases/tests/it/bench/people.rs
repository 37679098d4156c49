//! People who come in by the door.

use contract::{Call, Outcome, Resident as _, SignedIn, UpdateProfile};
use domain::ids::{PersonId, RequestId};
use domain::personal::Personal;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::identity::Callback;
use usecases::return_path::ReturnPath;
use usecases::sign_in::{Begun, Ended, Finished, SignInStop};

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
    /// A call by whoever holds this session.
    pub async fn call_by(&self, secret: &str) -> Call {
        let proof = self.resume(secret).await.unwrap();
        let visitor = self.visitor();
        Call::signed_in(proof, visitor.request_id(), visitor.now())
    }

    /// Goes for a card of one's own once more, within a session. Nothing was answered yet.
    pub async fn begin_step_up(&self, call: &Call) -> Begun {
        let profile = ReturnPath::parse("/profile").unwrap();
        let door = &self.house().door;
        door.begin_step_up(call, profile, None).await.unwrap()
    }

    /// Goes for another card, within a session. Nothing was answered yet.
    pub async fn begin_link(&self, call: &Call) -> Begun {
        let profile = ReturnPath::parse("/profile/cards/new").unwrap();
        let door = &self.house().door;
        door.begin_link(call, profile, None).await.unwrap()
    }

    /// Comes back with a card to where `call` asks from.
    pub async fn come_back(
        &self,
        call: &Call,
        begun: &Begun,
        card: &Card,
    ) -> Result<Ended, SignInStop> {
        let (_, state) = begun.authorize_url.split_once("state=").unwrap();
        let callback = Callback {
            code: Some(self.house().cards.lay(card)),
            state: Some(state.to_owned()),
            ..Callback::default()
        };
        let browser = Some(&*begun.browser_secret);
        self.house()
            .door
            .finish(call, &callback, browser, None)
            .await
    }

    /// Shows a card of one's own once more; gives the new session.
    pub async fn step_up(&self, secret: &str, card: &Card) -> Result<String, SignInStop> {
        let call = self.call_by(secret).await;
        let begun = self.begin_step_up(&call).await;
        match self.come_back(&call, &begun, card).await? {
            Ended::LetIn(finished) => Ok(finished.session_secret),
            Ended::CardShown { .. } | Ended::CardKnown => panic!("nobody asked for another card"),
        }
    }

    /// Signs in and shows the card once more; gives the session.
    pub async fn sign_in_twice(&self, card: &Card) -> String {
        let secret = self.sign_in(card, None).await.unwrap().session_secret;
        self.step_up(&secret, card).await.unwrap()
    }

    /// Shows another card, within a session that was stepped up.
    pub async fn show_another(&self, secret: &str, card: &Card) -> Result<Ended, SignInStop> {
        let call = self.call_by(secret).await;
        let begun = self.begin_link(&call).await;
        self.come_back(&call, &begun, card).await
    }

    /// Shows another card and says yes.
    pub async fn add_card(&self, secret: &str, card: &Card) -> Outcome<()> {
        let shown = self.show_another(secret, card).await.unwrap();
        assert!(matches!(shown, Ended::CardShown { .. }));
        self.desk().add_card(&self.call_by(secret).await).await
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
    let browser = Some(&*begun.browser_secret);
    match door.finish(&call, &callback, browser, former).await? {
        Ended::LetIn(finished) => Ok(finished),
        Ended::CardShown { .. } | Ended::CardKnown => panic!("nobody asked for another card"),
    }
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
        email: Some(Personal::new(format!("{}@example.jp", card.subject))),
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
