//! Ports that die: before each step that could leave a trace the process may be killed by SIGKILL,
//! which no destructor and no handler survives. Reading leaves no trace and is no step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::closure::Booked;
use domain::group::DocumentSeen;
use domain::ids::{
    ClosureId, ClosureSeriesId, FacilityId, GrantId, GroupId, MunicipalityId, PaymentId, PersonId,
    RefundId, ReservationId, ReviewId, StaffId, TillId, TransferOrderId, UnitId,
};
use domain::ledger::Entry;
use domain::payment::{AttemptState, RefundState, SessionId};
use domain::quote::Quote;
use domain::reservation::{ReservationState, StateName};
use domain::search_key::PersonNumber;
use domain::span::{Cell, Span};
use domain::till::TillState;
use domain::town::{Town, TownTie};
use domain::transfer::OrderState;
use nix::sys::signal::{Signal, raise};
use usecases::ports::mail::{MailFailure, Mailer, OutgoingMail};
use usecases::ports::payments::{
    AccountCheck, CheckoutAnswer, CheckoutRequest, GatewayFailure, PaymentEvent, PaymentGateway,
    RefundAnswer, RefundRequest, WebhookRefusal,
};
use usecases::ports::store::{
    AppliedTown, AttemptRecord, AuditEntry, BoardRow, BookedEntry, BookedTime, CancellationReads,
    CancellationRecord, CancellationWrites, ClaimOutcome, ClaimReads, ClaimWrites, ClaimedCell,
    ClosureOn, ClosureReads, ClosureRecord, ClosureSeriesRecord, ClosureWrites, DayReads, Decided,
    EvidenceReads, EvidenceRecord, EvidenceWrites, FiledPeopleReads, FiledPeopleWrites,
    FiledPerson, FiledTerms, FormerEmail, GrantRecord, GroupReads, GroupRecord, GroupWrites,
    Holder, IdentityKey, IdentityReads, IdentityRecord, IdentityWrites, InboxEvent, InboxReads,
    InsertOutcome, Job, JobEnd, JobWrites, Lane, Lease, LentPiece, LiftRecord, MoneyReads,
    MoneyWrites, MovementRecord, Municipality, PastEntry, PaymentRecord, PendingCardRecord,
    PeopleReads, PeopleWrites, PersonRecord, QuotaReads, Reading, Realm, ReceiptRecord,
    RefundAccount, RefundRecord, ReservationReads, ReservationRecord, ReservationWrites,
    ReviewReads, ReviewRecord, ReviewWrites, SessionRecord, StaffReads, StaffRecord,
    StaffSessionRecord, StaffWrites, StandingReduction, StockReads, StockWrites, Store, Stored,
    TakenCell, TillReads, TillRecord, TillWrites, TownReads, TownWrites, TrailReads, TrailWrites,
    Transaction, TransferOrderRecord, TransferReads, TransferRecord, TransferWrites, UseReads,
    UseRow, Uses, ViewEntry,
};
use usecases::ports::vault::TermHash;
use uuid::Uuid;

/// Steps left; 0 is never reached by counting down from 0.
static FUSE: AtomicU32 = AtomicU32::new(0);

/// From here on the process dies before its `steps`-th step.
pub fn light(steps: u32) {
    FUSE.store(steps, Ordering::SeqCst);
}

fn step() {
    if FUSE.fetch_sub(1, Ordering::SeqCst) == 1 {
        raise(Signal::SIGKILL).unwrap();
    }
}

/// A payment service that the process may not live to ask.
pub fn gateway(real: Arc<dyn PaymentGateway>) -> Arc<dyn PaymentGateway> {
    Arc::new(DyingGateway(real))
}

/// A mail server that the process may not live to reach.
pub fn mailer(real: Arc<dyn Mailer>) -> Arc<dyn Mailer> {
    Arc::new(DyingMailer(real))
}

/// A store that the process may not live to write to.
pub struct DyingStore(pub Arc<dyn Store>);

struct DyingGateway(Arc<dyn PaymentGateway>);
struct DyingMailer(Arc<dyn Mailer>);
struct Dying<T: ?Sized>(Box<T>);

