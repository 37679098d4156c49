//! The SMTP side (RFC 5321). `smtp-proto` reads the commands and undoes the dot-stuffing; the order
//! in which commands may come is here.

use std::sync::Arc;

use smtp_proto::Request;
use smtp_proto::request::receiver::{DataReceiver, RequestReceiver};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::mail::Mail;
use super::shelf::{Fault, Shelf};

/// The longest mail that is taken: 25 MiB, like many town offices' servers.
const MAX_MAIL: usize = 25 * 1024 * 1024;

/// RFC 5321 §4.5.3.1.8: at least 100 recipients.
const MAX_RECIPIENTS: usize = 100;

/// Takes connections until the process ends.
pub(super) async fn serve(listener: TcpListener, shelf: Arc<Shelf>) -> std::io::Result<()> {
    loop {
        let (stream, _from) = listener.accept().await?;
        let shelf = Arc::clone(&shelf);
        tokio::spawn(async move {
            // A connection that breaks is the sender's business.
            let _ended = Session::new(stream, shelf).run().await;
        });
    }
}

/// What the session does after an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Commands,
    Data,
    Close,
}

struct Session {
    stream: TcpStream,
    shelf: Arc<Shelf>,
    greeted: bool,
    sender: Option<String>,
    recipients: Vec<String>,
}

impl Session {
    const fn new(stream: TcpStream, shelf: Arc<Shelf>) -> Self {
        Self {
            stream,
            shelf,
            greeted: false,
            sender: None,
            recipients: Vec::new(),
        }
    }

    async fn run(mut self) -> std::io::Result<()> {
        if self.shelf.happens(Fault::Hang) {
            std::future::pending::<()>().await;
        }
        if self.shelf.happens(Fault::Unavailable) {
            return self.say("421 4.3.2 closing for maintenance").await;
        }
        self.say("220 standin.localhost ESMTP").await?;
        let mut receiver = RequestReceiver::default();
        let mut data: Option<(DataReceiver, Vec<u8>, bool)> = None;
        let mut chunk = vec![0; 16 * 1024];
        loop {
            let read = self.stream.read(&mut chunk).await?;
            if read == 0 {
                return Ok(());
            }
            let mut bytes = chunk.get(..read).unwrap_or_default().iter();
            while !bytes.as_slice().is_empty() {
                if let Some((mut reader, mut mail, mut too_large)) = data.take() {
                    let ended = reader.ingest(&mut bytes, &mut mail);
                    if mail.len() > MAX_MAIL {
                        too_large = true;
                        mail.clear();
                    }
                    if !ended {
                        data = Some((reader, mail, too_large));
                    } else if self.take_mail(&mail, too_large).await? == Next::Close {
                        return Ok(());
                    }
                    continue;
                }
                let next = match receiver.ingest(&mut bytes) {
                    Ok(request) => self.obey(request.into_owned()).await?,
                    Err(smtp_proto::Error::NeedsMoreData { .. }) => break,
                    Err(error) => self.refuse(&error).await?,
                };
                match next {
                    Next::Commands => {}
                    Next::Data => data = Some((DataReceiver::new(), Vec::new(), false)),
                    Next::Close => return Ok(()),
                }
            }
        }
    }

    async fn obey(&mut self, request: Request<String>) -> std::io::Result<Next> {
        let answer = match request {
            Request::Ehlo { .. } => {
                self.begin();
                let lines = [
                    "250-standin.localhost",
                    "250-PIPELINING",
                    "250-8BITMIME",
                    "250-SMTPUTF8",
                    &format!("250 SIZE {MAX_MAIL}"),
                ];
                return self.say(&lines.join("\r\n")).await.map(|()| Next::Commands);
            }
            Request::Helo { .. } => {
                self.begin();
                "250 standin.localhost"
            }
            Request::Mail { .. } if !self.greeted => "503 5.5.1 say EHLO first",
            Request::Mail { .. } if self.sender.is_some() => "503 5.5.1 one sender at a time",
            Request::Mail { from } if from.size > MAX_MAIL => "552 5.3.4 too large",
            Request::Mail { from } => {
                self.sender = Some(from.address);
                "250 2.1.0 ok"
            }
            Request::Rcpt { .. } if self.sender.is_none() => "503 5.5.1 say MAIL first",
            Request::Rcpt { .. } if self.shelf.happens(Fault::Greylist) => "450 4.2.1 try later",
            Request::Rcpt { .. } if self.shelf.happens(Fault::NoSuchUser) => {
                "550 5.1.1 no such user"
            }
            Request::Rcpt { .. } if self.recipients.len() >= MAX_RECIPIENTS => "452 4.5.3 too many",
            Request::Rcpt { to } => {
                self.recipients.push(to.address);
                "250 2.1.5 ok"
            }
            Request::Data if self.recipients.is_empty() => "503 5.5.1 say RCPT first",
            Request::Data => {
                self.say("354 end with <CRLF>.<CRLF>").await?;
                return Ok(Next::Data);
            }
            Request::Rset => {
                self.begin_mail();
                "250 2.0.0 ok"
            }
            Request::Noop { .. } => "250 2.0.0 ok",
            Request::Vrfy { .. } => "252 2.1.5 send it and see",
            Request::Quit => {
                self.say("221 2.0.0 bye").await?;
                return Ok(Next::Close);
            }
            Request::Lhlo { .. }
            | Request::Bdat { .. }
            | Request::Auth { .. }
            | Request::Expn { .. }
            | Request::Help { .. }
            | Request::Etrn { .. }
            | Request::Atrn { .. }
            | Request::Burl { .. }
            | Request::StartTls => "502 5.5.1 not offered",
        };
        self.say(answer).await.map(|()| Next::Commands)
    }

    async fn refuse(&mut self, error: &smtp_proto::Error) -> std::io::Result<Next> {
        let answer = match error {
            smtp_proto::Error::UnknownCommand => "500 5.5.1 unknown command",
            smtp_proto::Error::ResponseTooLong => "500 5.5.6 line too long",
            smtp_proto::Error::InvalidSenderAddress
            | smtp_proto::Error::InvalidRecipientAddress => "501 5.1.3 bad address",
            _ => "501 5.5.4 syntax",
        };
        self.say(answer).await.map(|()| Next::Commands)
    }

    async fn take_mail(&mut self, mail: &[u8], too_large: bool) -> std::io::Result<Next> {
        let sender = self.sender.take().unwrap_or_default();
        let recipients = std::mem::take(&mut self.recipients);
        let answer = if too_large {
            "552 5.3.4 too large"
        } else if self.shelf.happens(Fault::Full) {
            "452 4.2.2 mailbox full"
        } else if self.shelf.happens(Fault::Spam) {
            "554 5.7.1 looks like spam"
        } else {
            self.shelf
                .put(|id| Mail::decode(id, sender, recipients, mail));
            if self.shelf.happens(Fault::LoseAnswer) {
                return Ok(Next::Close);
            }
            "250 2.0.0 taken"
        };
        self.say(answer).await.map(|()| Next::Commands)
    }

    fn begin(&mut self) {
        self.greeted = true;
        self.begin_mail();
    }

    fn begin_mail(&mut self) {
        self.sender = None;
        self.recipients.clear();
    }

    async fn say(&mut self, line: &str) -> std::io::Result<()> {
        self.stream
            .write_all(format!("{line}\r\n").as_bytes())
            .await
    }
}
