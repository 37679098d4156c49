//! Staff: who is let in, what a role allows where, who gives one, and what is noted of a look.

use std::collections::BTreeSet;

use chrono::Duration;
use contract::{Action, Call, Failure, Role, Staff as _, role_may};
use domain::ids::{FacilityId, StaffId};
use domain::personal::Personal;
use testkit::TestWorld;
use usecases::authority::{Place, staff};
use usecases::personnel::{GrantRole, RevokeRoles};
use usecases::sign_in::SignInStop;
use usecases::staff_sign_in::{STAFF_IDLE_MINUTES, STAFF_LIFETIME_HOURS};
use usecases::viewed::note_views;

use crate::bench::wishes::code;
use crate::bench::{Bench, known_as};

/// What the use cases ask before anything of the staff's.
const STAFFS: [Action; 12] = [
    Action::SeeCounter,
    Action::NoteAttendance,
    Action::SellAtCounter,
    Action::ChangeForResident,
    Action::SeeTill,
    Action::HandleTill,
    Action::SeeBoard,
    Action::SeePersonalData,
    Action::ManageClosures,
    Action::SeeFigures,
    Action::SeeAudit,
    Action::GrantRoles,
];

fn facility(bench: &Bench, slug: &str) -> FacilityId {
    bench.world().town.facilities[&slug.parse().unwrap()]
}

/// `ok`, or the code it is refused with.
async fn asked(bench: &Bench, call: &Call, doing: Action, place: Place) -> &'static str {
    let reading = bench
        .store()
        .read(bench.world().municipality)
        .await
        .unwrap();
    match staff(reading.as_ref(), call, doing, place).await {
        Ok(_) => "ok",
        Err(abort) => match Failure::from(abort) {
            Failure::Refused(refusal) => refusal.code(),
            Failure::Fault(fault) => panic!("{fault:?}"),
        },
    }
}

fn grant(subject: &str, role: Role, at: Option<&str>) -> GrantRole {
    GrantRole {
        identity: known_as(subject),
        name: Personal::new(format!("職員 {subject}")),
        role,
        facility: at.map(|slug| slug.parse().unwrap()),
    }
}

fn revoke(subject: &str, role: Option<Role>, at: Option<&str>) -> RevokeRoles {
    RevokeRoles {
        identity: known_as(subject),
        role,
        facility: at.map(|slug| slug.parse().unwrap()),
    }
}

async fn noted(bench: &Bench, action: &str, about: StaffId) -> i64 {
    let sql = format!(
        "SELECT count(*) FROM audit_entries
         WHERE action = '{action}' AND subject = 'staff:{about}'"
    );
    bench.count(&sql).await
}

