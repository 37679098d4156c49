//! From our words to a MIME message.

use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use usecases::ports::mail::OutgoingMail;

/// Why a mail cannot be written. It will never go out.
#[derive(Debug, thiserror::Error)]
pub(super) enum ComposeFault {
    #[error("the address is not one")]
    Address(#[from] lettre::address::AddressError),
    #[error("{0} holds a control character")]
    ControlCharacter(&'static str),
    #[error("the Message-ID is not made of letters, digits, dots and hyphens")]
    MessageId,
    #[error("an attachment's media type is not one")]
    MediaType(#[from] lettre::message::header::ContentTypeErr),
    #[error("the message is incomplete")]
    Incomplete(#[from] lettre::error::Error),
}

/// Writes `mail` from `from`, dated `now`. The Message-ID is the caller's with the sender's domain.
pub(super) fn compose(
    mail: &OutgoingMail,
    from: &Mailbox,
    now: DateTime<Utc>,
) -> Result<Message, ComposeFault> {
    one_line("the subject", &mail.subject)?;
    if mail.message_id.is_empty() || !mail.message_id.bytes().all(is_id_byte) {
        return Err(ComposeFault::MessageId);
    }
    let message_id = format!("<{}@{}>", mail.message_id, from.email.domain());
    let builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, mail.to.parse()?))
        .subject(&mail.subject)
        .date(now.into())
        .message_id(Some(message_id));
    let text = SinglePart::plain(mail.body.clone());
    if mail.attachments.is_empty() {
        return Ok(builder.singlepart(text)?);
    }
    let mut parts = MultiPart::mixed().singlepart(text);
    for file in &mail.attachments {
        one_line("an attachment's name", &file.file_name)?;
        let media_type = ContentType::parse(&file.media_type)?;
        let attachment = Attachment::new(file.file_name.clone());
        parts = parts.singlepart(attachment.body(file.content.clone(), media_type));
    }
    Ok(builder.multipart(parts)?)
}

/// A line break in a header would begin another header.
fn one_line(what: &'static str, text: &str) -> Result<(), ComposeFault> {
    if text.chars().any(char::is_control) {
        return Err(ComposeFault::ControlCharacter(what));
    }
    Ok(())
}

const fn is_id_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}
