//! The pretend mailbox: an SMTP server and a page that shows what arrived (メール受信箱の代役).
