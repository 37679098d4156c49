//! Groups and residence: scenarios 21, 39 and 51.

use std::collections::BTreeSet;

use contract::{
    AgeAnswer, ApplyGroup, BookRoom, Call, ChangeAgent, GroupDecision, GroupDesk as _, Groups as _,
    NoteGroup, ProblemKind, Refusal, Role, Sales as _, WalkIn as _,
};
use domain::eligibility::NextStep;
use domain::group::{GroupDocument, GroupState, Renewal};
use domain::ids::{GroupId, PersonId};
use domain::residency::{Members, Residence, Source};
use domain::town::{
    AgeFrom, AgeRule, GroupRule, OnMovingAway, ResidentRule, Town, TownTie, Validity,
};

use crate::bench::wishes::{code, refusal, yen};
use crate::bench::{Bench, Card};

/// The test town with 杉戸町's and 精華町's age (中学生を除く15歳以上、18歳未満は同意), 2 members, a year
/// until the end of March, renewed from three months before; 在勤 counts as 在住, a group by half.
fn town(on_moving_away: OnMovingAway) -> Town {
    Town {
        group: Some(GroupRule {
            min_members: 2,
            validity: Validity::FiscalYears(1),
            renew_months_before: 3,
            age: Some(AgeRule {
                from: Some(AgeFrom::AprilAfter(15)),
                consent_under: Some(18),
                article: "規則第3条".to_owned(),
            }),
            article: "規則第4条".to_owned(),
        }),
        resident: Some(ResidentRule {
            ties: [TownTie::Lives, TownTie::Works].into(),
            evidence_months: None,
            group_percent: Some(50),
            on_moving_away,
            article: "条例第8条".to_owned(),
        }),
        ..testkit::town().unwrap()
    }
}

fn form(bench: &Bench, name: &str) -> ApplyGroup {
    ApplyGroup {
        name: name.to_owned(),
        kana: "けんどう くらぶ".to_owned(),
        activity: "剣道の稽古".to_owned(),
        members: (Some(10), Some(4)),
        submission: bench.key(),
    }
}

fn born(subject: &str, birthdate: &str) -> Card {
    Card {
        birthdate: Some(birthdate.to_owned()),
        ..Card::of(subject)
    }
}

async fn manager(bench: &Bench) -> Call {
    bench.on_duty("manager", &[(Role::Manager, None)]).await
}

fn seen(papers: &[GroupDocument]) -> NoteGroup {
    NoteGroup {
        seen: papers.iter().copied().collect(),
        members: None,
    }
}

/// Papers seen and approved by a manager.
async fn register(bench: &Bench, manager: &Call, id: GroupId) {
    let papers = seen(&[GroupDocument::Rules, GroupDocument::Roster]);
    let manager = bench.again(manager);
    bench
        .desk()
        .note_group(&manager, id, &papers)
        .await
        .unwrap();
    let approve = GroupDecision::Approve;
    bench
        .desk()
        .decide_group(&manager, id, &approve)
        .await
        .unwrap();
}

async fn apply(bench: &Bench, person: PersonId) -> GroupId {
    let form = form(bench, "むくのき剣道クラブ");
    let call = bench.call_of(person);
    bench.desk().apply_group(&call, &form).await.unwrap()
}

/// The words of the last mail to somebody.
fn mail_to(bench: &Bench, address: &str) -> String {
    let mut mails = bench.mailbox().mails();
    mails.retain(|mail| mail.recipients == [address]);
    mails.pop().unwrap().text
}

/// The gym on an evening, for a group.
fn evening(bench: &Bench, day: &str, group: Option<GroupId>) -> BookRoom {
    let mut form = bench.form("gym-full", day, "18:00", "20:00");
    form.what.group = group;
    form
}

async fn state(bench: &Bench, id: GroupId) -> GroupState {
    let reading = bench
        .store()
        .read(bench.world().municipality)
        .await
        .unwrap();
    reading.group(id).await.unwrap().unwrap().state
}

