//! Registering somebody who has no card with them.

use contract::{
    Call, FieldProblem, ProblemKind, Refusal, RegisterPerson, Role, SeenBy, WalkIn as _,
};
use domain::identity_document::IdentityDocument;

use super::{clerk, secret, taro};
use crate::bench::Bench;
use crate::bench::wishes::{code, refusal};

async fn wrong(bench: &Bench, clerk: &Call, form: &RegisterPerson) -> Vec<FieldProblem> {
    match refusal(bench.desk().register(clerk, form).await) {
        Refusal::InvalidInput { problems } => problems,
        other => panic!("{other:?}"),
    }
}

const REGISTERED: &str = "SELECT count(*) FROM people WHERE source = 'counter'";

testkit::on_both! {
    async fn it_is_kept_who_saw_which_kind_of_document_and_nothing_more_of_it(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        let id = bench.desk().register(&clerk, &taro(&bench)).await.unwrap();
        let taro = bench.desk().person(&clerk, id).await.unwrap();
        let (person, document) = (taro.person, IdentityDocument::DrivingLicence);
        assert_eq!(person.name.reveal(), "山本　太郎", "as it was typed");
        assert_eq!(person.kana.unwrap().reveal(), "ヤマモト タロウ");
        assert_eq!(person.phone.unwrap().reveal(), "090-1111-2222");
        assert!(person.in_town && taro.email.is_none());
        assert_eq!(taro.verified_by, SeenBy::Counter { document, staff: secret("職員 sato") });
        let kept = "SELECT count(*) FROM people WHERE source = 'counter'
            AND document = 'driving_licence' AND seen_by IS NOT NULL
            AND address_sealed IS NULL AND birthdate_sealed IS NULL AND gender_sealed IS NULL";
        assert_eq!(bench.count(kept).await, 1);
        let noted = "SELECT count(*) FROM audit_entries WHERE action = 'person.registered'
            AND actor LIKE 'staff:%'";
        assert_eq!(bench.count(noted).await, 1);
    }

    async fn the_same_form_twice_and_at_once_is_one_person(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, clerk, form) = (bench.desk(), clerk(&bench).await, taro(&bench));
        let (one, other) = tokio::join!(desk.register(&clerk, &form), desk.register(&clerk, &form));
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!(one, other);
        assert_eq!(desk.register(&clerk, &form).await.unwrap(), one);
        assert_eq!(bench.count(REGISTERED).await, 1);
    }

    async fn who_may_be_known_already_is_shown_before_anybody_is_entered(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, clerk) = (bench.desk(), clerk(&bench).await);
        desk.register(&clerk, &taro(&bench)).await.unwrap();
        let same_phone = {
            let mut form = taro(&bench);
            form.words.name = secret("山本 次郎");
            form.words.kana = secret("ヤマモト ジロウ");
            form
        };
        let same_name = {
            let mut form = taro(&bench);
            form.words.name = secret("山本太郎");
            form.words.phone = secret("0774-99-9999");
            form
        };
        // 花子 came with her card, which tells no reading.
        let with_a_card = {
            let mut form = taro(&bench);
            form.words.name = secret("山田 hanako");
            form.words.kana = secret("ヤマダ ハナコ");
            form.words.phone = secret("0774-88-8888");
            form
        };
        for mut form in [same_phone, same_name, with_a_card] {
            let known = desk.perhaps_known(&clerk, &form.words).await.unwrap();
            assert_eq!(known.len(), 1, "{:?}", form.words.name.reveal());
            assert_eq!(code(desk.register(&clerk, &form).await), "person.perhaps_known");
            form.is_new = true;
            desk.register(&clerk, &form).await.unwrap();
        }
        let namesake = {
            let mut form = taro(&bench);
            form.words.kana = secret("ヤマモト フトロウ");
            form.words.phone = secret("0774-77-7777");
            form
        };
        let known = desk.perhaps_known(&clerk, &namesake.words).await.unwrap();
        assert_eq!(known, [], "read otherwise, reached elsewhere: somebody else");
        desk.register(&clerk, &namesake).await.unwrap();
        assert_eq!(bench.count(REGISTERED).await, 5);
    }

    async fn a_my_number_is_refused_in_every_field_and_nothing_is_kept(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        let number = secret("1234-5678-9018");
        let mut form = taro(&bench);
        form.words.name = number.clone();
        form.words.kana = number.clone();
        form.words.phone = number.clone();
        form.email = Some(secret("123456789018@example.jp"));
        let problems = wrong(&bench, &clerk, &form).await;
        let fields: Vec<&str> = problems.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["name", "kana", "phone", "email"]);
        let twelve = |it: &FieldProblem| it.problem == ProblemKind::TwelveDigits;
        assert!(problems.iter().all(twelve), "{problems:?}");
        assert_eq!(bench.count(REGISTERED).await, 0);
    }

    async fn each_nonsense_names_its_field(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = clerk(&bench).await;
        let form = |field: &str, typed: &str| {
            let mut form = taro(&bench);
            match field {
                "name" => form.words.name = secret(typed),
                "kana" => form.words.kana = secret(typed),
                "phone" => form.words.phone = secret(typed),
                _ => form.email = Some(secret(typed)),
            }
            form
        };
        let mut unchosen = taro(&bench);
        (unchosen.in_town, unchosen.document) = (None, None);
        unchosen.words.name = secret("123456789018");
        let problems = wrong(&bench, &clerk, &unchosen).await;
        let said: Vec<_> = problems.into_iter().map(|it| (it.field, it.problem)).collect();
        assert_eq!(said, [
            ("name".to_owned(), ProblemKind::TwelveDigits),
            ("residence".to_owned(), ProblemKind::Missing),
            ("document".to_owned(), ProblemKind::Missing),
        ]);
        let long = "長".repeat(101);
        for (field, typed, problem) in [
            ("name", "　", ProblemKind::Missing),
            ("name", &*long, ProblemKind::TooLong { max: 100 }),
            ("name", "・・・", ProblemKind::Malformed),
            ("kana", "", ProblemKind::Missing),
            ("kana", "山本", ProblemKind::Malformed),
            ("phone", "", ProblemKind::Missing),
            ("phone", "12345", ProblemKind::Malformed),
            ("email", "taro", ProblemKind::Malformed),
        ] {
            let problems = wrong(&bench, &clerk, &form(field, typed)).await;
            let only = [FieldProblem { field: field.to_owned(), problem }];
            assert_eq!(problems, only, "{field}={typed}");
        }
    }

    async fn only_who_sells_at_a_counter_registers_people(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, form) = (bench.desk(), taro(&bench));
        for role in [Role::Accounting, Role::Viewer] {
            let other = bench.on_duty(role.as_str(), &[(role, None)]).await;
            assert_eq!(code(desk.register(&other, &form).await), "forbidden");
        }
        assert_eq!(code(desk.register(&bench.call(), &form).await), "forbidden");
        assert_eq!(code(desk.register(&bench.visitor(), &form).await), "staff.sign_in_required");
        assert_eq!(bench.count(REGISTERED).await, 0);
    }
}
