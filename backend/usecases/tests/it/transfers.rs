//! Refunds to bank accounts (口座振込による還付): from the account that is told to the bank's answer.

use chrono::{Duration, NaiveDate};
use contract::{
    AccountWords, Call, Outcome, PrepareTransfers, RefundState, Refusal, Resident as _, Role,
    TellAccount, Transfers as _,
};
use domain::ids::{RefundId, ReservationId, TransferOrderId};
use domain::personal::Personal;
use domain::town::Town;
use domain::transfer::{AccountKind, OrderState, Payer};
use standin::stripe::RefundStatus;
use usecases::retention::ACCOUNT_KEPT_DAYS;

use crate::bench::Bench;
use crate::bench::wishes::{code, refusal, yen};

/// The test town with an account that it sends money from.
pub fn town() -> Town {
    let payer = Payer {
        code: "1234567890".to_owned(),
        name: "ヨリアイチョウ".to_owned(),
        bank: "0001".to_owned(),
        bank_name: "ミホン".to_owned(),
        branch: "001".to_owned(),
        branch_name: "ホンテン".to_owned(),
        number: "1234567".to_owned(),
        illustrative: true,
    };
    Town {
        payer: Some(payer),
        ..testkit::town().unwrap()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn account(of: ReservationId) -> TellAccount {
    TellAccount {
        reservation: of,
        account: Personal::new(AccountWords::Bank {
            bank: "0158".to_owned(),
            branch: "123".to_owned(),
            kind: AccountKind::Ordinary,
            number: "12345".to_owned(),
        }),
        holder: Personal::new("ヤマダ ハナコ".to_owned()),
    }
}

impl Bench {
    /// A booking cancelled whose refund the service could not bring to the payer.
    async fn refund_that_failed(&self, start: &str, end: &str) -> ReservationId {
        self.stripe().refunds_begin(RefundStatus::Pending);
        let form = self.form("gym-full", "2026-12-12", start, end);
        let id = self.book(&form).await.unwrap();
        self.pay_for(id).await;
        self.press_cancel(id).await.unwrap();
        self.work().await;
        let refund = self.refunds(id).await.remove(0);
        let provider_id = refund.state.provider_id().unwrap().to_owned();
        let why = Some("lost_or_stolen_card");
        self.stripe()
            .turn_refund(&provider_id, RefundStatus::Failed, why)
            .unwrap();
        self.pass(Duration::minutes(5));
        self.rounds().await;
        id
    }

    async fn accounting(&self, subject: &str) -> Call {
        self.on_duty(subject, &[(Role::Accounting, None)]).await
    }

    async fn prepare(&self, by: &Call, refunds: &[RefundId]) -> Outcome<TransferOrderId> {
        let prepare = PrepareTransfers {
            submission: self.key(),
            refunds: refunds.to_vec(),
            pay_on: day("2026-11-27"),
        };
        self.desk().prepare_transfers(by, &prepare).await
    }

    async fn only_refund(&self, id: ReservationId) -> RefundId {
        self.refunds(id).await.remove(0).id
    }

    async fn subjects(&self) -> Vec<String> {
        self.work().await;
        let mails = self.mailbox().mails();
        mails.into_iter().map(|mail| mail.subject).collect()
    }
}

testkit::on_both! {
    /// From the failed refund to the bank's file and the owner's mail: the books end at nothing owed.
    async fn what_the_service_could_not_bring_goes_to_the_account_that_was_told(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = bench.refund_that_failed("09:00", "11:00").await;
        assert!(matches!(bench.view(id).await.money.refunds[..], [(_, RefundState::AccountWanted)]));
        let subjects = bench.subjects().await;
        assert!(subjects.last().unwrap().starts_with("【振込先の口座を教えてください】"), "{subjects:?}");
        let [first, second] = [bench.accounting("kaikei-1").await, bench.accounting("kaikei-2").await];
        let waits = bench.desk().transfers(&first).await.unwrap().due;
        assert!(waits.is_empty(), "nobody has told an account: it is a failed refund still");

        let asked = bench.desk().account_form(&bench.call(), id).await.unwrap();
        assert_eq!((asked.amount, asked.told), (yen(1_600), None));
        bench.desk().tell_account(&bench.call(), &account(id)).await.unwrap();
        assert!(matches!(bench.view(id).await.money.refunds[..], [(_, RefundState::ByTransfer)]));
        let told = bench.desk().account_form(&bench.call(), id).await.unwrap().told;
        assert_eq!(told.unwrap().reveal(), "****345");

        let due = bench.desk().transfers(&first).await.unwrap().due;
        let known = due[0].account.as_ref().unwrap().reveal();
        assert_eq!((known.bank(), known.number(), known.holder()), ("0158", "0012345", "ﾔﾏﾀﾞ ﾊﾅｺ"));
        let order = bench.prepare(&first, &[due[0].refund]).await.unwrap();
        assert_eq!(code(bench.desk().tell_account(&bench.call(), &account(id)).await), "refund.not_by_transfer");
        assert_eq!(code(bench.desk().transfer_file(&first, order).await), "transfer.elsewhere", "not signed");
        let own = bench.desk().approve_transfers(&first, order).await;
        assert_eq!(refusal(own), Refusal::TransferOwnOrder);
        bench.desk().approve_transfers(&second, order).await.unwrap();
        let file = bench.desk().transfer_file(&first, order).await.unwrap();
        assert_eq!(file.file_name, "furikomi-00001.txt");
        let records: Vec<&[u8]> = file.bytes.chunks(122).collect();
        assert_eq!(records.len(), 4);
        assert!(records[1].starts_with(b"20158"));
        assert!(records[2].starts_with(b"8000001000000001600"), "{:?}", records[2]);
        assert_eq!(bench.balance(id).await.payable, 1_600, "still owed: the bank has not sent it");

        let too_early = bench.desk().transfers_carried_out(&first, order, day("2026-11-27")).await;
        assert_eq!(code(too_early), "input.invalid");
        bench.becomes("2026-11-27", "15:00");
        let again = bench.again(&first);
        bench.desk().transfers_carried_out(&again, order, day("2026-11-27")).await.unwrap();
        let balance = bench.balance(id).await;
        assert_eq!((balance.payable, balance.receivable, balance.fees), (0, 0, 0));
        assert!(matches!(bench.view(id).await.money.refunds[..], [(_, RefundState::Done { .. })]));
        let subjects = bench.subjects().await;
        assert!(subjects.last().unwrap().starts_with("【返金を振り込みました】"), "{subjects:?}");
        bench.assert_sound().await;

        let twice = bench.desk().transfers_carried_out(&again, order, day("2026-11-27")).await;
        assert_eq!(code(twice), "transfer.elsewhere");
    }

    /// A wrong account: the town owes it again, asks again, sends it again; every step is booked once.
    async fn what_the_bank_sends_back_waits_for_another_account(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = bench.refund_that_failed("09:00", "11:00").await;
        let [first, second] = [bench.accounting("kaikei-1").await, bench.accounting("kaikei-2").await];
        let refund = bench.only_refund(id).await;
        for round in 1..=2 {
            bench.desk().tell_account(&bench.call(), &account(id)).await.unwrap();
            let prepare = PrepareTransfers {
                submission: bench.key(),
                refunds: vec![refund],
                pay_on: day("2026-12-04"),
            };
            let order = bench.desk().prepare_transfers(&bench.again(&first), &prepare).await.unwrap();
            bench.desk().approve_transfers(&bench.again(&second), order).await.unwrap();
            let today = domain::civil::date_at(bench.now());
            bench.desk().transfers_carried_out(&bench.again(&first), order, today).await.unwrap();
            assert_eq!(bench.balance(id).await.payable, 0, "round {round}");
            let back = bench.desk().transfer_sent_back(&bench.again(&first), order, refund).await;
            back.unwrap();
            let twice = bench.desk().transfer_sent_back(&bench.again(&first), order, refund).await;
            assert_eq!(code(twice), "transfer.elsewhere");
            assert_eq!(bench.balance(id).await.payable, 1_600, "round {round}");
            assert!(matches!(bench.view(id).await.money.refunds[..], [(_, RefundState::AccountWanted)]));
            assert_eq!(bench.count("SELECT count(*) FROM refund_accounts").await, 0, "it was wrong");
            let item = bench.desk().transfer_order(&bench.again(&first), order).await.unwrap().items.remove(0);
            assert!(!item.live);
        }
        let asked = bench.subjects().await;
        let again = asked.iter().filter(|subject| subject.starts_with("【返金の振込ができませんでした】"));
        assert_eq!(again.count(), 2, "{asked:?}");
        bench.assert_sound().await;
    }

    async fn an_order_taken_back_leaves_what_was_in_it_for_the_next(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = bench.refund_that_failed("09:00", "11:00").await;
        bench.desk().tell_account(&bench.call(), &account(id)).await.unwrap();
        let [first, second] = [bench.accounting("kaikei-1").await, bench.accounting("kaikei-2").await];
        let refund = bench.only_refund(id).await;
        let order = bench.prepare(&first, &[refund]).await.unwrap();
        assert_eq!(refusal(bench.prepare(&second, &[refund]).await), Refusal::RefundNotByTransfer);
        bench.desk().withdraw_transfers(&second, order).await.unwrap();
        let late = bench.desk().approve_transfers(&second, order).await;
        assert_eq!(refusal(late), Refusal::TransferElsewhere);
        let next = bench.prepare(&second, &[refund]).await.unwrap();
        let orders = bench.desk().transfers(&first).await.unwrap().orders;
        assert_eq!(orders.iter().map(|one| (one.id, one.number)).collect::<Vec<_>>(), [(next, 2), (order, 1)]);
        assert!(matches!(orders[1].state, OrderState::Withdrawn { .. }));
        let elsewhere = bench.desk().transfers_carried_out(&first, next, day("2026-11-20")).await;
        assert_eq!(refusal(elsewhere), Refusal::TransferElsewhere, "nobody signed it");
    }

    /// Several clerks with the same list: one order has each refund, and a form sent twice is one order.
    async fn refunds_are_ordered_once_however_many_write_orders_at_once(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let mut refunds = Vec::new();
        for (start, end) in [("09:00", "11:00"), ("11:00", "13:00"), ("13:00", "15:00")] {
            let id = bench.refund_that_failed(start, end).await;
            bench.desk().tell_account(&bench.call(), &account(id)).await.unwrap();
            refunds.push(bench.only_refund(id).await);
        }
        let mut clerks = Vec::new();
        for n in 0..4 {
            clerks.push(bench.accounting(&format!("kaikei-{n}")).await);
        }
        let mut tasks = tokio::task::JoinSet::new();
        for clerk in clerks.clone() {
            let (bench, refunds) = (bench.clone(), refunds.clone());
            tasks.spawn(async move { bench.prepare(&clerk, &refunds).await });
        }
        let made = tasks.join_all().await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1, "{made:?}");
        assert_eq!(bench.count("SELECT count(*) FROM transfers WHERE live").await, 3);

        let form = PrepareTransfers {
            submission: bench.key(),
            refunds: refunds.clone(),
            pay_on: day("2026-11-27"),
        };
        let order = made.into_iter().find_map(Result::ok).unwrap();
        bench.desk().withdraw_transfers(&clerks[0], order).await.unwrap();
        let desk = bench.desk();
        let (one, two) = tokio::join!(
            desk.prepare_transfers(&clerks[0], &form),
            desk.prepare_transfers(&clerks[0], &form)
        );
        assert_eq!(one.unwrap(), two.unwrap());
        assert_eq!(bench.count("SELECT count(*) FROM transfers WHERE live").await, 3);
    }

    /// Every account that cannot be is said by its field; what can be typed in other ways is taken.
    async fn an_account_that_cannot_be_is_said_by_its_fields(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = bench.refund_that_failed("09:00", "11:00").await;
        let wrong = TellAccount {
            account: Personal::new(AccountWords::Yucho {
                symbol: "24450".to_owned(),
                number: String::new(),
            }),
            holder: Personal::new("山田 花子".to_owned()),
            ..account(id)
        };
        let Refusal::InvalidInput { problems } = refusal(bench.desk().tell_account(&bench.call(), &wrong).await) else {
            panic!("an account that cannot be was taken");
        };
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["yucho_symbol", "yucho_number", "holder"]);
        assert_eq!(bench.count("SELECT count(*) FROM refund_accounts").await, 0);
        let stranger = bench.world().regular("stranger").await.unwrap();
        let call = bench.call_of(stranger);
        assert_eq!(code(bench.desk().tell_account(&call, &account(id)).await), "not_found");
        assert_eq!(code(bench.desk().account_form(&call, id).await), "not_found");
    }

    /// Accounts are sealed, gone a month after the transfer, and shown to nobody who has no business
    /// with them.
    async fn accounts_are_sealed_seen_with_a_note_and_thrown_away(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = bench.refund_that_failed("09:00", "11:00").await;
        bench.desk().tell_account(&bench.call(), &account(id)).await.unwrap();
        let readable = "SELECT count(*) FROM refund_accounts WHERE CAST(account_sealed AS text) LIKE '%0012345%'";
        if bench.db().engine() == testkit::Engine::Sqlite {
            assert_eq!(bench.count(readable).await, 0);
        }
        let clerk = bench.clerk("sato").await;
        assert_eq!(code(bench.desk().transfers(&clerk).await), "forbidden");
        let somewhere = bench.on_duty("gym-kaikei", &[(Role::Accounting, Some("gym"))]).await;
        assert_eq!(code(bench.desk().transfers(&somewhere).await), "forbidden", "it is the town's money");
        let [first, second] = [bench.accounting("kaikei-1").await, bench.accounting("kaikei-2").await];
        let refund = bench.only_refund(id).await;
        bench.desk().transfers(&first).await.unwrap();
        let order = bench.prepare(&first, &[refund]).await.unwrap();
        bench.desk().approve_transfers(&second, order).await.unwrap();
        bench.desk().transfer_file(&second, order).await.unwrap();
        for page in ["manage.transfers", "manage.transfer_file"] {
            let seen = format!("SELECT count(*) FROM view_log WHERE page = '{page}'");
            assert_eq!(bench.count(&seen).await, 1, "{page}");
        }
        let today = domain::civil::date_at(bench.now());
        bench.desk().transfers_carried_out(&first, order, today).await.unwrap();
        let worker = &bench.house().worker;
        bench.pass(Duration::days(ACCOUNT_KEPT_DAYS));
        assert_eq!(worker.purge().await.unwrap().accounts, 0, "to the moment a month");
        bench.pass(Duration::microseconds(1));
        assert_eq!(worker.purge().await.unwrap().accounts, 1);
        let item = bench.desk().transfer_order(&bench.again(&first), order).await.unwrap().items.remove(0);
        assert!(item.live && item.account.is_none());
    }

    /// Who comes to the counter after all is paid out of the drawer, and no order sends it again.
    async fn who_waits_for_a_transfer_may_be_paid_in_cash(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = bench.refund_that_failed("09:00", "11:00").await;
        bench.desk().tell_account(&bench.call(), &account(id)).await.unwrap();
        let refund = bench.only_refund(id).await;
        let clerk = bench.clerk("sato").await;
        let till = bench.open_drawer(&clerk, 1, 5_000).await.unwrap();
        bench.pay_out(&clerk, till, refund).await.unwrap();
        let accounting = bench.accounting("kaikei").await;
        assert_eq!(refusal(bench.prepare(&accounting, &[refund]).await), Refusal::RefundNotByTransfer);
        assert_eq!(bench.balance(id).await.payable, 0);
        bench.assert_sound().await;
    }

    /// Cash that came at the counter may go to an account as well, told to a clerk by telephone.
    async fn cash_goes_to_an_account_when_nobody_can_come_for_it(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let clerk = bench.clerk("sato").await;
        let till = bench.open_drawer(&clerk, 1, 5_000).await.unwrap();
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.take_cash(&clerk, (till, id), 1_600).await.unwrap();
        bench.press_cancel(id).await.unwrap();
        assert!(bench.view(id).await.can_tell_account);
        bench.desk().tell_account_for(&clerk, &account(id)).await.unwrap();
        assert_eq!(bench.till_today(&clerk).await.due.len(), 1, "cash is still possible");
        let by = "SELECT count(*) FROM refund_accounts WHERE told_to IS NOT NULL";
        assert_eq!(bench.count(by).await, 1);
        let [first, second] = [bench.accounting("kaikei-1").await, bench.accounting("kaikei-2").await];
        let order = bench.prepare(&first, &[bench.only_refund(id).await]).await.unwrap();
        bench.desk().approve_transfers(&second, order).await.unwrap();
        let out = bench.pay_out(&clerk, till, bench.only_refund(id).await).await;
        assert_eq!(refusal(out), Refusal::RefundNotAtCounter, "it is on its way to the bank");
    }

    async fn without_an_account_of_the_towns_own_nothing_is_ordered(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.refund_that_failed("09:00", "11:00").await;
        let view = bench.view(id).await;
        assert!(matches!(view.money.refunds[..], [(_, RefundState::Failed)]));
        assert!(!view.can_tell_account);
        let accounting = bench.accounting("kaikei").await;
        let refund = bench.only_refund(id).await;
        assert_eq!(refusal(bench.prepare(&accounting, &[refund]).await), Refusal::TransferNoPayer);
    }
}