/// Hands reads on.
macro_rules! reads {
    ($port:ident { $(fn $name:ident($($arg:ident: $ty:ty),*) -> $out:ty;)+ }) => {
        #[async_trait]
        impl<T: Reading + ?Sized> $port for Dying<T> {
            $(async fn $name(&self, $($arg: $ty),*) -> Stored<$out> {
                self.0.$name($($arg),*).await
            })+
        }
    };
}

/// Hands writes on, each a step.
macro_rules! writes {
    ($port:ident { $(fn $name:ident($($arg:ident: $ty:ty),*) -> $out:ty;)+ }) => {
        #[async_trait]
        impl $port for Dying<dyn Transaction> {
            $(async fn $name(&mut self, $($arg: $ty),*) -> Stored<$out> {
                step();
                self.0.$name($($arg),*).await
            })+
        }
    };
}

/// Hands calls to the payment service on, each a step.
macro_rules! calls {
    ($(fn $name:ident($($arg:ident: $ty:ty),*) -> $out:ty;)+) => {
        #[async_trait]
        impl PaymentGateway for DyingGateway {
            fn is_live(&self) -> bool {
                self.0.is_live()
            }

            fn verify_webhook(
                &self,
                raw_body: &[u8],
                signature_header: &str,
                now: DateTime<Utc>,
            ) -> Result<PaymentEvent, WebhookRefusal> {
                self.0.verify_webhook(raw_body, signature_header, now)
            }

            $(async fn $name(&self, $($arg: $ty),*) -> Result<$out, GatewayFailure> {
                step();
                self.0.$name($($arg),*).await
            })+
        }
    };
}

#[async_trait]
impl Store for DyingStore {
    async fn read(&self, municipality: MunicipalityId) -> Stored<Box<dyn Reading>> {
        Ok(Box::new(Dying(self.0.read(municipality).await?)))
    }

    async fn begin(&self, municipality: MunicipalityId) -> Stored<Box<dyn Transaction>> {
        Ok(Box::new(Dying(self.0.begin(municipality).await?)))
    }

    async fn municipalities(&self) -> Stored<Vec<Municipality>> {
        self.0.municipalities().await
    }

    async fn enter_municipality(
        &self,
        municipality: &Municipality,
        now: DateTime<Utc>,
    ) -> Stored<MunicipalityId> {
        step();
        self.0.enter_municipality(municipality, now).await
    }

    async fn lease_jobs(
        &self,
        lane: Lane,
        now: DateTime<Utc>,
        leased_until: DateTime<Utc>,
        most: u32,
    ) -> Stored<Vec<Job>> {
        step();
        self.0.lease_jobs(lane, now, leased_until, most).await
    }

    async fn end_job(&self, lease: Lease, now: DateTime<Utc>, end: JobEnd) -> Stored<bool> {
        step();
        self.0.end_job(lease, now, end).await
    }

    async fn is_ready(&self) -> Stored<bool> {
        self.0.is_ready().await
    }
}

#[async_trait]
impl Mailer for DyingMailer {
    async fn send(&self, now: DateTime<Utc>, mail: &OutgoingMail) -> Result<(), MailFailure> {
        step();
        self.0.send(now, mail).await
    }
}

impl<T: Reading + ?Sized> Reading for Dying<T> {}

#[async_trait]
impl Transaction for Dying<dyn Transaction> {
    async fn commit(self: Box<Self>) -> Stored<()> {
        step();
        self.0.commit().await
    }
}

#[async_trait]
impl<T: Reading + ?Sized> TownReads for Dying<T> {
    async fn town(&self) -> Stored<Option<Arc<AppliedTown>>> {
        self.0.town().await
    }

    fn known_town(&self) -> Option<Arc<AppliedTown>> {
        self.0.known_town()
    }

    async fn town_version(&self, version: i32) -> Stored<Option<Arc<AppliedTown>>> {
        self.0.town_version(version).await
    }
}