testkit::on_both! {
    /// 14歳 / 団体代表登録 / 年齢規則で拒否；16歳は保護者同意待ち.
    async fn scenario_21_a_14_year_old_represents_no_group_and_a_16_year_old_waits_for_consent(
        db: TestStore
    ) {
        let bench = Bench::in_town(&db, &town(OnMovingAway::KeepFee)).await;
        let fourteen = bench.settle_in(&born("jiro", "2012-05-01")).await;
        let call = bench.call_of(fourteen);
        // They see it before they fill anything in.
        let AgeAnswer::Refused { article, next, .. } =
            bench.desk().new_group(&call).await.unwrap().age else { panic!("old enough") };
        assert_eq!(article, "規則第3条");
        assert_eq!(next, [NextStep::AskGrownUp]);
        let refused = refusal(bench.desk().apply_group(&call, &form(&bench, "剣道")).await);
        let Refusal::Rule(problem) = refused else { panic!("{refused:?}") };
        assert_eq!(problem.code, "age.too_young");
        assert_eq!(problem.article, "規則第3条");
        assert_eq!(problem.next, [NextStep::AskGrownUp]);

        let sixteen = bench.settle_in(&born("saburo", "2010-05-01")).await;
        let call = bench.call_of(sixteen);
        assert_eq!(bench.desk().new_group(&call).await.unwrap().age, AgeAnswer::NeedsConsent);
        let id = apply(&bench, sixteen).await;
        let own = bench.desk().own_group(&call, id).await.unwrap();
        let (rules, roster) = (GroupDocument::Rules, GroupDocument::Roster);
        assert_eq!(own.facts.missing, [rules, roster, GroupDocument::Consent]);
        let manager = manager(&bench).await;
        bench.desk().note_group(&manager, id, &seen(&[rules, roster])).await.unwrap();
        let early = bench.desk().decide_group(&manager, id, &GroupDecision::Approve).await;
        assert_eq!(code(early), "group.document_missing");
        let consent = seen(&[GroupDocument::Consent]);
        bench.desk().note_group(&manager, id, &consent).await.unwrap();
        bench.desk().decide_group(&manager, id, &GroupDecision::Approve).await.unwrap();
        let until = "2027-03-31".parse().ok();
        assert_eq!(state(&bench, id).await.valid_until(), until);
        bench.work().await;
        let mail = mail_to(&bench, "saburo@example.jp");
        assert!(mail.contains("「むくのき剣道クラブ」を登録しました"), "{mail}");
    }

    /// 予約後に町外転出 / 町の方針（許可時料金維持） / 履歴保持.
    async fn scenario_39_who_moves_away_keeps_the_fee_of_what_was_permitted(db: TestStore) {
        let bench = Bench::in_town(&db, &town(OnMovingAway::KeepFee)).await;
        let before = bench.book(&bench.gym()).await.unwrap();
        let moved = move_away(&bench).await;
        assert_eq!(bench.record(before).await.quote.total_yen, yen(1_600));
        let person = bench.desk().person(&moved, bench.me()).await.unwrap();
        assert_eq!(person.differences, []);
    }

    /// 予約後に町外転出 / 町の方針（差額） / 履歴保持.
    async fn scenario_39_where_the_town_charges_the_difference_the_counter_sees_it(
        db: TestStore
    ) {
        let bench = Bench::in_town(&db, &town(OnMovingAway::ChargeDifference)).await;
        let before = bench.book(&bench.gym()).await.unwrap();
        let moved = move_away(&bench).await;
        // The quote stays as it was permitted; the difference is owed besides.
        assert_eq!(bench.record(before).await.quote.total_yen, yen(1_600));
        let person = bench.desk().person(&moved, bench.me()).await.unwrap();
        assert_eq!(person.differences, [(before, yen(1_600))]);
        let sale = bench.desk().sale(&moved, before).await.unwrap();
        assert_eq!(sale.difference, Some(yen(1_600)));
    }

    /// 有効期限翌月の団体 / 期限後の日を予約 / 拒否し更新導線.
    async fn scenario_51_a_group_books_no_day_after_its_registration_ends_and_can_renew(
        db: TestStore
    ) {
        let bench = Bench::in_town(&db, &town(OnMovingAway::KeepFee)).await;
        let manager = manager(&bench).await;
        let id = apply(&bench, bench.me()).await;
        register(&bench, &manager, id).await;
        bench.becomes("2027-01-09", "10:00");
        let last_day = evening(&bench, "2027-03-31", Some(id));
        bench.book(&last_day).await.unwrap();
        let beyond = evening(&bench, "2027-04-03", Some(id));
        let refused = refusal(bench.book(&beyond).await);
        let Refusal::Rule(problem) = refused else { panic!("{refused:?}") };
        assert_eq!(problem.code, "group.expired");
        assert_eq!(problem.article, "規則第4条");
        let from = "2027-01-01".parse().unwrap();
        assert_eq!(problem.next, [NextStep::RenewGroup { from }]);
        // The way on: ask, have the papers seen again, book.
        let call = bench.call();
        assert!(bench.desk().own_group(&call, id).await.unwrap().facts.line.can_renew);
        bench.desk().renew_group(&call, id).await.unwrap();
        let old_papers = bench.desk().decide_group(
            &bench.again(&manager), id, &GroupDecision::Approve).await;
        assert_eq!(code(old_papers), "group.document_missing");
        register(&bench, &manager, id).await;
        assert_eq!(state(&bench, id).await.valid_until(), "2028-03-31".parse().ok());
        let booked = bench.book(&beyond).await.unwrap();
        let record = bench.record(booked).await;
        assert_eq!(record.group, Some(id));
        assert_eq!(record.particulars.group_name.as_deref(), Some("むくのき剣道クラブ"));
    }

    async fn a_group_counts_by_its_members_and_not_by_who_books(db: TestStore) {
        let bench = Bench::in_town(&db, &town(OnMovingAway::KeepFee)).await;
        let manager = manager(&bench).await;
        let id = apply(&bench, bench.me()).await;
        register(&bench, &manager, id).await;
        // 4 of 10 are the town's: less than half, so the group pays as one from outside.
        let first = bench.book(&evening(&bench, "2026-12-05", Some(id))).await.unwrap();
        assert_eq!(bench.view(first).await.quote.total_yen, yen(3_200));
        let members = Some(Members { in_town: 5, all: 10 });
        let counted = NoteGroup { seen: BTreeSet::new(), members };
        bench.desk().note_group(&bench.again(&manager), id, &counted).await.unwrap();
        let second = bench.book(&evening(&bench, "2026-12-12", Some(id))).await.unwrap();
        assert_eq!(bench.view(second).await.quote.total_yen, yen(1_600));
        assert_eq!(bench.view(second).await.group.as_deref(), Some("むくのき剣道クラブ"));
    }

    async fn only_those_who_act_for_a_group_book_for_it(db: TestStore) {
        let bench = Bench::in_town(&db, &town(OnMovingAway::KeepFee)).await;
        let manager = manager(&bench).await;
        let other = bench.settle_in(&Card::of("agent")).await;
        let id = apply(&bench, bench.me()).await;
        // Not registered yet: nobody books for it.
        let early = bench.book(&evening(&bench, "2026-12-05", Some(id))).await;
        assert_eq!(code(early), "group.wrong_state");
        register(&bench, &manager, id).await;
        let form = evening(&bench, "2026-12-05", Some(id));
        assert_eq!(refusal(bench.book_as(other, &form).await), Refusal::NotFound);
        let number = bench.desk().own_groups(&bench.call_of(other)).await.unwrap().number;
        let add = ChangeAgent::Add { number: number.to_string() };
        let theirs = bench.desk().change_agent(&bench.call_of(other), id, &add).await;
        assert_eq!(refusal(theirs), Refusal::NotFound);
        bench.desk().change_agent(&bench.call(), id, &add).await.unwrap();
        assert_eq!(bench.desk().bookable_groups(&bench.call_of(other)).await.unwrap()[0].id, id);
        bench.book_as(other, &form).await.unwrap();
        // Whoever acts for it changes nothing about it.
        let remove = ChangeAgent::Remove { number: number.to_string() };
        let by_agent = bench.desk().change_agent(&bench.call_of(other), id, &remove).await;
        assert_eq!(refusal(by_agent), Refusal::Forbidden);
        bench.desk().change_agent(&bench.call(), id, &remove).await.unwrap();
        let again = evening(&bench, "2026-12-12", Some(id));
        assert_eq!(refusal(bench.book_as(other, &again).await), Refusal::NotFound);
        let nobody = ChangeAgent::Add { number: "123".to_owned() };
        let wrong = bench.desk().change_agent(&bench.call(), id, &nobody).await;
        assert_eq!(refusal(wrong), Refusal::field("number", ProblemKind::Malformed));
    }

    async fn a_refusal_says_why_and_how_to_contest_it(db: TestStore) {
        let bench = Bench::in_town(&db, &town(OnMovingAway::KeepFee)).await;
        let manager = manager(&bench).await;
        let id = apply(&bench, bench.me()).await;
        let silent = GroupDecision::Refuse { reason: " ".to_owned() };
        let refused = bench.desk().decide_group(&manager, id, &silent).await;
        assert_eq!(code(refused), "group.reason_missing");
        let reason = "活動の拠点が町外です".to_owned();
        let refuse = GroupDecision::Refuse { reason };
        bench.desk().decide_group(&manager, id, &refuse).await.unwrap();
        let own = bench.desk().own_group(&bench.call(), id).await.unwrap();
        assert!(own.appeal[0].contains("審査請求"), "{:?}", own.appeal);
        bench.work().await;
        let mail = mail_to(&bench, "hanako@example.jp");
        for words in ["認められませんでした", "活動の拠点が町外です", "審査請求"] {
            assert!(mail.contains(words), "{mail}");
        }
        // Decided is decided.
        let again = bench.desk().decide_group(&manager, id, &GroupDecision::Approve).await;
        assert_eq!(code(again), "group.wrong_state");
    }

    async fn the_window_takes_applications_and_the_manager_decides(db: TestStore) {
        let bench = Bench::in_town(&db, &town(OnMovingAway::KeepFee)).await;
        let clerk = bench.clerk("clerk").await;
        let one_form = form(&bench, "朗読の会");
        let me = bench.me();
        let id = bench.desk().apply_group_for(&clerk, me, &one_form).await.unwrap();
        let again = bench.desk().apply_group_for(&clerk, me, &one_form).await.unwrap();
        assert_eq!(again, id, "the same form twice is one group");
        let papers = seen(&[GroupDocument::Rules, GroupDocument::Roster]);
        bench.desk().note_group(&clerk, id, &papers).await.unwrap();
        let decided = bench.desk().decide_group(&clerk, id, &GroupDecision::Approve).await;
        assert_eq!(refusal(decided), Refusal::Forbidden);
        let listed = bench.desk().groups(&clerk, "ろうどく").await.unwrap();
        assert_eq!(listed.to_decide.iter().map(|it| it.id).collect::<Vec<_>>(), [id]);
        assert_eq!(listed.found.unwrap(), []);
        let found = bench.desk().groups(&clerk, "朗読").await.unwrap().found.unwrap();
        assert_eq!(found[0].id, id);
        let shown = bench.desk().group(&clerk, id).await.unwrap();
        assert!(!shown.may_decide);
        assert_eq!(shown.papers.len(), 2);
        let viewer = bench.on_duty("viewer", &[(Role::Viewer, None)]).await;
        assert_eq!(refusal(bench.desk().group(&viewer, id).await), Refusal::Forbidden);
        // A member of the public does not get at it at all.
        let other = bench.settle_in(&Card::of("other")).await;
        let theirs = bench.desk().own_group(&bench.call_of(other), id).await;
        assert_eq!(refusal(theirs), Refusal::NotFound);
    }

    async fn everything_that_is_wrong_with_an_application_is_said_at_once(db: TestStore) {
        let bench = Bench::in_town(&db, &town(OnMovingAway::KeepFee)).await;
        let wrong = ApplyGroup {
            name: String::new(),
            kana: "漢字".to_owned(),
            activity: "あ".repeat(201),
            members: (Some(3), Some(4)),
            submission: bench.key(),
        };
        let refused = refusal(bench.desk().apply_group(&bench.call(), &wrong).await);
        let Refusal::InvalidInput { problems } = refused else { panic!("{refused:?}") };
        let fields: Vec<&str> = problems.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["group_name", "group_kana", "activity", "members_in_town"]);
        let few = ApplyGroup { members: (Some(1), Some(1)), ..form(&bench, "ひとり") };
        let few = bench.desk().apply_group(&bench.call(), &few).await;
        assert_eq!(code(few), "group.too_small");
        let no_groups = Town { group: None, ..testkit::town().unwrap() };
        let no_groups = Bench::in_town(&db, &no_groups).await;
        let none = no_groups.desk().apply_group(&no_groups.call(), &wrong).await;
        assert_eq!(refusal(none), Refusal::NotFound);
    }

    async fn a_paper_from_work_makes_a_resident_where_the_town_counts_it(db: TestStore) {
        let bench = Bench::in_town(&db, &town(OnMovingAway::KeepFee)).await;
        let worker = bench.settle_in(&Card::from_elsewhere("worker")).await;
        let first = bench.book_as(worker, &evening(&bench, "2026-12-05", None)).await.unwrap();
        assert_eq!(bench.record(first).await.quote.total_yen, yen(3_200));
        let clerk = bench.clerk("clerk").await;
        let tie = Some(TownTie::Works);
        bench.desk().note_evidence(&clerk, worker, tie).await.unwrap();
        let second = bench.book_as(worker, &evening(&bench, "2026-12-12", None)).await.unwrap();
        assert_eq!(bench.record(second).await.quote.total_yen, yen(1_600));
        let own = bench.desk().own_residence(&bench.call_of(worker)).await.unwrap();
        assert_eq!(own.in_general.residence, Residence::InTown);
        assert_eq!(own.in_general.because.unwrap().source, Source::SeenAtCounter);
        bench.desk().end_evidence(&clerk, worker, TownTie::Works).await.unwrap();
        let third = bench.book_as(worker, &evening(&bench, "2026-12-19", None)).await.unwrap();
        assert_eq!(bench.record(third).await.quote.total_yen, yen(3_200));
    }

    async fn a_refused_renewal_leaves_the_registration_as_it_was(db: TestStore) {
        let bench = Bench::in_town(&db, &town(OnMovingAway::KeepFee)).await;
        let manager = manager(&bench).await;
        let id = apply(&bench, bench.me()).await;
        register(&bench, &manager, id).await;
        let early = bench.desk().renew_group(&bench.call(), id).await;
        assert_eq!(code(early), "group.renewal_not_yet");
        bench.becomes("2027-02-01", "10:00");
        bench.desk().renew_group(&bench.call(), id).await.unwrap();
        let reason = "名簿が古いままです".to_owned();
        let refuse = GroupDecision::Refuse { reason };
        bench.desk().decide_group(&bench.again(&manager), id, &refuse).await.unwrap();
        let GroupState::Registered { until, renewal, .. } = state(&bench, id).await else {
            panic!("not registered")
        };
        assert_eq!(until, "2027-03-31".parse().unwrap());
        assert!(matches!(renewal, Renewal::Refused { .. }));
        bench.desk().renew_group(&bench.call(), id).await.unwrap();
    }
}

/// 花子 signs in with an address elsewhere: what she books now is an outsider's, what was known of her
/// is kept. Gives a call by a clerk.
async fn move_away(bench: &Bench) -> Call {
    bench.becomes("2026-11-25", "10:00");
    let moved = bench.come_in(&Card::from_elsewhere("hanako")).await;
    assert_eq!(moved, bench.me());
    let later = bench
        .book(&evening(bench, "2026-12-12", None))
        .await
        .unwrap();
    assert_eq!(bench.record(later).await.quote.total_yen, yen(3_200));
    let own = bench.desk().own_residence(&bench.call()).await.unwrap();
    assert_eq!(own.in_general.residence, Residence::Outside);
    let history: Vec<_> = own
        .evidence
        .iter()
        .map(|it| (it.seen_on, it.ended_on))
        .collect();
    let lived = ("2026-11-21".parse().unwrap(), "2026-11-25".parse().ok());
    assert_eq!(history, [lived]);
    bench.clerk("clerk").await
}
