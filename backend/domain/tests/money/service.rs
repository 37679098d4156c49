//! The payment service, as far as it is documented (payments.md §2 and §3): pages, refunds,
//! disputes, and the money that it really holds.

use chrono::{DateTime, Duration, Utc};
use domain::money::Yen;
use domain::payment::{
    DisputeProgress, DisputeSeen, PaymentMethod, RefundProgress, RefundSeen, SessionProgress,
    SessionSeen, Voucher, voucher_end,
};

use crate::world::{Instant, session};

/// What the service remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Service {
    pub pages: Vec<Page>,
    pub refunds: Vec<Back>,
    pub disputes: Vec<Disputed>,
    /// Attempts whose request to open a page is still on its way.
    pub on_the_way: Vec<usize>,
    /// Attempts and refunds that were refused: the same key gets the same answer.
    pub refused_pages: Vec<usize>,
    pub refused_refunds: Vec<usize>,
}

/// A Checkout Session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    /// Whose metadata it carries.
    pub attempt: usize,
    pub amount: i64,
    pub is: PageIs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageIs {
    Open,
    Voucher,
    Paid,
    Over,
}

/// A refund.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Back {
    pub page: usize,
    /// Which of ours it names; none from the service's own screens.
    pub ours: Option<usize>,
    pub amount: Yen,
    pub is: BackIs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BackIs {
    Pending,
    Done,
    Failed,
}

/// A dispute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Disputed {
    pub page: usize,
    pub progress: DisputeProgress,
    pub withdrawn: bool,
    pub reinstated: bool,
}

impl Service {
    /// The page of an attempt; the first when there are several.
    pub fn page_of(&self, attempt: usize) -> Option<usize> {
        self.pages.iter().position(|page| page.attempt == attempt)
    }

    /// A page as it is shown now.
    pub fn look(&self, number: usize) -> SessionSeen {
        let page = &self.pages[number];
        let progress = match page.is {
            PageIs::Open => open(number),
            PageIs::Voucher => SessionProgress::CompleteUnpaid {
                voucher: Voucher {
                    until: voucher_end(Instant::Pay.time(), 1).unwrap(),
                    url: None,
                    numbers: Vec::new(),
                },
            },
            PageIs::Paid => SessionProgress::CompletePaid {
                intent: format!("pi_{number}"),
                entrusted_at: Instant::Pay.time(),
                method: Some(PaymentMethod::Card),
            },
            PageIs::Over => SessionProgress::Expired,
        };
        self.seen(number, progress)
    }

    /// The answer to the request that opened a page: by its key always the first one.
    pub fn first_answer(&self, number: usize) -> SessionSeen {
        self.seen(number, open(number))
    }

    fn seen(&self, number: usize, progress: SessionProgress) -> SessionSeen {
        SessionSeen {
            session: session(number),
            amount: self.pages[number].amount,
            currency: "jpy".into(),
            live: false,
            progress,
        }
    }

    /// A refund as it is shown now.
    pub fn look_at_refund(&self, number: usize) -> RefundSeen {
        RefundSeen {
            provider_id: format!("re_{number}"),
            progress: match self.refunds[number].is {
                BackIs::Pending => RefundProgress::Pending,
                BackIs::Done => RefundProgress::Succeeded,
                BackIs::Failed => RefundProgress::Failed {
                    reason: "unknown".into(),
                },
            },
        }
    }

    /// A dispute as it is shown now.
    pub fn look_at_dispute(&self, number: usize) -> DisputeSeen {
        let dispute = &self.disputes[number];
        DisputeSeen {
            provider_id: format!("dp_{number}"),
            progress: dispute.progress,
            evidence_due: None,
            withdrawn: dispute.withdrawn,
            reinstated: dispute.reinstated,
        }
    }

    /// Whether a refund of so much is accepted: never more than came, and nothing while a bank is
    /// asked.
    pub fn accepts_refund(&self, page: usize, amount: Yen) -> bool {
        let gone = self.refunds.iter();
        let gone = gone.filter(|back| back.page == page && back.is != BackIs::Failed);
        let gone: i64 = gone.map(|back| back.amount.as_i64()).sum();
        let disputed = self
            .disputes
            .iter()
            .any(|dispute| dispute.page == page && dispute.progress != DisputeProgress::Won);
        !disputed && gone + amount.as_i64() <= self.pages[page].amount
    }

    /// What the service holds for the town of the pages that `counts` says so of.
    pub fn balance(&self, counts: impl Fn(usize) -> bool) -> i64 {
        let mut sum = 0;
        for (number, page) in self.pages.iter().enumerate() {
            if matches!(page.is, PageIs::Paid) && counts(number) {
                sum += page.amount;
            }
        }
        for back in &self.refunds {
            if back.is == BackIs::Done && counts(back.page) {
                sum -= back.amount.as_i64();
            }
        }
        for dispute in self.disputes.iter().filter(|dispute| counts(dispute.page)) {
            let amount = self.pages[dispute.page].amount;
            sum -= if dispute.withdrawn { amount } else { 0 };
            sum += if dispute.reinstated { amount } else { 0 };
        }
        sum
    }

    /// What becomes of pages and vouchers by themselves.
    pub fn strike(&mut self, now: DateTime<Utc>) {
        for page in &mut self.pages {
            let over = match page.is {
                PageIs::Open => Instant::PageOver.time() <= now,
                PageIs::Voucher => Instant::VoucherOver.time() <= now,
                PageIs::Paid | PageIs::Over => false,
            };
            if over {
                page.is = PageIs::Over;
            }
        }
    }
}

fn open(number: usize) -> SessionProgress {
    SessionProgress::Open {
        url: format!("https://pay.example/{number}"),
        expires_at: Instant::PageOver.time() - Duration::minutes(1),
    }
}
