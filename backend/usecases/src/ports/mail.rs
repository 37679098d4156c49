//! Sending mail (メール送信).

use std::error::Error;
use std::fmt;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// Hands mail to a mail server. Called by the worker from the outbox, so a mail may be sent twice;
/// the caller's Message-ID lets receivers and people see that it is the same one.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands one mail over; `now` becomes its `Date`.
    ///
    /// # Errors
    /// [`MailFailure`]: whether trying again can help.
    async fn send(&self, now: DateTime<Utc>, mail: &OutgoingMail) -> Result<(), MailFailure>;
}

/// One mail to one person.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// The left side of the Message-ID; our own id of the mail, the same at every try.
    pub message_id: String,
    /// The address alone, `hanako@example.jp`.
    pub to: String,
    /// 件名, in one line.
    pub subject: String,
    /// 本文, plain text.
    pub body: String,
    /// 添付.
    pub attachments: Vec<Attachment>,
}

/// A file that goes with a mail (添付ファイル).
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The name the reader sees, `領収書.pdf`.
    pub file_name: String,
    /// For example `application/pdf`.
    pub media_type: String,
    /// The bytes.
    pub content: Vec<u8>,
}

impl fmt::Debug for OutgoingMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingMail")
            .field("message_id", &self.message_id)
            .field("attachments", &self.attachments.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment")
            .field("len", &self.content.len())
            .finish_non_exhaustive()
    }
}

/// Why a mail was not handed over.
#[derive(Debug, thiserror::Error)]
pub enum MailFailure {
    /// This mail will never go out: the address does not exist or a header cannot be written.
    #[error("the mail was refused for good")]
    Refused(#[source] Box<dyn Error + Send + Sync>),
    /// The server is away, slow or busy: try again later.
    #[error("the mail server is not available")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
}
