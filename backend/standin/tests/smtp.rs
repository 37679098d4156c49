//! The pretend mail server keeps the order that RFC 5321 asks for.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

use standin::mailbox::{self, RunningMailbox};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

struct Talk {
    stream: BufReader<TcpStream>,
}

impl Talk {
    async fn begin(mailbox: &RunningMailbox) -> Self {
        let address = mailbox.smtp_url();
        let address = address.strip_prefix("smtp://").unwrap();
        let mut talk = Self {
            stream: BufReader::new(TcpStream::connect(address).await.unwrap()),
        };
        assert_eq!(talk.hear().await, 220);
        talk
    }

    /// The code of the next answer, however many lines it has.
    async fn hear(&mut self) -> u16 {
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).await.unwrap();
            if line.as_bytes()[3] == b' ' {
                return line[..3].parse().unwrap();
            }
        }
    }

    async fn say(&mut self, text: &str) -> u16 {
        self.stream.write_all(text.as_bytes()).await.unwrap();
        self.hear().await
    }
}

#[tokio::test]
async fn commands_out_of_order_are_refused_and_in_order_the_mail_is_kept() {
    let mailbox = mailbox::start().await.unwrap();
    let mut talk = Talk::begin(&mailbox).await;
    assert_eq!(talk.say("MAIL FROM:<a@example.jp>\r\n").await, 503);
    assert_eq!(talk.say("EHLO town\r\n").await, 250);
    assert_eq!(talk.say("RCPT TO:<b@example.jp>\r\n").await, 503);
    assert_eq!(talk.say("MAIL FROM:<a@example.jp>\r\n").await, 250);
    assert_eq!(talk.say("DATA\r\n").await, 503);
    assert_eq!(talk.say("RCPT TO:<b@example.jp>\r\n").await, 250);
    assert_eq!(talk.say("BOGUS\r\n").await, 500);
    assert_eq!(talk.say("STARTTLS\r\n").await, 502);
    assert_eq!(talk.say("DATA\r\n").await, 354);
    assert_eq!(talk.say("Subject: x\r\n\r\n..dot\r\n.\r\n").await, 250);
    assert_eq!(talk.say("QUIT\r\n").await, 221);
    let mail = mailbox.at_least(1).await.pop().unwrap();
    assert_eq!(
        (mail.subject.as_str(), mail.text.as_str()),
        ("x", ".dot\r\n")
    );
}

#[tokio::test]
async fn a_mail_beyond_the_announced_size_is_refused_and_not_kept() {
    let mailbox = mailbox::start().await.unwrap();
    let mut talk = Talk::begin(&mailbox).await;
    talk.say("EHLO town\r\n").await;
    assert_eq!(
        talk.say("MAIL FROM:<a@example.jp> SIZE=99999999\r\n").await,
        552
    );
    assert_eq!(talk.say("MAIL FROM:<a@example.jp>\r\n").await, 250);
    assert_eq!(talk.say("RCPT TO:<b@example.jp>\r\n").await, 250);
    assert_eq!(talk.say("DATA\r\n").await, 354);
    let line = "x".repeat(998) + "\r\n";
    assert_eq!(talk.say(&(line.repeat(27_000) + ".\r\n")).await, 552);
    assert!(mailbox.mails().is_empty());
}
