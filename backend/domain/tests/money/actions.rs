//! What can happen next in a state.

use domain::money::Yen;
use domain::payment::{AttemptState, DisputeProgress, Plan, RefundState};

use crate::guards::{Guard, Rules};
use crate::people;
use crate::service::{Back, BackIs, Disputed, Page, PageIs};
use crate::steps::{release, take_in};
use crate::world::{HALF, Instant, News, World, number_in};

/// Something that happens; which of several is for whoever reads a course.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "the numbers are printed")]
pub enum Action {
    // People.
    PressPay,
    PayByCard(usize),
    TakeVoucher(usize),
    PayVoucher(usize),
    Cancel,
    GiveUpPart,
    ClerkGivesBack,
    CloseFacility,
    TakeCash,
    PayOut(usize),
    Reprice,
    SomebodyElseBooks,
    // Ours: the worker, the poller, whoever handles a notice or a browser that came back.
    OpenPage(usize),
    OpenPageAndBeLiedTo(usize),
    OpenPageAndBeRefused(usize),
    OpenPageAndHearNothing(usize),
    SearchInVain(usize),
    LookAtPage { page: usize, asked_for: bool },
    ClosePage { attempt: usize, due: bool },
    SendRefund { refund: usize, stored: bool },
    LookAtRefund { refund: usize, asked_for: bool },
    LookAtDispute { dispute: usize, asked_for: bool },
    Commit(usize),
    Die(usize),
    LetGo,
    // The service and the clock.
    TheRequestArrives(usize),
    RefundIsDone(usize),
    RefundFails(usize),
    RefundAtTheScreen(usize),
    DisputeBegins(usize),
    BankTakesBack(usize),
    BankDecides { dispute: usize, for_us: bool },
    BankBringsAgain(usize),
    Tick,
}

impl Action {
    /// True for what happens sooner or later whatever anybody does: the worker works, the poller
    /// polls, a refund under way ends, time passes. Notices are not among it: each may be lost.
    pub const fn is_seen_to(&self) -> bool {
        match self {
            Self::OpenPage(_)
            | Self::Commit(_)
            | Self::LetGo
            | Self::RefundIsDone(_)
            | Self::Tick => true,
            Self::LookAtPage { asked_for, .. }
            | Self::LookAtRefund { asked_for, .. }
            | Self::LookAtDispute { asked_for, .. } => *asked_for,
            Self::ClosePage { due, .. } => *due,
            Self::SendRefund { stored, .. } => *stored,
            Self::PressPay
            | Self::PayByCard(_)
            | Self::TakeVoucher(_)
            | Self::PayVoucher(_)
            | Self::Cancel
            | Self::GiveUpPart
            | Self::ClerkGivesBack
            | Self::CloseFacility
            | Self::TakeCash
            | Self::PayOut(_)
            | Self::Reprice
            | Self::SomebodyElseBooks
            | Self::OpenPageAndBeLiedTo(_)
            | Self::OpenPageAndBeRefused(_)
            | Self::OpenPageAndHearNothing(_)
            | Self::SearchInVain(_)
            | Self::Die(_)
            | Self::TheRequestArrives(_)
            | Self::RefundFails(_)
            | Self::RefundAtTheScreen(_)
            | Self::DisputeBegins(_)
            | Self::BankTakesBack(_)
            | Self::BankDecides { .. }
            | Self::BankBringsAgain(_) => false,
        }
    }
}

/// Everything that can happen, and what comes of it. What changes nothing is left out, so that no
/// course goes round in circles: each step uses something up, moves a state on, or the clock.
pub fn enabled(world: &World, rules: &Rules) -> Vec<(Action, World)> {
    let mut next = Next {
        world,
        rules,
        found: Vec::new(),
    };
    next.people();
    next.pages();
    next.refunds();
    next.disputes();
    next.ours();
    next.found
}

struct Next<'a> {
    world: &'a World,
    rules: &'a Rules,
    found: Vec<(Action, World)>,
}

