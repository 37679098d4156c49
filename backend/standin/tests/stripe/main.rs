//! One test for each documented rule of Stripe that the stand-in keeps, with its source.

#[cfg(test)]
mod checkout;
#[cfg(test)]
mod decoder;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod page;
#[cfg(test)]
mod payment;
#[cfg(test)]
mod refunds;
#[cfg(test)]
mod restart;
#[cfg(test)]
mod shop;
#[cfg(test)]
mod webhooks;
