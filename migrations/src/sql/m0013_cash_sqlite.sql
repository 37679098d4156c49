-- The same as m0013_cash_postgres.sql, by making both tables anew.
PRAGMA defer_foreign_keys = ON;
-- For each row that goes and comes back SQLite looks for those that point at it.
CREATE INDEX ledger_by_payment_for_now ON ledger_entries (municipality_id, payment_id);
CREATE INDEX ledger_by_refund_for_now ON ledger_entries (municipality_id, refund_id);

CREATE TABLE payments_before AS SELECT * FROM payments;
DROP TABLE payments;
CREATE TABLE payments (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    reservation_id $uuid NOT NULL,
    amount_yen bigint NOT NULL CHECK (amount_yen > 0),
    means text NOT NULL DEFAULT 'service' CHECK (means IN ('service', 'cash')),
    state text NOT NULL CHECK (state IN (
        'creating', 'open', 'paid', 'failed', 'expired', 'quarantined')),
    state_facts $json NOT NULL,
    idempotency_key text,
    request $json,
    session_id text,
    method text CHECK (method IN ('card', 'paypay', 'konbini')),
    entrusted_at bigint,
    settled_at bigint,
    remitted_at bigint,
    revision integer NOT NULL CHECK (revision > 0),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, idempotency_key),
    UNIQUE (municipality_id, session_id),
    UNIQUE (municipality_id, id, means, amount_yen),
    FOREIGN KEY (municipality_id, reservation_id) REFERENCES reservations (municipality_id, id),
    CHECK ((state = 'paid') = (entrusted_at IS NOT NULL)),
    CHECK (method IS NULL OR state = 'paid'),
    CHECK (means = 'cash' OR state NOT IN ('open', 'paid', 'expired', 'quarantined')
        OR session_id IS NOT NULL),
    CHECK ((means = 'cash') = (idempotency_key IS NULL)),
    CHECK ((means = 'cash') = (request IS NULL)),
    CHECK (means = 'service' OR (state = 'paid' AND session_id IS NULL AND method IS NULL
        AND settled_at IS NOT NULL))
);
INSERT INTO payments (municipality_id, id, reservation_id, amount_yen, state, state_facts,
        idempotency_key, request, session_id, method, entrusted_at, settled_at, remitted_at,
        revision, created_at, updated_at)
    SELECT municipality_id, id, reservation_id, amount_yen, state, state_facts,
        idempotency_key, request, session_id, method, entrusted_at, settled_at, remitted_at,
        revision, created_at, updated_at
    FROM payments_before;
DROP TABLE payments_before;
CREATE UNIQUE INDEX payments_one_live ON payments (municipality_id, reservation_id)
    WHERE state IN ('creating', 'open');
CREATE INDEX payments_of_reservation ON payments (municipality_id, reservation_id);

CREATE TABLE refunds_before AS SELECT * FROM refunds;
DROP TABLE refunds;
CREATE TABLE refunds (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    payment_id $uuid NOT NULL,
    reservation_id $uuid NOT NULL,
    amount_yen bigint NOT NULL CHECK (amount_yen > 0),
    means text NOT NULL DEFAULT 'service' CHECK (means IN ('service', 'cash')),
    state text NOT NULL CHECK (state IN (
        'requested', 'due_in_cash', 'pending', 'done', 'failed', 'paid_in_cash')),
    state_facts $json NOT NULL,
    paid_in_cash boolean NOT NULL DEFAULT false CHECK (paid_in_cash = (state = 'paid_in_cash')),
    reason text NOT NULL,
    idempotency_key text,
    provider_refund_id text,
    revision integer NOT NULL CHECK (revision > 0),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, idempotency_key),
    UNIQUE (municipality_id, provider_refund_id),
    UNIQUE (municipality_id, id, paid_in_cash, amount_yen),
    FOREIGN KEY (municipality_id, payment_id) REFERENCES payments (municipality_id, id),
    FOREIGN KEY (municipality_id, reservation_id) REFERENCES reservations (municipality_id, id),
    CHECK ((means = 'cash') = (idempotency_key IS NULL)),
    CHECK (means = 'service'
        OR (provider_refund_id IS NULL AND state IN ('due_in_cash', 'paid_in_cash'))),
    CHECK (means = 'cash' OR state <> 'due_in_cash')
);
INSERT INTO refunds (municipality_id, id, payment_id, reservation_id, amount_yen, state, state_facts,
        reason, idempotency_key, provider_refund_id, revision, created_at, updated_at)
    SELECT municipality_id, id, payment_id, reservation_id, amount_yen, state, state_facts,
        reason, idempotency_key, provider_refund_id, revision, created_at, updated_at
    FROM refunds_before;
DROP TABLE refunds_before;
CREATE INDEX refunds_of_payment ON refunds (municipality_id, payment_id);
CREATE INDEX refunds_of_reservation ON refunds (municipality_id, reservation_id);
CREATE INDEX refunds_under_way ON refunds (municipality_id, created_at)
    WHERE state IN ('requested', 'pending');
CREATE INDEX refunds_failed ON refunds (municipality_id, updated_at) WHERE state = 'failed';

DROP INDEX ledger_by_payment_for_now;
DROP INDEX ledger_by_refund_for_now;
