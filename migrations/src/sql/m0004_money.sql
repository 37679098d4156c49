-- Payments (収納): each row one attempt to pay one reservation through a checkout.
CREATE TABLE payments (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    reservation_id $uuid NOT NULL,
    amount_yen bigint NOT NULL CHECK (amount_yen > 0),
    state text NOT NULL CHECK (state IN (
        'creating', 'open', 'paid', 'failed', 'expired', 'quarantined')),
    state_facts $json NOT NULL,
    -- The key and the frozen parameters of the call, written before the call is made.
    idempotency_key text NOT NULL,
    request $json NOT NULL,
    session_id text,
    -- Payment days as the law asks (DESIGN.md §6).
    entrusted_at bigint,
    settled_at bigint,
    remitted_at bigint,
    revision integer NOT NULL CHECK (revision > 0),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, idempotency_key),
    UNIQUE (municipality_id, session_id),
    FOREIGN KEY (municipality_id, reservation_id) REFERENCES reservations (municipality_id, id),
    CHECK ((state = 'paid') = (entrusted_at IS NOT NULL)),
    CHECK (state NOT IN ('open', 'paid', 'expired', 'quarantined') OR session_id IS NOT NULL)
);
-- Never two live attempts for one reservation (payments.md §3, row 1).
CREATE UNIQUE INDEX payments_one_live ON payments (municipality_id, reservation_id)
    WHERE state IN ('creating', 'open');
CREATE INDEX payments_of_reservation ON payments (municipality_id, reservation_id);

-- Refunds (還付).
CREATE TABLE refunds (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    payment_id $uuid NOT NULL,
    reservation_id $uuid NOT NULL,
    amount_yen bigint NOT NULL CHECK (amount_yen > 0),
    state text NOT NULL CHECK (state IN ('requested', 'pending', 'done', 'failed')),
    state_facts $json NOT NULL,
    reason text NOT NULL,
    idempotency_key text NOT NULL,
    provider_refund_id text,
    revision integer NOT NULL CHECK (revision > 0),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, idempotency_key),
    UNIQUE (municipality_id, provider_refund_id),
    FOREIGN KEY (municipality_id, payment_id) REFERENCES payments (municipality_id, id),
    FOREIGN KEY (municipality_id, reservation_id) REFERENCES reservations (municipality_id, id)
);
CREATE INDEX refunds_of_payment ON refunds (municipality_id, payment_id);
CREATE INDEX refunds_of_reservation ON refunds (municipality_id, reservation_id);
-- What the poller asks about.
CREATE INDEX refunds_under_way ON refunds (municipality_id, created_at)
    WHERE state IN ('requested', 'pending');

-- The ledger (台帳): double entry, append-only. `cause` says which fact booked it, once.
CREATE TABLE ledger_entries (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    cause text NOT NULL,
    debit text NOT NULL,
    credit text NOT NULL,
    amount_yen bigint NOT NULL CHECK (amount_yen > 0),
    fiscal_year integer NOT NULL,
    reservation_id $uuid NOT NULL,
    payment_id $uuid,
    refund_id $uuid,
    booked_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, cause),
    FOREIGN KEY (municipality_id, reservation_id) REFERENCES reservations (municipality_id, id),
    FOREIGN KEY (municipality_id, payment_id) REFERENCES payments (municipality_id, id),
    FOREIGN KEY (municipality_id, refund_id) REFERENCES refunds (municipality_id, id),
    CHECK (debit <> credit)
);
CREATE INDEX ledger_of_reservation ON ledger_entries (municipality_id, reservation_id);

-- Receipts (領収書): numbered in order within a town.
CREATE TABLE receipts (
    municipality_id $uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    payment_id $uuid NOT NULL,
    issued_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, number),
    UNIQUE (municipality_id, payment_id),
    FOREIGN KEY (municipality_id, payment_id) REFERENCES payments (municipality_id, id)
);
