//! One mail, decoded.

use mail_parser::{MessageParser, MimeHeaders as _};
use serde::Serialize;

/// A mail as a reader would see it (受信メール).
#[derive(Clone, Debug, Serialize)]
pub struct Mail {
    /// Our number for it, in order of arrival.
    pub id: u64,
    /// Who the envelope says it is from.
    pub sender: String,
    /// Whom the envelope names.
    pub recipients: Vec<String>,
    /// `Message-ID` without its angle brackets.
    pub message_id: Option<String>,
    /// `From`, as `名前 <address>`.
    pub from: String,
    /// 件名, decoded.
    pub subject: String,
    /// `Date`, RFC 3339.
    pub date: Option<String>,
    /// The plain text, decoded.
    pub text: String,
    /// The attachments.
    pub attachments: Vec<Attachment>,
    /// Everything as it came over the wire.
    pub raw: String,
}

/// An attachment (添付ファイル).
#[derive(Clone, Debug, Serialize)]
pub struct Attachment {
    /// The name, decoded.
    pub file_name: String,
    /// For example `application/pdf`.
    pub media_type: String,
    /// Its length in bytes.
    pub size: usize,
    /// The bytes.
    #[serde(skip)]
    pub content: Vec<u8>,
}

impl Mail {
    /// Decodes what came after DATA. What cannot be decoded is shown raw: a mailbox that hides a
    /// broken mail hides the bug that made it.
    pub(super) fn decode(id: u64, sender: String, recipients: Vec<String>, bytes: &[u8]) -> Self {
        let raw = String::from_utf8_lossy(bytes).into_owned();
        let Some(message) = MessageParser::default().parse(bytes) else {
            return Self {
                id,
                sender,
                recipients,
                message_id: None,
                from: String::new(),
                subject: String::new(),
                date: None,
                text: raw.clone(),
                attachments: Vec::new(),
                raw,
            };
        };
        let from = message.from().and_then(|from| from.first()).map(|from| {
            let address = from.address().unwrap_or_default();
            from.name()
                .map_or_else(|| address.to_owned(), |name| format!("{name} <{address}>"))
        });
        let attachments = message.attachments().map(|part| Attachment {
            file_name: part.attachment_name().unwrap_or_default().to_owned(),
            media_type: part.content_type().map_or_else(String::new, |media| {
                format!("{}/{}", media.ctype(), media.subtype().unwrap_or_default())
            }),
            size: part.contents().len(),
            content: part.contents().to_vec(),
        });
        Self {
            id,
            sender,
            recipients,
            message_id: message.message_id().map(str::to_owned),
            from: from.unwrap_or_default(),
            subject: message.subject().unwrap_or_default().to_owned(),
            date: message.date().map(mail_parser::DateTime::to_rfc3339),
            text: message.body_text(0).unwrap_or_default().into_owned(),
            attachments: attachments.collect(),
            raw,
        }
    }
}