reads!(ClaimReads {
    fn claimed(units: &[UnitId], from: Cell, until: Cell) -> Vec<ClaimedCell>;
    fn claimed_under(
        version: i32,
        units: &[UnitId],
        from: Cell,
        until: Cell
    ) -> Option<Vec<TakenCell>>;
    fn taken(units: &[UnitId], from: Cell, until: Cell) -> Vec<TakenCell>;
});

reads!(ReservationReads {
    fn reservation(id: ReservationId) -> Option<ReservationRecord>;
    fn by_submission(person: PersonId, submission: Uuid) -> Option<ReservationRecord>;
    fn reservations_of(person: PersonId, most: u32) -> Vec<ReservationRecord>;
    fn lapsed(state: StateName, now: DateTime<Utc>, most: u32) -> Vec<ReservationId>;
    fn over(by: Cell, most: u32) -> Vec<ReservationId>;
    fn undecided(by: Cell, most: u32) -> Vec<ReservationId>;
});

reads!(StockReads {
    fn lent(facility: FacilityId, from: Cell, until: Cell) -> Vec<LentPiece>;
});

reads!(DayReads {
    fn reservations_at(facility: FacilityId, from: Cell, until: Cell) -> Vec<ReservationRecord>;
    fn reservations_between(from: Cell, until: Cell) -> Vec<ReservationRecord>;
    fn board(facility: Option<FacilityId>, from: Cell, until: Cell) -> Vec<BoardRow>;
    fn reservations_made(from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<ReservationRecord>;
    fn these_reservations(ids: &[ReservationId]) -> Vec<ReservationRecord>;
    fn by_number(number: &str) -> Option<ReservationRecord>;
    fn payments_of_each(reservations: &[ReservationId]) -> Vec<PaymentRecord>;
    fn refunds_of_each(reservations: &[ReservationId]) -> Vec<RefundRecord>;
    fn entries_between(from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<BookedEntry>;
});

reads!(UseReads {
    fn uses(
        which: Uses<'_>,
        after: Option<(Cell, ReservationId)>,
        most: u32
    ) -> Vec<UseRow>;
});

reads!(TrailReads {
    fn entries_about(subjects: &[String]) -> Vec<PastEntry>;
});

reads!(FiledPeopleReads {
    fn people(ids: &[PersonId]) -> Vec<FiledPerson>;
    fn person_with_number(number: PersonNumber) -> Option<PersonId>;
    fn people_filed_under(terms: &[TermHash], most: u32) -> Vec<PersonId>;
    fn unfiled_people(most: u32) -> Vec<PersonId>;
});

reads!(TillReads {
    fn till(id: TillId) -> Option<TillRecord>;
    fn open_tills(facility: FacilityId) -> Vec<TillRecord>;
    fn tills_on(facility: FacilityId, day: NaiveDate) -> Vec<TillRecord>;
    fn movements(till: TillId) -> Vec<MovementRecord>;
    fn refunds_to_pay_out(facility: FacilityId, most: u32) -> Vec<RefundRecord>;
});

reads!(ClosureReads {
    fn closures_on(units: &[UnitId], from: Cell, until: Cell) -> Vec<ClosureOn>;
    fn closures_between(from: Cell, until: Cell) -> Vec<ClosureRecord>;
    fn closure_series(
        id: ClosureSeriesId
    ) -> Option<(ClosureSeriesRecord, Vec<ClosureRecord>)>;
    fn closure_series_each(ids: &[ClosureSeriesId]) -> Vec<ClosureSeriesRecord>;
    fn booked_on(units: &[UnitId], spans: &[Span]) -> Vec<Booked<UnitId>>;
});

reads!(ReviewReads {
    fn reviews(reservation: ReservationId) -> Vec<ReviewRecord>;
    fn in_review(most: u32) -> Vec<ReservationRecord>;
    fn standing_reductions(holder: Holder, fiscal_year: i32) -> Vec<StandingReduction>;
});

reads!(QuotaReads {
    fn booked_by(person: PersonId, from: Cell) -> Vec<BookedTime>;
    fn booked_for(group: GroupId, from: Cell) -> Vec<BookedTime>;
});

reads!(GroupReads {
    fn group(id: GroupId) -> Option<GroupRecord>;
    fn groups_of(person: PersonId) -> Vec<GroupRecord>;
    fn acts_for(person: PersonId, group: GroupId) -> bool;
    fn agents_of(group: GroupId) -> Vec<PersonId>;
    fn documents_of(group: GroupId) -> Vec<DocumentSeen>;
    fn groups_to_decide(most: u32) -> Vec<GroupRecord>;
    fn groups_found(searched_for: &str, most: u32) -> Vec<GroupRecord>;
    fn group_submitted(representative: PersonId, submission: Uuid) -> Option<GroupId>;
});

writes!(GroupWrites {
    fn insert_group(group: &GroupRecord) -> bool;
    fn change_group(group: &GroupRecord, now: DateTime<Utc>) -> ();
    fn insert_agent(group: GroupId, person: PersonId, now: DateTime<Utc>) -> bool;
    fn delete_agent(group: GroupId, person: PersonId) -> bool;
    fn note_document(group: GroupId, seen: &DocumentSeen) -> bool;
});

reads!(EvidenceReads {
    fn evidence_of(person: PersonId) -> Vec<EvidenceRecord>;
});

writes!(EvidenceWrites {
    fn note_evidence(evidence: &EvidenceRecord) -> ();
    fn end_evidence(person: PersonId, tie: TownTie, on: NaiveDate) -> u64;
});

reads!(PeopleReads {
    fn person(id: PersonId) -> Option<PersonRecord>;
    fn person_of(identity: &IdentityKey) -> Option<PersonId>;
    fn session(token_hash: &[u8; 32]) -> Option<SessionRecord>;
    fn former_email(id: Uuid) -> Option<FormerEmail>;
});

reads!(IdentityReads {
    fn identities(person: PersonId) -> Vec<IdentityRecord>;
    fn pending_card(session_hash: &[u8; 32]) -> Option<PendingCardRecord>;
});

reads!(StaffReads {
    fn staff(id: StaffId) -> Option<StaffRecord>;
    fn staff_of(identity: &IdentityKey) -> Option<StaffId>;
    fn all_staff() -> Vec<(StaffRecord, Vec<IdentityKey>)>;
    fn grants(staff: StaffId) -> Vec<GrantRecord>;
    fn viewed_since(
        staff: StaffId,
        page: &'static str,
        since: DateTime<Utc>
    ) -> BTreeSet<PersonId>;
    fn staff_session(token_hash: &[u8; 32]) -> Option<StaffSessionRecord>;
});

reads!(MoneyReads {
    fn payments(reservation: ReservationId) -> Vec<PaymentRecord>;
    fn payment(id: PaymentId) -> Option<PaymentRecord>;
    fn payment_of_session(session: &SessionId) -> Option<PaymentRecord>;
    fn live_payments(before: DateTime<Utc>, most: u32) -> Vec<PaymentId>;
    fn refunds(reservation: ReservationId) -> Vec<RefundRecord>;
    fn refund(id: RefundId) -> Option<RefundRecord>;
    fn refund_of_provider(provider_id: &str) -> Option<RefundRecord>;
    fn live_refunds(before: DateTime<Utc>, most: u32) -> Vec<RefundId>;
    fn failed_refunds(most: u32) -> Vec<RefundRecord>;
    fn receipt(payment: PaymentId) -> Option<ReceiptRecord>;
    fn entries(reservation: ReservationId) -> Vec<Entry>;
});

reads!(CancellationReads {
    fn cancellations(reservation: ReservationId) -> Vec<CancellationRecord>;
    fn cancellations_of_each(reservations: &[ReservationId]) -> Vec<CancellationRecord>;
});

reads!(TransferReads {
    fn refund_account(refund: RefundId) -> Option<RefundAccount>;
    fn refunds_by_transfer(most: u32) -> Vec<RefundRecord>;
    fn transfer_order(id: TransferOrderId) -> Option<TransferOrderRecord>;
    fn transfer_order_of(submission: Uuid) -> Option<TransferOrderRecord>;
    fn transfer_orders(most: u32) -> Vec<TransferOrderRecord>;
    fn transfers(order: TransferOrderId) -> Vec<TransferRecord>;
});

reads!(InboxReads {
    fn event(event_id: &str) -> Option<InboxEvent>;
});

writes!(ClaimWrites {
    fn claim(reservation: ReservationId, cells: &[ClaimedCell]) -> ClaimOutcome;
    fn claim_closure(closure: ClosureId, cells: &[ClaimedCell]) -> ClaimOutcome;
    fn unclaim(reservation: ReservationId) -> ();
});

writes!(StockWrites {
    fn lock_stock(facility: FacilityId) -> ();
    fn claim_stock(
        reservation: ReservationId, facility: FacilityId, pieces: &[LentPiece]
    ) -> ClaimOutcome;
});

writes!(ReservationWrites {
    fn insert_reservation(record: &ReservationRecord) -> InsertOutcome;
    fn lock_reservation(id: ReservationId) -> Option<ReservationRecord>;
    fn set_state(
        id: ReservationId, revision: i32, state: &ReservationState, now: DateTime<Utc>
    ) -> ();
    fn set_quote(id: ReservationId, revision: i32, quote: &Quote, now: DateTime<Utc>) -> ();
});

writes!(CancellationWrites {
    fn insert_cancellation(record: &CancellationRecord) -> ();
    fn shrink_reservation(
        id: ReservationId, revision: i32, left: Span, now: DateTime<Utc>
    ) -> ();
});

writes!(TransferWrites {
    fn keep_refund_account(account: &RefundAccount, now: DateTime<Utc>) -> ();
    fn forget_refund_account(refund: RefundId) -> ();
    fn purge_refund_accounts(before: DateTime<Utc>, most: u32) -> u64;
    fn insert_transfer_order(
        order: &TransferOrderRecord, transfers: &[TransferRecord]
    ) -> bool;
    fn set_transfer_order_state(
        id: TransferOrderId, revision: i32, state: OrderState, now: DateTime<Utc>
    ) -> ();
    fn end_transfer(order: TransferOrderId, refund: RefundId) -> ();
});

writes!(PeopleWrites {
    fn insert_person(person: &PersonRecord, identity: &IdentityKey) -> bool;
    fn lock_person(id: PersonId) -> Option<PersonRecord>;
    fn update_person(person: &PersonRecord, now: DateTime<Utc>) -> ();
    fn insert_session(session: &SessionRecord) -> ();
    fn touch_session(token_hash: &[u8; 32], now: DateTime<Utc>) -> ();
    fn delete_session(token_hash: &[u8; 32]) -> bool;
    fn delete_other_sessions(person: PersonId, kept: &[u8; 32]) -> ();
    fn insert_attempt(attempt: &AttemptRecord) -> ();
    fn consume_attempt(
        realm: Realm, state_hash: &[u8; 32], now: DateTime<Utc>
    ) -> Option<AttemptRecord>;
    fn insert_former_email(email: &FormerEmail) -> ();
    fn purge_former_emails(before: DateTime<Utc>, most: u32) -> u64;
    fn purge_sessions(before: DateTime<Utc>, most: u32) -> u64;
    fn purge_attempts(before: DateTime<Utc>, most: u32) -> u64;
});

writes!(IdentityWrites {
    fn lock_identities(person: PersonId) -> Vec<IdentityRecord>;
    fn insert_identity(person: PersonId, identity: &IdentityKey, now: DateTime<Utc>) -> bool;
    fn delete_identity(identity: &IdentityKey) -> ();
    fn put_pending_card(card: &PendingCardRecord) -> ();
    fn take_pending_card(session_hash: &[u8; 32]) -> Option<PendingCardRecord>;
});

writes!(StaffWrites {
    fn insert_staff(staff: &StaffRecord, identity: &IdentityKey) -> bool;
    fn update_staff(staff: &StaffRecord, now: DateTime<Utc>) -> ();
    fn insert_grant(grant: &GrantRecord) -> bool;
    fn revoke_grant(id: GrantId, by: Option<StaffId>, now: DateTime<Utc>) -> bool;
    fn insert_staff_session(session: &StaffSessionRecord) -> ();
    fn touch_staff_session(token_hash: &[u8; 32], now: DateTime<Utc>) -> ();
    fn delete_staff_session(token_hash: &[u8; 32]) -> ();
    fn delete_sessions_of_staff(staff: StaffId) -> ();
    fn purge_staff_sessions(before: DateTime<Utc>, most: u32) -> u64;
    fn log_views(views: &[ViewEntry]) -> ();
});

writes!(FiledPeopleWrites {
    fn insert_person_without_card(person: &PersonRecord) -> PersonNumber;
    fn file_person(person: PersonId, terms: &FiledTerms, now: DateTime<Utc>) -> ();
});

writes!(TillWrites {
    fn insert_till(till: &TillRecord) -> bool;
    fn lock_till(id: TillId) -> Option<TillRecord>;
    fn set_till(
        id: TillId, revision: i32, state: &TillState, by: StaffId, now: DateTime<Utc>
    ) -> ();
    fn insert_movement(movement: &MovementRecord) -> bool;
});

writes!(ReviewWrites {
    fn insert_review(review: &ReviewRecord) -> bool;
    fn decide_review(
        id: ReviewId, revision: i32, decided: &Decided, now: DateTime<Utc>
    ) -> ();
    fn note_quotes(
        id: ReviewId, revision: i32, quotes: (&Quote, &Quote), now: DateTime<Utc>
    ) -> ();
    fn insert_standing_reduction(standing: &StandingReduction) -> bool;
});

writes!(ClosureWrites {
    fn insert_closure_series(
        series: &ClosureSeriesRecord, spans: &BTreeMap<ClosureId, Span>
    ) -> ();
    fn claim_closures(cells: &BTreeMap<ClaimedCell, ClosureId>) -> ClaimOutcome;
    fn lock_closure_series(
        id: ClosureSeriesId
    ) -> Option<(ClosureSeriesRecord, Vec<ClosureRecord>)>;
    fn lift_closure(id: ClosureId, lift: &LiftRecord) -> bool;
});

writes!(MoneyWrites {
    fn insert_payment(payment: &PaymentRecord, now: DateTime<Utc>) -> bool;
    fn set_payment_state(
        id: PaymentId, revision: i32, state: &AttemptState, now: DateTime<Utc>
    ) -> ();
    fn insert_refund(refund: &RefundRecord, now: DateTime<Utc>) -> ();
    fn set_refund_state(id: RefundId, revision: i32, state: &RefundState, now: DateTime<Utc>) -> ();
    fn book_entry(id: Uuid, reservation: ReservationId, entry: &Entry, now: DateTime<Utc>) -> bool;
    fn number_receipt(payment: PaymentId, now: DateTime<Utc>) -> ReceiptRecord;
});

writes!(JobWrites {
    fn enqueue(job: &Job) -> bool;
    fn receive(event: &InboxEvent) -> bool;
    fn event_processed(event_id: &str, now: DateTime<Utc>) -> ();
    fn purge_events(before: DateTime<Utc>, most: u32) -> u64;
});

writes!(TrailWrites {
    fn record(entry: &AuditEntry) -> ();
});

writes!(TownWrites {
    fn apply_town(
        town: &Town, now: DateTime<Utc>, new_id: &(dyn Fn() -> Uuid + Send + Sync)
    ) -> i32;
});

calls! {
    fn open_checkout(request: &CheckoutRequest) -> CheckoutAnswer;
    fn retrieve(session: &SessionId) -> CheckoutAnswer;
    fn expire(session: &SessionId) -> CheckoutAnswer;
    fn find_by_reference(payment: PaymentId, created_since: DateTime<Utc>) -> Vec<CheckoutAnswer>;
    fn refund(request: &RefundRequest) -> RefundAnswer;
    fn retrieve_refund(provider_id: &str) -> RefundAnswer;
    fn refunds_of(intent: &str) -> Vec<RefundAnswer>;
    fn list_events(since: DateTime<Utc>) -> Vec<PaymentEvent>;
    fn account_check() -> AccountCheck;
}
