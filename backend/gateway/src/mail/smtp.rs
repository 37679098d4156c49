//! Handing mail to an SMTP server.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use usecases::ports::mail::{MailFailure, Mailer, OutgoingMail};

use super::compose::compose;

/// How mail leaves.
#[derive(Clone)]
pub struct MailConfig {
    /// `SMTP_URL`: `smtps://user:password@host`, `smtp://host:587?tls=required`, or `smtp://host`
    /// in the clear for a server on the same machine.
    pub smtp_url: String,
    /// Whom mail is from: `精華町 施設予約 <yoyaku@town.example.jp>`.
    pub from: String,
    /// For each step of the conversation with the server.
    pub timeout: Duration,
}

/// Why mail cannot leave at all. Says what an operator has to correct.
#[derive(Debug, thiserror::Error)]
pub enum MailConfigFault {
    /// `SMTP_URL` is not one.
    #[error("SMTP_URL が smtp:// か smtps:// のアドレスではありません")]
    Url(#[source] lettre::transport::smtp::Error),
    /// The sender is not an address.
    #[error("MAIL_FROM がメールアドレスではありません")]
    From(#[source] lettre::address::AddressError),
}

/// A mailer that speaks SMTP. It keeps no connection between mails.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    timeout: Duration,
}

impl SmtpMailer {
    /// Sets a mailer up. Connects nowhere.
    ///
    /// # Errors
    /// [`MailConfigFault`] if the URL or the sender cannot be read.
    pub fn new(config: &MailConfig) -> Result<Self, MailConfigFault> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.smtp_url)
            .map_err(MailConfigFault::Url)?
            .timeout(Some(config.timeout))
            .build();
        let from = config.from.parse().map_err(MailConfigFault::From)?;
        Ok(Self {
            transport,
            from,
            timeout: config.timeout,
        })
    }

    /// Whether the server answers, for `yoriai doctor`.
    ///
    /// # Errors
    /// [`MailFailure`] as [`Mailer::send`] would give it.
    pub async fn check(&self) -> Result<(), MailFailure> {
        match self.limited(self.transport.test_connection()).await? {
            true => Ok(()),
            false => Err(MailFailure::Unavailable("the server refuses NOOP".into())),
        }
    }

    /// A limit over the whole conversation too: a server that answers each step just in time must
    /// not hold the worker.
    async fn limited<T>(
        &self,
        conversation: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, MailFailure> {
        let whole = self.timeout.saturating_mul(4);
        match tokio::time::timeout(whole, conversation).await {
            Ok(Ok(done)) => Ok(done),
            // RFC 5321 §4.2.1: 5xx is for good, everything else may pass.
            Ok(Err(error)) if error.is_permanent() => Err(MailFailure::Refused(Box::new(error))),
            Ok(Err(error)) => Err(MailFailure::Unavailable(Box::new(error))),
            Err(elapsed) => Err(MailFailure::Unavailable(Box::new(elapsed))),
        }
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, now: DateTime<Utc>, mail: &OutgoingMail) -> Result<(), MailFailure> {
        let message = compose(mail, &self.from, now)
            .map_err(|fault| MailFailure::Refused(Box::new(fault)))?;
        self.limited(self.transport.send(message))
            .await
            .map(|_accepted| ())
    }
}
