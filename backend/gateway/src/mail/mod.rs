//! Sending mail over SMTP (メール送信) behind [`usecases::ports::mail`].

mod compose;
mod smtp;

pub use smtp::{MailConfig, MailConfigFault, SmtpMailer};