impl Next<'_> {
    /// What comes of an action, unless it cannot happen.
    fn may(&mut self, action: Action, happen: impl FnOnce(&mut World) -> Option<()>) {
        let mut after = self.world.clone();
        if happen(&mut after).is_some() {
            after.forget_when();
            self.found.push((action, after));
        }
    }

    /// Somebody of ours learns something, if it is news to us.
    fn learn(&mut self, action: Action, happen: impl FnOnce(&mut World) -> Option<News>) {
        if self.world.hands.len() >= self.world.left.hands {
            return;
        }
        let mut after = self.world.clone();
        let Some(news) = happen(&mut after) else {
            return;
        };
        let mut taken = after.clone();
        let is_news = take_in(&mut taken, self.rules, &news).is_some()
            && (taken.town != after.town || taken.hands != after.hands);
        if after.hands.contains(&news) || !(is_news || after.service != self.world.service) {
            return;
        }
        after.hands.push(news);
        after.forget_when();
        self.found.push((action, after));
    }

    fn people(&mut self) {
        let rules = self.rules;
        self.may(Action::PressPay, |world| people::press_pay(world, rules));
        self.may(Action::Cancel, |world| people::cancel(world, rules));
        self.may(Action::GiveUpPart, |world| {
            people::give_up_part(world, rules)
        });
        self.may(Action::ClerkGivesBack, |world| {
            people::give_back(world, rules)
        });
        self.may(Action::CloseFacility, |world| people::close(world, rules));
        self.may(Action::TakeCash, |world| people::take_cash(world, rules));
        self.may(Action::Reprice, |world| people::reprice(world, rules));
        self.may(Action::SomebodyElseBooks, people::book_by_somebody_else);
        for number in 0..self.world.town.refunds.len() {
            self.may(Action::PayOut(number), |world| {
                people::pay_out(world, rules, number)
            });
        }
    }

    fn pages(&mut self) {
        let (rules, now) = (self.rules, self.world.clock.now());
        for (attempt, row) in self.world.town.attempts.iter().enumerate() {
            match &row.state {
                AttemptState::Creating => self.creating(attempt),
                AttemptState::Open { session, .. } => {
                    let page = number_in(&session.0);
                    let lapses = self.world.town.booking.lapses_at();
                    let due = lapses.is_some_and(|until| until <= now);
                    let left = &self.world.left;
                    let wished = left.cancels + left.cash + left.repricings > 0
                        || matches!(rules.plan(self.world), Plan::ExpireFirst { .. });
                    if due || wished {
                        self.learn(Action::ClosePage { attempt, due }, |world| {
                            let is = &mut world.service.pages[page].is;
                            if *is == PageIs::Open {
                                *is = PageIs::Over;
                            }
                            let seen = world.service.look(page);
                            Some(News::Page { attempt, seen })
                        });
                    }
                }
                _ => {}
            }
        }
        for (page, shown) in self.world.service.pages.iter().enumerate() {
            let attempt = shown.attempt;
            let state = &self.world.town.attempts[attempt].state;
            let polled = matches!(
                state,
                AttemptState::Open { .. } | AttemptState::Awaiting { .. }
            );
            let asked_for = rules.has(if polled {
                Guard::Poller
            } else {
                Guard::DailyMatch
            });
            self.learn(Action::LookAtPage { page, asked_for }, |world| {
                let seen = world.service.look(page);
                Some(News::Page { attempt, seen })
            });
            self.payer(page, shown.is);
        }
        for attempt in self.world.service.on_the_way.iter().copied() {
            self.may(Action::TheRequestArrives(attempt), |world| {
                world.service.on_the_way.retain(|other| *other != attempt);
                open(world, rules, attempt, 0);
                Some(())
            });
        }
    }

    fn payer(&mut self, page: usize, is: PageIs) {
        match is {
            PageIs::Open => {
                self.may(Action::PayByCard(page), |world| {
                    world.service.pages[page].is = PageIs::Paid;
                    Some(())
                });
                if self.world.left.vouchers > 0 {
                    self.may(Action::TakeVoucher(page), |world| {
                        world.left.vouchers -= 1;
                        world.service.pages[page].is = PageIs::Voucher;
                        Some(())
                    });
                }
            }
            PageIs::Voucher => self.may(Action::PayVoucher(page), |world| {
                world.service.pages[page].is = PageIs::Paid;
                Some(())
            }),
            PageIs::Paid | PageIs::Over => {}
        }
    }

    /// The request to open a page goes out, as often as it takes (rows 2 to 4).
    fn creating(&mut self, attempt: usize) {
        let rules = self.rules;
        self.learn(Action::OpenPage(attempt), |world| {
            Some(open_and_hear(world, rules, attempt, 0))
        });
        let left = &self.world.left;
        let nowhere = self.world.service.page_of(attempt).is_none();
        if left.lies > 0 && nowhere {
            self.learn(Action::OpenPageAndBeLiedTo(attempt), |world| {
                world.left.lies -= 1;
                Some(open_and_hear(world, rules, attempt, 1))
            });
        }
        if left.refusals > 0 && nowhere {
            self.learn(Action::OpenPageAndBeRefused(attempt), |world| {
                world.left.refusals -= 1;
                world.service.refused_pages.push(attempt);
                Some(News::NoPage { attempt })
            });
        }
        if left.late > 0 && nowhere {
            self.may(Action::OpenPageAndHearNothing(attempt), |world| {
                world.left.late -= 1;
                world.service.on_the_way.push(attempt);
                Some(())
            });
        }
        if nowhere && self.world.service.on_the_way.contains(&attempt) {
            self.learn(Action::SearchInVain(attempt), |_| {
                Some(News::NoPage { attempt })
            });
        }
    }

    fn refunds(&mut self) {
        let rules = self.rules;
        for (number, row) in self.world.town.refunds.iter().enumerate() {
            if !matches!(row.state, RefundState::Requested { .. }) {
                continue;
            }
            let stored = rules.has(Guard::RefundsAreSent);
            let (payment, amount) = (row.payment, row.amount);
            let action = Action::SendRefund {
                refund: number,
                stored,
            };
            self.learn(action, |world| {
                send_refund(world, rules, (number, payment), amount)
            });
        }
        for (number, back) in self.world.service.refunds.iter().enumerate() {
            let (ours, amount) = (back.ours, back.amount);
            let payment = self.world.service.pages[back.page].attempt;
            let under_way =
                ours.is_some_and(|ours| self.world.town.refunds[ours].state.is_under_way());
            let asked_for = rules.has(if under_way {
                Guard::Poller
            } else {
                Guard::DailyMatch
            });
            let action = Action::LookAtRefund {
                refund: number,
                asked_for,
            };
            self.learn(action, |world| {
                let seen = world.service.look_at_refund(number);
                Some(match ours {
                    Some(refund) => News::Refund { refund, seen },
                    None => News::FoundRefund {
                        payment,
                        amount,
                        seen,
                    },
                })
            });
            if back.is == BackIs::Pending {
                self.may(Action::RefundIsDone(number), |world| {
                    world.service.refunds[number].is = BackIs::Done;
                    Some(())
                });
            }
            if back.is != BackIs::Failed && self.world.left.failures > 0 {
                self.may(Action::RefundFails(number), |world| {
                    world.left.failures -= 1;
                    world.service.refunds[number].is = BackIs::Failed;
                    Some(())
                });
            }
        }
        for (number, page) in self.world.service.pages.iter().enumerate() {
            let can = self.world.left.found > 0 && matches!(page.is, PageIs::Paid);
            if can && self.world.service.accepts_refund(number, HALF) {
                self.may(Action::RefundAtTheScreen(number), |world| {
                    world.left.found -= 1;
                    world.service.refunds.push(Back {
                        page: number,
                        ours: None,
                        amount: HALF,
                        is: BackIs::Pending,
                    });
                    Some(())
                });
            }
        }
    }

    fn disputes(&mut self) {
        let service = &self.world.service;
        for (number, page) in service.pages.iter().enumerate() {
            let gone = service.refunds.iter().any(|back| back.page == number);
            if self.world.left.disputes > 0 && matches!(page.is, PageIs::Paid) && !gone {
                self.may(Action::DisputeBegins(number), |world| {
                    world.left.disputes -= 1;
                    world.service.disputes.push(Disputed {
                        page: number,
                        progress: DisputeProgress::Open,
                        withdrawn: false,
                        reinstated: false,
                    });
                    Some(())
                });
            }
        }
        for (number, one) in service.disputes.iter().enumerate() {
            let Page {
                attempt, amount, ..
            } = service.pages[one.page];
            let amount = Yen::try_from(amount).unwrap();
            let action = Action::LookAtDispute {
                dispute: number,
                asked_for: self.rules.has(Guard::DailyMatch),
            };
            self.learn(action, |world| {
                let seen = world.service.look_at_dispute(number);
                Some(News::Dispute {
                    payment: attempt,
                    amount,
                    seen,
                })
            });
            if one.progress == DisputeProgress::Open {
                if !one.withdrawn {
                    self.may(Action::BankTakesBack(number), |world| {
                        world.service.disputes[number].withdrawn = true;
                        Some(())
                    });
                }
                for for_us in [true, false] {
                    if for_us || one.withdrawn {
                        let action = Action::BankDecides {
                            dispute: number,
                            for_us,
                        };
                        self.may(action, |world| {
                            world.service.disputes[number].progress = if for_us {
                                DisputeProgress::Won
                            } else {
                                DisputeProgress::Lost
                            };
                            Some(())
                        });
                    }
                }
            }
            // Even what was lost is sometimes brought again.
            if one.progress != DisputeProgress::Open && one.withdrawn && !one.reinstated {
                self.may(Action::BankBringsAgain(number), |world| {
                    world.service.disputes[number].reinstated = true;
                    Some(())
                });
            }
        }
    }

    fn ours(&mut self) {
        let rules = self.rules;
        for hand in 0..self.world.hands.len() {
            self.may(Action::Commit(hand), |world| {
                let news = world.hands.remove(hand);
                let before = world.clone();
                // A transaction that cannot be committed leaves nothing behind; somebody looks again.
                if take_in(world, rules, &news).is_none() {
                    *world = before;
                }
                Some(())
            });
            if self.world.left.crashes > 0 {
                self.may(Action::Die(hand), |world| {
                    world.left.crashes -= 1;
                    world.hands.remove(hand);
                    Some(())
                });
            }
        }
        self.may(Action::LetGo, |world| release(world, rules));
        if self.world.clock.at + 1 < self.world.clock.instants.len() {
            self.may(Action::Tick, |world| {
                world.clock.at += 1;
                world.service.strike(world.clock.now());
                Some(())
            });
        }
    }
}

