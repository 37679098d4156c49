//! `standin idp|stripe|mailbox`: each stand-in is a process of its own.
fn main() {}
