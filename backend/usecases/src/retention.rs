//! What is kept how long (保存期間). The worker throws away what is past its time.
//!
//! | what | kept after it ended | why not longer, why not shorter |
//! |---|---|---|
//! | sessions (ログイン状態) | 1 day | who was signed in when is nobody's business later; a day for clocks that differ and for looking into what went wrong |
//! | sessions of staff (職員のログイン状態) | 1 day | as residents'; who did what stands in the trail |
//! | sign-in attempts (ログインの試行) | 1 day | they hold secrets of use to nobody; an answer that comes late is still told from one that was never asked for |
//! | former e-mail addresses (変更前のメールアドレス) | 7 days after another took their place | they are told of it, by a mail server that may be away for some days |
//! | accounts of refunds (還付口座) | 30 days after the money was sent or paid out | a transfer may come back within weeks (組戻し) and has to be traced; after that nobody sends anything there again |
//! | notices of the payment service (通知) | 30 days after they were looked into | sealed, they still name the payer; the service sends one again for 3 days and lists it for 30, so any question is answered from there |
//!
//! Reservations, money and the trail are records of the town: how long those are kept is the town's
//! own rule (文書管理規則), and nothing here touches them.

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use contract::{Call, Outcome};

use crate::authority::the_house;
use crate::desk::Desk;
use crate::ports::store::Transaction;
use crate::transact::{Abort, Action, transact};

/// How long sessions and sign-in attempts are kept after they ended, hours.
pub const KEPT_HOURS: i64 = 24;

/// How long a notice is kept after it was looked into, days.
pub const NOTICE_KEPT_DAYS: i64 = 30;

/// How long an e-mail address is kept after another took its place, days.
pub const FORMER_EMAIL_KEPT_DAYS: i64 = 7;

/// How long an account is kept after its refund was sent, days.
pub const ACCOUNT_KEPT_DAYS: i64 = 30;

/// Rows of each kind in one transaction: locks are held for a moment only.
const AT_ONCE: u32 = 1_000;

/// What was thrown away (廃棄した件数).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Sessions.
    pub sessions: u64,
    /// Sessions of staff.
    pub staff_sessions: u64,
    /// Sign-in attempts.
    pub attempts: u64,
    /// Former e-mail addresses.
    pub emails: u64,
    /// Notices of the payment service.
    pub notices: u64,
    /// Accounts that refunds went to.
    pub accounts: u64,
}

impl Purged {
    /// All together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            sessions: self.sessions + other.sessions,
            staff_sessions: self.staff_sessions + other.staff_sessions,
            attempts: self.attempts + other.attempts,
            emails: self.emails + other.emails,
            notices: self.notices + other.notices,
            accounts: self.accounts + other.accounts,
        }
    }
}

impl Desk {
    /// Throws away what is past its time in the call's municipality.
    pub(crate) async fn purge(&self, call: &Call) -> Outcome<Purged> {
        the_house(call)?;
        let purge = Purge {
            sign_ins_before: call.now() - Duration::hours(KEPT_HOURS),
            emails_before: call.now() - Duration::days(FORMER_EMAIL_KEPT_DAYS),
            notices_before: call.now() - Duration::days(NOTICE_KEPT_DAYS),
            accounts_before: call.now() - Duration::days(ACCOUNT_KEPT_DAYS),
        };
        let mut all = Purged::default();
        loop {
            let some = transact(self.store.as_ref(), call.municipality(), &purge).await?;
            all = all.and(some);
            let most = some.sessions.max(some.staff_sessions).max(some.attempts);
            let most = most.max(some.emails).max(some.notices).max(some.accounts);
            if most < u64::from(AT_ONCE) {
                return Ok(all);
            }
        }
    }
}

struct Purge {
    sign_ins_before: DateTime<Utc>,
    emails_before: DateTime<Utc>,
    notices_before: DateTime<Utc>,
    accounts_before: DateTime<Utc>,
}

#[async_trait]
impl Action for Purge {
    type Output = Purged;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<Purged, Abort> {
        Ok(Purged {
            sessions: tx.purge_sessions(self.sign_ins_before, AT_ONCE).await?,
            staff_sessions: tx
                .purge_staff_sessions(self.sign_ins_before, AT_ONCE)
                .await?,
            attempts: tx.purge_attempts(self.sign_ins_before, AT_ONCE).await?,
            emails: tx.purge_former_emails(self.emails_before, AT_ONCE).await?,
            notices: tx.purge_events(self.notices_before, AT_ONCE).await?,
            accounts: tx
                .purge_refund_accounts(self.accounts_before, AT_ONCE)
                .await?,
        })
    }
}
