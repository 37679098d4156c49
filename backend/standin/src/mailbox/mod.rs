//! The pretend mail server and its mailbox (メールの代役).
//!
//! Takes any mail over SMTP (RFC 5321 with SIZE, PIPELINING, 8BITMIME and SMTPUTF8; no TLS, no
//! login), keeps it in memory, sends nothing on, and shows it: as pages for people, as JSON for
//! tests.
//!
//! | address | what |
//! |---|---|
//! | `GET /` | all mails, newest first |
//! | `GET /mails/{id}`, `…/attachments/{n}` | one mail decoded; one attachment |
//! | `GET /api/mails?to=ADDRESS&at_least=N` | JSON, oldest first; waits up to 10 s until there are N |
//! | `DELETE /api/mails` | forgets everything |
//! | `GET`, `POST`, `DELETE /_control/faults` | what to do wrong: `{"fault": NAME, "times": N}` |
//!
//! | fault | what happens | what a sender should make of it |
//! |---|---|---|
//! | `unavailable` | greets with 421 and hangs up | try later |
//! | `hang` | never greets | time out, try later |
//! | `greylist` | 450 to RCPT | try later |
//! | `no_such_user` | 550 to RCPT | give up |
//! | `full` | 452 after the mail was sent | try later |
//! | `spam` | 554 after the mail was sent | give up |
//! | `lose_answer` | keeps the mail and hangs up without saying so | try again: the same Message-ID twice |

mod mail;
mod shelf;
mod smtp;
mod web;

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use mail::{Attachment, Mail};
pub use shelf::{Fault, Switch};

use shelf::Shelf;

/// `standin mailbox …`: how the pretend mail server is started from the command line.
#[derive(Debug, Clone, clap::Args)]
pub struct MailboxArgs {
    /// Where to take mail by SMTP. Loopback only unless you mean otherwise.
    #[arg(long, default_value = "127.0.0.1:8497")]
    pub smtp: SocketAddr,
    /// Where to show it by HTTP.
    #[arg(long, default_value = "127.0.0.1:8496")]
    pub listen: SocketAddr,
}

/// Runs the pretend mail server until the process ends.
///
/// # Errors
/// When an address cannot be bound.
pub async fn run(args: MailboxArgs) -> anyhow::Result<()> {
    let smtp = bind(args.smtp).await?;
    let http = bind(args.listen).await?;
    let shelf = Arc::new(Shelf::default());
    tokio::select! {
        ended = smtp::serve(smtp, Arc::clone(&shelf)) => ended?,
        ended = axum::serve(http, web::router(shelf)) => ended?,
    }
    Ok(())
}

async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("listening on {address}"))
}

/// Starts a pretend mail server on two free ports of the loopback.
///
/// # Errors
/// When no port can be had.
pub async fn start() -> anyhow::Result<RunningMailbox> {
    let smtp = TcpListener::bind("127.0.0.1:0").await?;
    let http = TcpListener::bind("127.0.0.1:0").await?;
    let (smtp_address, http_address) = (smtp.local_addr()?, http.local_addr()?);
    let shelf = Arc::new(Shelf::default());
    let app = web::router(Arc::clone(&shelf));
    let serving = Arc::clone(&shelf);
    let task = tokio::spawn(async move {
        // Both end with the task; there is nobody left to tell.
        let _ended = tokio::join!(smtp::serve(smtp, serving), async {
            axum::serve(http, app).await
        });
    });
    Ok(RunningMailbox {
        shelf,
        smtp_address,
        http_address,
        task,
    })
}

/// A pretend mail server of this process. It stops when dropped.
pub struct RunningMailbox {
    shelf: Arc<Shelf>,
    smtp_address: SocketAddr,
    http_address: SocketAddr,
    task: JoinHandle<()>,
}

impl RunningMailbox {
    /// What goes into `SMTP_URL`.
    pub fn smtp_url(&self) -> String {
        format!("smtp://{}", self.smtp_address)
    }

    /// Where the pages and the JSON are.
    pub fn http_url(&self) -> String {
        format!("http://{}", self.http_address)
    }

    /// Every mail so far, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.shelf.mails()
    }

    /// Waits until there are at least `count` mails. Without a time limit of its own.
    pub async fn at_least(&self, count: usize) -> Vec<Mail> {
        self.shelf.at_least(None, count).await
    }

    /// Does this wrong once.
    pub fn once(&self, fault: Fault) {
        self.shelf.add(Switch {
            fault,
            times: Some(1),
        });
    }

    /// Does this wrong until [`RunningMailbox::behave`].
    pub fn always(&self, fault: Fault) {
        self.shelf.add(Switch { fault, times: None });
    }

    /// Does nothing wrong any more.
    pub fn behave(&self) {
        self.shelf.behave();
    }
}

impl Drop for RunningMailbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}
