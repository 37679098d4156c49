//! The pretend Stripe (決済の代役).
