//! The outside behind the ports: identity (OIDC), Stripe, mail.
