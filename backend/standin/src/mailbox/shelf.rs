//! What the mailbox remembers: mails and faults.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use super::mail::Mail;

/// One thing to do wrong; the table in [`super`] says what each is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Greets with 421 and hangs up.
    Unavailable,
    /// Never greets.
    Hang,
    /// 450 to RCPT.
    Greylist,
    /// 550 to RCPT.
    NoSuchUser,
    /// 452 after the mail was sent.
    Full,
    /// 554 after the mail was sent.
    Spam,
    /// Keeps the mail and hangs up without saying so.
    LoseAnswer,
}

/// A fault and how often it still happens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Switch {
    /// What to do wrong.
    pub fault: Fault,
    /// How many times; without it, until taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

#[derive(Default)]
struct Memory {
    mails: Vec<Mail>,
    next_id: u64,
    switches: Vec<Switch>,
}

/// The mails and the switches that are on.
#[derive(Default)]
pub(super) struct Shelf {
    memory: Mutex<Memory>,
    arrived: Notify,
}

impl Shelf {
    pub(super) fn put(&self, decode: impl FnOnce(u64) -> Mail) {
        let mut memory = self.locked();
        memory.next_id += 1;
        let mail = decode(memory.next_id);
        memory.mails.push(mail);
        drop(memory);
        self.arrived.notify_waiters();
    }

    pub(super) fn mails(&self) -> Vec<Mail> {
        self.locked().mails.clone()
    }

    pub(super) fn mail(&self, id: u64) -> Option<Mail> {
        self.locked()
            .mails
            .iter()
            .find(|mail| mail.id == id)
            .cloned()
    }

    pub(super) fn empty(&self) {
        self.locked().mails.clear();
    }

    /// Waits until `to` (or anybody) has at least `count` mails.
    pub(super) async fn at_least(&self, to: Option<&str>, count: usize) -> Vec<Mail> {
        loop {
            // Registered before looking, so that no arrival falls between.
            let mut arrival = std::pin::pin!(self.arrived.notified());
            arrival.as_mut().enable();
            let mut mails = self.mails();
            if let Some(to) = to {
                mails.retain(|mail| mail.recipients.iter().any(|recipient| recipient == to));
            }
            if mails.len() >= count {
                return mails;
            }
            arrival.await;
        }
    }

    pub(super) fn add(&self, switch: Switch) {
        self.locked().switches.push(switch);
    }

    pub(super) fn switches(&self) -> Vec<Switch> {
        self.locked().switches.clone()
    }

    pub(super) fn behave(&self) {
        self.locked().switches.clear();
    }

    /// Whether `fault` is to happen now; if so it is one time less.
    pub(super) fn happens(&self, fault: Fault) -> bool {
        let mut memory = self.locked();
        let Some(at) = memory
            .switches
            .iter()
            .position(|switch| switch.fault == fault)
        else {
            return false;
        };
        let spent = memory
            .switches
            .get_mut(at)
            .is_some_and(|switch| match &mut switch.times {
                None => false,
                Some(times) => {
                    *times = times.saturating_sub(1);
                    *times == 0
                }
            });
        if spent {
            memory.switches.remove(at);
        }
        true
    }

    fn locked(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
