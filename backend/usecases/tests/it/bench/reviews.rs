//! Reviews: a town that gives reductions and looks at some uses, and who decides.

use std::sync::Arc;

use contract::{
    BookRoom, Call, DecideReview, Outcome, Resident as _, ReviewCase, Reviews as _, Role,
    SubmitForReview,
};
use domain::fees::AttributeValue;
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::quote::Component;
use domain::review::{ReviewKind, Verdict};
use domain::town::{
    AgeRule, AttributeKind, EffectiveBasis, Exclusion, Facility, Range, Reduction, ReductionRate,
    ReviewRule, RoomPrice, Town, UserAttribute, When,
};

use super::Bench;

/// What is stated where a reduction is asked for.
pub const STATED: &str = "町のスポーツ協会の大会です。要項をお見せします";

/// The article of every reduction here.
pub const ARTICLE: &str = "条例第9条";

/// 許可・承認, at the ordinance's own rate.
pub const YES: Verdict = Verdict::Granted { percent: None };

/// The test town with reductions, a question about an entry fee, and rules that send to a review.
pub fn town() -> Town {
    let mut town = testkit::town().unwrap();
    town.attributes.push(UserAttribute {
        id: "entry-fee-yen".parse().unwrap(),
        label: "入場料（1人）".to_owned(),
        kind: AttributeKind::Amount,
        from_residence: false,
    });
    let charged = Range {
        at_least: Some(1),
        at_most: None,
    };
    let excluded = Exclusion {
        when: When {
            amount: [("entry-fee-yen".parse().unwrap(), charged)].into(),
            ..When::default()
        },
        why: "入場料を徴収する利用は、減免の対象になりません".to_owned(),
    };
    let reduction = |id: &str, name: &str, rate, evidence: &[&str]| Reduction {
        id: id.parse().unwrap(),
        name: name.to_owned(),
        rate,
        touches: vec![Component::Room],
        excluded: vec![excluded.clone()],
        facilities: Vec::new(),
        not_rooms: Vec::new(),
        round: None,
        evidence: evidence.iter().map(|one| (*one).to_owned()).collect(),
        decided_by: "教育長".to_owned(),
        article: ARTICLE.to_owned(),
        sum_yen: None,
    };
    town.reductions = vec![
        reduction("sponsored", "町の共催", ReductionRate::Percent(100), &[]),
        reduction(
            "sports",
            "スポーツ協会",
            ReductionRate::UpTo(80),
            &["大会要項"],
        ),
        reduction(
            "disabled",
            "障害のある方",
            ReductionRate::Percent(50),
            &["障害者手帳", "ミライロID"],
        ),
    ];
    let gym = facility(&mut town, 0);
    gym.booking.age = Some(AgeRule {
        from: None,
        consent_under: Some(18),
        article: "規則第5条".to_owned(),
    });
    let hall = facility(&mut town, 1);
    let fair = domain::town::Purpose {
        id: "fair".parse().unwrap(),
        name: "物品の販売".to_owned(),
    };
    Arc::make_mut(&mut hall.rooms[0]).purposes.push(fair);
    hall.booking.reviews.push(ReviewRule {
        purposes: ["fair".parse().unwrap()].into(),
        class: None,
        label: "物品の販売を伴う利用".to_owned(),
        article: "社会教育法第23条".to_owned(),
    });
    town
}

/// The same town, in which `basis` decides the version of the gym's tariff, and the hour costs 800 円
/// until 31 March 2027 and 1,000 円 from then on.
pub fn town_with_a_new_tariff(basis: EffectiveBasis) -> Town {
    let mut town = town();
    let gym = Arc::make_mut(&mut facility(&mut town, 0).rooms[0]);
    let mut new = gym.tariffs[0].clone();
    new.from = "2027-04-01".parse().unwrap();
    new.price = RoomPrice::PerHour {
        yen: Yen::new(1_000),
        max_hours: None,
    };
    gym.tariffs.push(new);
    for tariff in &mut gym.tariffs {
        tariff.effective = basis;
    }
    town
}

fn facility(town: &mut Town, at: usize) -> &mut Facility {
    Arc::make_mut(&mut town.facilities[at])
}

impl Bench {
    /// The whole gym on a Saturday evening, 1,600 円, with a reduction asked for.
    pub fn gym_reduced(&self, reduction: &str) -> BookRoom {
        let mut form = self.gym();
        form.what.reduction = Some(reduction.parse().unwrap());
        form
    }

    /// The hall for a sale of goods: free of charge, and looked at first.
    pub fn fair(&self) -> BookRoom {
        let mut form = self.hall();
        form.purpose = "fair".parse().unwrap();
        form
    }

    /// With an entry fee.
    pub fn with_entry_fee(&self, mut form: BookRoom) -> BookRoom {
        let fee = (
            "entry-fee-yen".parse().unwrap(),
            AttributeValue::Amount(500),
        );
        form.what.attributes.extend([fee]);
        form
    }

    /// Presses 「審査に申し込む」.
    pub async fn submit(&self, id: ReservationId) -> Outcome<()> {
        self.submit_saying(id, STATED).await
    }

    /// Presses it with these words.
    pub async fn submit_saying(&self, id: ReservationId, stated: &str) -> Outcome<()> {
        let submit = SubmitForReview {
            reservation: id,
            stated: stated.to_owned(),
        };
        self.desk().submit_for_review(&self.call(), &submit).await
    }

    /// Books and applies.
    pub async fn applied(&self, form: &BookRoom) -> ReservationId {
        let id = self.book(form).await.unwrap();
        self.submit(id).await.unwrap();
        id
    }

    /// A manager of the whole town.
    pub async fn manager(&self) -> Call {
        self.on_duty("kacho", &[(Role::Manager, None)]).await
    }

    /// What a manager sees of an application.
    pub async fn case(&self, manager: &Call, id: ReservationId) -> ReviewCase {
        let call = self.again(manager);
        self.desk().review(&call, id).await.unwrap()
    }

    /// A decision about the only item of a kind.
    pub async fn decision(
        &self,
        manager: &Call,
        (id, kind): (ReservationId, ReviewKind),
        (verdict, reason): (Verdict, &str),
    ) -> DecideReview {
        let case = self.case(manager, id).await;
        let item = case.items.iter().find(|item| item.view.kind == kind);
        DecideReview {
            reservation: id,
            review: item.unwrap().id,
            verdict,
            reason: reason.to_owned(),
            for_the_year: false,
        }
    }

    /// Decides the only item of a kind.
    pub async fn decide(
        &self,
        manager: &Call,
        what: (ReservationId, ReviewKind),
        how: (Verdict, &str),
    ) -> Outcome<()> {
        let decide = self.decision(manager, what, how).await;
        let call = self.again(manager);
        self.desk().decide(&call, &decide).await
    }
}

/// So much, decided by somebody.
pub const fn percent(percent: u32) -> Verdict {
    Verdict::Granted {
        percent: Some(percent),
    }
}
