//! Mail through a real SMTP conversation with the stand-in mailbox.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::time::Duration;

use chrono::{DateTime, Utc};
use gateway::mail::{MailConfig, MailConfigFault, SmtpMailer};
use standin::mailbox::{self, Fault, RunningMailbox};
use usecases::ports::mail::{Attachment, MailFailure, Mailer as _, OutgoingMail};

fn now() -> DateTime<Utc> {
    "2026-11-21T03:00:00Z".parse().unwrap()
}

fn mailer(mailbox: &RunningMailbox) -> SmtpMailer {
    SmtpMailer::new(&MailConfig {
        smtp_url: mailbox.smtp_url(),
        from: "精華町 施設予約 <yoyaku@seika.example.jp>".to_owned(),
        timeout: Duration::from_millis(500),
    })
    .unwrap()
}

fn receipt() -> OutgoingMail {
    OutgoingMail {
        message_id: "0190b3f2-receipt".to_owned(),
        to: "hanako@example.jp".to_owned(),
        subject: "【精華町】領収書のお知らせ　体育館（北半面）11月28日（土）18:00–20:00".to_owned(),
        body: "山田　花子 様\n\n葛󠄀・𠮷・髙\n.点で始まる行\n合計 1,200円\n".to_owned(),
        attachments: vec![Attachment {
            file_name: "領収書 2026-11-28.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            content: (0..=255).cycle().take(100_000).collect(),
        }],
    }
}

#[tokio::test]
async fn japanese_subject_body_and_attachment_arrive_as_they_were_written() {
    let mailbox = mailbox::start().await.unwrap();
    let mail = receipt();
    mailer(&mailbox).send(now(), &mail).await.unwrap();
    let arrived = mailbox.at_least(1).await.pop().unwrap();
    assert_eq!(arrived.from, "精華町 施設予約 <yoyaku@seika.example.jp>");
    assert_eq!(arrived.sender, "yoyaku@seika.example.jp");
    assert_eq!(arrived.recipients, ["hanako@example.jp"]);
    assert_eq!(arrived.subject, mail.subject);
    assert_eq!(arrived.text.replace("\r\n", "\n"), mail.body);
    assert_eq!(
        arrived.message_id.unwrap(),
        "0190b3f2-receipt@seika.example.jp"
    );
    assert_eq!(arrived.date.unwrap(), "2026-11-21T03:00:00Z");
    let file = &arrived.attachments[0];
    assert_eq!(file.file_name, "領収書 2026-11-28.pdf");
    assert_eq!(file.media_type, "application/pdf");
    assert!(file.content == mail.attachments[0].content);
    assert!(
        arrived.raw.is_ascii(),
        "old servers on the way garble anything else"
    );
}

#[tokio::test]
async fn a_mail_that_can_never_go_out_is_told_apart_from_one_to_try_again() {
    let mailbox = mailbox::start().await.unwrap();
    let mailer = mailer(&mailbox);
    for (fault, for_good) in [
        (Fault::NoSuchUser, true),
        (Fault::Spam, true),
        (Fault::Greylist, false),
        (Fault::Full, false),
        (Fault::Unavailable, false),
        (Fault::Hang, false),
    ] {
        mailbox.once(fault);
        match mailer.send(now(), &receipt()).await {
            Err(MailFailure::Refused(_)) => assert!(for_good, "{fault:?}"),
            Err(MailFailure::Unavailable(_)) => assert!(!for_good, "{fault:?}"),
            Ok(()) => panic!("{fault:?} went through"),
        }
    }
    assert!(mailbox.mails().is_empty());
    mailer.send(now(), &receipt()).await.unwrap();
}

#[tokio::test]
async fn after_a_lost_answer_the_second_try_carries_the_same_message_id() {
    let mailbox = mailbox::start().await.unwrap();
    let mailer = mailer(&mailbox);
    mailbox.once(Fault::LoseAnswer);
    let first = mailer.send(now(), &receipt()).await;
    assert!(
        matches!(first, Err(MailFailure::Unavailable(_))),
        "{first:?}"
    );
    mailer.send(now(), &receipt()).await.unwrap();
    let ids: Vec<_> = mailbox
        .mails()
        .into_iter()
        .map(|mail| mail.message_id)
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids.first(), ids.last());
}

#[tokio::test]
async fn nothing_can_be_smuggled_into_a_header() {
    let mailbox = mailbox::start().await.unwrap();
    let mailer = mailer(&mailbox);
    let smuggled = "x\r\nBcc: everybody@example.jp";
    let mut renamed = receipt();
    renamed.attachments[0].file_name = smuggled.to_owned();
    for mail in [
        OutgoingMail {
            subject: smuggled.to_owned(),
            ..receipt()
        },
        OutgoingMail {
            to: "a@example.jp\r\nBcc: b@example.jp".to_owned(),
            ..receipt()
        },
        OutgoingMail {
            to: "a@example.jp, b@example.jp".to_owned(),
            ..receipt()
        },
        OutgoingMail {
            to: String::new(),
            ..receipt()
        },
        OutgoingMail {
            message_id: "a>\r\nBcc: b".to_owned(),
            ..receipt()
        },
        renamed,
    ] {
        let outcome = mailer.send(now(), &mail).await;
        assert!(
            matches!(outcome, Err(MailFailure::Refused(_))),
            "{outcome:?}"
        );
    }
    assert!(mailbox.mails().is_empty());
}

#[tokio::test]
async fn a_server_that_is_not_there_means_try_later_and_a_bad_configuration_is_refused() {
    let mailbox = mailbox::start().await.unwrap();
    let mailer = mailer(&mailbox);
    mailer.check().await.unwrap();
    drop(mailbox);
    assert!(matches!(
        mailer.check().await,
        Err(MailFailure::Unavailable(_))
    ));

    let config = |smtp_url: &str, from: &str| MailConfig {
        smtp_url: smtp_url.to_owned(),
        from: from.to_owned(),
        timeout: Duration::from_millis(500),
    };
    let bad_url = SmtpMailer::new(&config("http://mail.example", "a@example.jp")).err();
    assert!(matches!(bad_url, Some(MailConfigFault::Url(_))));
    let bad_sender = SmtpMailer::new(&config("smtp://mail.example", "精華町")).err();
    assert!(matches!(bad_sender, Some(MailConfigFault::From(_))));
    assert!(SmtpMailer::new(&config("smtps://u:p@mail.example", "a@example.jp")).is_ok());
}
