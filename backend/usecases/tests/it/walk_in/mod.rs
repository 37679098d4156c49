//! A walk-in: somebody is found or registered at the counter, and a room is held for them.

mod booking;
mod finding;
mod racing;
mod registering;

use contract::{Call, PersonWords, RegisterPerson, Role};
use domain::identity_document::IdentityDocument;
use domain::personal::Personal;
use usecases::ports::chance::Chance as _;

use crate::bench::Bench;

/// A clerk of the whole town.
async fn clerk(bench: &Bench) -> Call {
    bench.on_duty("sato", &[(Role::Window, None)]).await
}

/// The same clerk at this moment.
fn now(bench: &Bench, clerk: &Call) -> Call {
    bench.call_of_staff(clerk.staff_member().unwrap())
}

fn secret(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

/// 山本 太郎, who showed his driving licence, filled in by the clerk.
pub fn taro(bench: &Bench) -> RegisterPerson {
    RegisterPerson {
        words: PersonWords {
            name: secret("山本　太郎"),
            kana: secret("やまもと たろう"),
            phone: secret("090-1111-2222"),
        },
        email: None,
        in_town: Some(true),
        document: Some(IdentityDocument::DrivingLicence),
        is_new: false,
        submission: bench.world().chance.id(bench.now()),
    }
}
