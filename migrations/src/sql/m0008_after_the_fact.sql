-- Sessions that are over are purged by the worker; so are sign-in attempts (sign_in_attempts_lapsed).
CREATE INDEX sessions_over ON sessions (municipality_id, expires_at);

-- Refunds that did not reach the payer: staff pay them back by hand.
CREATE INDEX refunds_failed ON refunds (municipality_id, updated_at) WHERE state = 'failed';