/// The service opens a page, once per key; it opens none that would close within half an hour.
fn open(world: &mut World, rules: &Rules, attempt: usize, lie: i64) -> Option<usize> {
    if world.service.refused_pages.contains(&attempt) {
        return None;
    }
    let known = world.service.page_of(attempt);
    if let Some(known) = known.filter(|_| rules.has(Guard::PaymentKey)) {
        return Some(known);
    }
    if world.clock.now() >= Instant::Due.time() {
        world.service.refused_pages.push(attempt);
        return None;
    }
    world.service.pages.push(Page {
        attempt,
        amount: world.town.attempts[attempt].amount.as_i64() - lie,
        is: PageIs::Open,
    });
    Some(world.service.pages.len() - 1)
}

fn open_and_hear(world: &mut World, rules: &Rules, attempt: usize, lie: i64) -> News {
    match open(world, rules, attempt, lie) {
        Some(page) => News::Page {
            attempt,
            seen: world.service.first_answer(page),
        },
        None => News::NoPage { attempt },
    }
}

/// The service sends a refund, once per key.
fn send_refund(
    world: &mut World,
    rules: &Rules,
    (refund, payment): (usize, usize),
    amount: Yen,
) -> Option<News> {
    let session = world.town.attempts[payment].state.session()?;
    let page = number_in(&session.0);
    let mut sent = world.service.refunds.iter();
    let known = sent.position(|back| back.ours == Some(refund));
    let number = match known.filter(|_| rules.has(Guard::RefundKey)) {
        Some(known) => known,
        None if world.service.accepts_refund(page, amount)
            && !world.service.refused_refunds.contains(&refund) =>
        {
            world.service.refunds.push(Back {
                page,
                ours: Some(refund),
                amount,
                is: BackIs::Pending,
            });
            world.service.refunds.len() - 1
        }
        None => {
            if !world.service.refused_refunds.contains(&refund) {
                world.service.refused_refunds.push(refund);
            }
            let others = world.service.refunds.iter().enumerate();
            let others = others.filter(|(_, back)| back.page == page && back.ours.is_none());
            let found = others
                .map(|(number, back)| (back.amount, world.service.look_at_refund(number)))
                .collect();
            return Some(News::NoRefund { refund, found });
        }
    };
    let seen = world.service.look_at_refund(number);
    Some(News::Refund { refund, seen })
}
