//! Groups (団体登録): applied for online or at the counter, looked at, decided, renewed, acted for.

mod acting;
mod agents;
mod apply;
mod contract;
mod decide;
mod evidence;
mod facts;
mod lists;
mod look;
mod note;
mod renew;

pub(crate) use acting::acting_for;
pub(crate) use facts::line;