testkit::on_both! {
    /// The table of the contract, as the use cases see it: every role, every action, everywhere.
    async fn a_role_may_what_the_table_says_and_nothing_else(db: TestStore) {
        let bench = Bench::new(&db).await;
        for role in Role::ALL {
            let call = bench.on_duty(role.as_str(), &[(role, None)]).await;
            for action in STAFFS {
                let expected = if role_may(role, action) { "ok" } else { "forbidden" };
                let answer = asked(&bench, &call, action, Place::Everywhere).await;
                assert_eq!(answer, expected, "{role} {action:?}");
            }
        }
    }

    async fn a_role_counts_where_it_was_given(db: TestStore) {
        let bench = Bench::new(&db).await;
        let call = bench.on_duty("sato", &[(Role::Window, Some("gym")), (Role::Viewer, None)]).await;
        let (gym, hall) = (facility(&bench, "gym"), facility(&bench, "hall"));
        let sell = async |place| asked(&bench, &call, Action::SellAtCounter, place).await;
        assert_eq!(sell(Place::At(gym)).await, "ok");
        assert_eq!(sell(Place::At(hall)).await, "forbidden");
        assert_eq!(sell(Place::Anywhere).await, "ok");
        assert_eq!(sell(Place::Everywhere).await, "forbidden");
        for place in [Place::At(gym), Place::At(hall), Place::Anywhere, Place::Everywhere] {
            assert_eq!(asked(&bench, &call, Action::SeeFigures, place).await, "ok");
        }
        let reading = bench.store().read(bench.world().municipality).await.unwrap();
        let on_duty = staff(reading.as_ref(), &call, Action::SellAtCounter, Place::Anywhere).await;
        let on_duty = on_duty.unwrap();
        assert!(on_duty.reaches(Action::SellAtCounter, gym));
        assert!(!on_duty.reaches(Action::SellAtCounter, hall));
        assert!(!on_duty.reaches(Action::ManageClosures, gym));
    }

    async fn nobody_else_may_anything_of_the_staffs(db: TestStore) {
        let bench = Bench::new(&db).await;
        let tonari = TestWorld::neighbour(&db, "000002", "tonari").await.unwrap();
        let elsewhere = tonari.staff("sato", &[(Role::Admin, None)]).await.unwrap();
        for action in STAFFS {
            let everywhere = Place::Everywhere;
            let visitor = asked(&bench, &bench.visitor(), action, everywhere).await;
            assert_eq!(visitor, "staff.sign_in_required", "{action:?}");
            assert_eq!(asked(&bench, &bench.call(), action, everywhere).await, "forbidden");
            // The id of somebody of another town's staff is nobody's here.
            let stranger = bench.call_of_staff(elsewhere);
            assert_eq!(asked(&bench, &stranger, action, everywhere).await, "forbidden");
            let nobody = bench.call_of_staff(StaffId(uuid::Uuid::nil()));
            assert_eq!(asked(&bench, &nobody, action, everywhere).await, "forbidden");
            if action != Action::GrantRoles {
                assert_eq!(asked(&bench, &bench.system(), action, everywhere).await, "forbidden");
            }
        }
    }

    async fn a_role_that_is_taken_back_counts_no_more_and_is_in_the_trail(db: TestStore) {
        let bench = Bench::new(&db).await;
        let roles = [(Role::Window, Some("gym")), (Role::Window, Some("hall")), (Role::Viewer, None)];
        let sato = bench.employ("sato", &roles).await;
        let secret = bench.sign_in_staff("sato", None).await.unwrap().session_secret;
        let (personnel, system) = (&bench.house().personnel, bench.system());
        let call = bench.call_of_staff(sato);
        let gym = Place::At(facility(&bench, "gym"));
        let take = revoke("sato", Some(Role::Window), Some("gym"));
        assert_eq!(personnel.revoke(&system, &take).await.unwrap(), 1);
        assert_eq!(asked(&bench, &call, Action::SellAtCounter, gym).await, "forbidden");
        assert_eq!(asked(&bench, &call, Action::SellAtCounter, Place::Anywhere).await, "ok");
        assert_eq!(bench.who_of_staff(&secret).await, Some(sato));
        assert_eq!(personnel.revoke(&system, &revoke("sato", None, None)).await.unwrap(), 2);
        assert_eq!(bench.who_of_staff(&secret).await, None, "signed out with the last one");
        assert_eq!(personnel.revoke(&system, &revoke("sato", None, None)).await.unwrap(), 0);
        assert_eq!(noted(&bench, "role.granted", sato).await, 3);
        assert_eq!(noted(&bench, "role.revoked", sato).await, 3);
        let stranger = personnel.revoke(&system, &revoke("nobody", None, None)).await;
        assert_eq!(code(stranger), "not_found");
    }

    async fn the_same_role_twice_is_one_and_comes_back_after_it_was_taken(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (personnel, system) = (&bench.house().personnel, bench.system());
        for at in [None, Some("gym")] {
            let wanted = grant("sato", Role::Window, at);
            assert!(personnel.grant(&system, &wanted).await.unwrap().new);
            assert!(!personnel.grant(&system, &wanted).await.unwrap().new);
            let taken = personnel.revoke(&system, &revoke("sato", None, None)).await.unwrap();
            assert_eq!(taken, 1);
            assert!(personnel.grant(&system, &wanted).await.unwrap().new);
            personnel.revoke(&system, &revoke("sato", None, None)).await.unwrap();
        }
        let nowhere = personnel.grant(&system, &grant("sato", Role::Window, Some("nowhere"))).await;
        assert_eq!(code(nowhere), "not_found");
    }

    async fn of_ten_who_give_one_role_at_once_one_does(db: TestStore) {
        let bench = Bench::new(&db).await;
        let system = bench.system();
        let tries = (0..10).map(|_| {
            let (bench, system) = (bench.clone(), system);
            tokio::spawn(async move {
                let wanted = grant("sato", Role::Admin, None);
                bench.house().personnel.grant(&system, &wanted).await.unwrap()
            })
        });
        let mut staff = BTreeSet::new();
        let mut new = 0;
        for each in tries.collect::<Vec<_>>() {
            let given = each.await.unwrap();
            staff.insert(given.staff);
            new += usize::from(given.new);
        }
        assert_eq!((staff.len(), new), (1, 1));
    }

    async fn only_an_admin_of_all_facilities_gives_roles(db: TestStore) {
        let bench = Bench::new(&db).await;
        let personnel = &bench.house().personnel;
        let wanted = grant("new", Role::Window, None);
        for (n, (role, at)) in [
            (Role::Window, None),
            (Role::Manager, None),
            (Role::Accounting, None),
            (Role::Viewer, None),
            (Role::Admin, Some("gym")),
        ].into_iter().enumerate() {
            let call = bench.on_duty(&format!("colleague-{n}"), &[(role, at)]).await;
            assert_eq!(code(personnel.grant(&call, &wanted).await), "forbidden", "{role}");
            let take = revoke("colleague-0", None, None);
            assert_eq!(code(personnel.revoke(&call, &take).await), "forbidden", "{role}");
            let listed = personnel.list(&call).await.map(|_| ());
            assert_eq!(code(listed), "forbidden", "{role}");
        }
        assert_eq!(code(personnel.grant(&bench.call(), &wanted).await), "forbidden");
        assert_eq!(code(personnel.grant(&bench.visitor(), &wanted).await), "staff.sign_in_required");
        let admin = bench.on_duty("tanaka", &[(Role::Admin, None)]).await;
        assert!(personnel.grant(&admin, &wanted).await.unwrap().new);
        let by = "SELECT count(*) FROM staff_grants WHERE granted_by IS NOT NULL";
        assert_eq!(bench.count(by).await, 1);
    }

    async fn who_has_no_role_is_let_in_nowhere_and_leaves_no_row(db: TestStore) {
        let bench = Bench::new(&db).await;
        for subject in ["nakamura", "hanako"] {
            // A resident's card at the same reader is nobody's at the staff's door.
            let stop = bench.sign_in_staff(subject, None).await.err().unwrap();
            assert!(matches!(stop, SignInStop::NoRole { .. }), "{stop:?}");
        }
        let rows = "SELECT (SELECT count(*) FROM staff) + (SELECT count(*) FROM staff_sessions)";
        assert_eq!(bench.count(rows).await, 0);
        let refused = "SELECT count(*) FROM audit_entries WHERE action = 'staff_sign_in.refused'
            AND replace(CAST(detail AS text), ' ', '') = '{\"code\":\"sign_in.no_role\"}'";
        assert_eq!(bench.count(refused).await, 2);
        let sato = bench.employ("sato", &[(Role::Window, None)]).await;
        bench.sign_in_staff("sato", None).await.unwrap();
        assert_eq!(noted(&bench, "staff_sign_in.done", sato).await, 1);
    }

    async fn a_session_of_staff_ends_by_idleness_by_age_and_by_leaving(db: TestStore) {
        let bench = Bench::new(&db).await;
        let sato = bench.employ("sato", &[(Role::Window, None)]).await;
        let come = async || bench.sign_in_staff("sato", None).await.unwrap().session_secret;
        let secret = come().await;
        let idle = Duration::minutes(STAFF_IDLE_MINUTES);
        bench.pass(idle - Duration::microseconds(1));
        assert_eq!(bench.who_of_staff(&secret).await, Some(sato));
        bench.pass(idle);
        assert_eq!(bench.who_of_staff(&secret).await, None);

        let secret = come().await;
        for _ in 1..STAFF_LIFETIME_HOURS * 6 {
            bench.pass(Duration::minutes(10));
            assert_eq!(bench.who_of_staff(&secret).await, Some(sato));
        }
        bench.pass(Duration::minutes(10) - Duration::microseconds(1));
        assert_eq!(bench.who_of_staff(&secret).await, Some(sato));
        bench.pass(Duration::microseconds(1));
        assert_eq!(bench.who_of_staff(&secret).await, None);

        let secret = come().await;
        let mut tx = bench.store().begin(bench.world().municipality).await.unwrap();
        let record = tx.staff(sato).await.unwrap().unwrap();
        let gone = usecases::ports::store::StaffRecord { active: false, ..record };
        tx.update_staff(&gone, bench.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(bench.who_of_staff(&secret).await, None, "left");
        let call = bench.call_of_staff(sato);
        assert_eq!(asked(&bench, &call, Action::SeeCounter, Place::Anywhere).await, "forbidden");
        assert!(matches!(bench.sign_in_staff("sato", None).await, Err(SignInStop::NoRole { .. })));
    }

    async fn sessions_of_staff_are_gone_a_day_after_they_ended(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.employ("sato", &[(Role::Window, None)]).await;
        bench.sign_in_staff("sato", None).await.unwrap();
        bench.pass(Duration::hours(STAFF_LIFETIME_HOURS + 24));
        assert_eq!(bench.house().worker.purge().await.unwrap().staff_sessions, 0);
        bench.pass(Duration::microseconds(1));
        assert_eq!(bench.house().worker.purge().await.unwrap().staff_sessions, 1);
    }

    async fn a_session_of_the_one_kind_is_none_of_the_other(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.employ("hanako", &[(Role::Admin, None)]).await;
        let staffs = bench.sign_in_staff("hanako", None).await.unwrap().session_secret;
        let resident = bench.sign_in(&crate::bench::Card::of("hanako"), None).await.unwrap();
        assert_eq!(bench.who(&staffs).await, None);
        assert_eq!(bench.who_of_staff(&resident.session_secret).await, None);
    }

    async fn a_badge_says_who_one_is_and_what_for(db: TestStore) {
        let bench = Bench::new(&db).await;
        let roles = [(Role::Window, Some("gym")), (Role::Viewer, None)];
        let call = bench.on_duty("sato", &roles).await;
        let badge = bench.desk().badge(&call).await.unwrap();
        assert_eq!(badge.name.reveal(), "職員 sato");
        let said: Vec<_> = badge.roles.iter().map(|own| (own.role, own.facility.as_deref())).collect();
        assert_eq!(said, [(Role::Viewer, None), (Role::Window, Some("寄合町体育館"))]);
        assert!(badge.may(Action::SeeCounter) && !badge.may(Action::GrantRoles));
        assert_eq!(code(bench.desk().badge(&bench.call()).await), "forbidden");
        assert_eq!(code(bench.desk().badge(&bench.visitor()).await), "staff.sign_in_required");
        let everything = bench.count("SELECT count(*) FROM staff WHERE CAST(name_sealed AS text)
            LIKE '%sato%'").await;
        assert_eq!(everything, 0, "sealed");
    }

    async fn a_look_at_somebodys_data_is_noted_and_stays(db: TestStore) {
        let bench = Bench::new(&db).await;
        let call = bench.on_duty("sato", &[(Role::Window, None)]).await;
        let mut tx = bench.store().begin(bench.world().municipality).await.unwrap();
        let anywhere = Place::Anywhere;
        let who = staff(&*tx, &call, Action::SeePersonalData, anywhere).await.unwrap();
        let chance = &bench.world().chance;
        let people = [bench.me(), bench.world().person];
        note_views(tx.as_mut(), chance, &call, (&who, &people), "counter.person").await.unwrap();
        note_views(tx.as_mut(), chance, &call, (&who, &[]), "counter.person").await.unwrap();
        tx.commit().await.unwrap();
        let noted = format!("SELECT count(*) FROM view_log v JOIN staff s ON s.id = v.staff_id
            WHERE v.page = 'counter.person' AND v.at = {}", bench.now().timestamp_micros());
        assert_eq!(bench.count(&noted).await, 2);
    }
}
