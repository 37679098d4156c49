-- The same as m0021_refunds_postgres.sql, by making the table anew.
PRAGMA defer_foreign_keys = ON;
-- For each row that goes and comes back SQLite looks for those that point at it.
CREATE INDEX ledger_by_refund_for_now ON ledger_entries (municipality_id, refund_id);
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
        'requested', 'due_in_cash', 'pending', 'done', 'failed', 'paid_in_cash',
        'due_by_transfer', 'in_order', 'transferred')),
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
    UNIQUE (municipality_id, id, amount_yen),
    FOREIGN KEY (municipality_id, payment_id) REFERENCES payments (municipality_id, id),
    FOREIGN KEY (municipality_id, reservation_id) REFERENCES reservations (municipality_id, id),
    CHECK ((means = 'cash') = (idempotency_key IS NULL)),
    CHECK (means = 'service' OR (provider_refund_id IS NULL AND state IN (
        'due_in_cash', 'paid_in_cash', 'due_by_transfer', 'in_order', 'transferred'))),
    CHECK (means = 'cash' OR state <> 'due_in_cash')
);
INSERT INTO refunds (municipality_id, id, payment_id, reservation_id, amount_yen, means, state,
        state_facts, paid_in_cash, reason, idempotency_key, provider_refund_id, revision, created_at,
        updated_at)
    SELECT municipality_id, id, payment_id, reservation_id, amount_yen, means, state,
        state_facts, paid_in_cash, reason, idempotency_key, provider_refund_id, revision, created_at,
        updated_at
    FROM refunds_before;
DROP TABLE refunds_before;
DROP INDEX ledger_by_refund_for_now;
CREATE INDEX refunds_of_payment ON refunds (municipality_id, payment_id);
CREATE INDEX refunds_of_reservation ON refunds (municipality_id, reservation_id);
CREATE INDEX refunds_under_way ON refunds (municipality_id, created_at)
    WHERE state IN ('requested', 'pending');
CREATE INDEX refunds_failed ON refunds (municipality_id, updated_at) WHERE state = 'failed';
CREATE INDEX refunds_to_pay_out ON refunds (municipality_id, created_at)
    WHERE state IN ('due_in_cash', 'failed', 'due_by_transfer');
CREATE TRIGGER refunds_of_their_payment BEFORE INSERT ON refunds
WHEN NOT EXISTS (SELECT 1 FROM payments
    WHERE municipality_id = NEW.municipality_id AND id = NEW.payment_id
        AND reservation_id = NEW.reservation_id AND means = NEW.means)
BEGIN SELECT RAISE(ABORT, 'key constraint failed: a refund is of its reservation''s payment, by its means'); END;
CREATE TRIGGER refunds_stay_of_their_payment BEFORE UPDATE OF payment_id, reservation_id, means
ON refunds
WHEN NEW.payment_id <> OLD.payment_id OR NEW.reservation_id <> OLD.reservation_id
    OR NEW.means <> OLD.means
BEGIN SELECT RAISE(ABORT, 'key constraint failed: a refund stays of its payment'); END;
