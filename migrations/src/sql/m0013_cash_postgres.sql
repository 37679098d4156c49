-- Cash (現金): a payment or refund that no checkout is behind. The rules of both tables are written
-- anew as a whole; the others of a column's own, like `amount_yen > 0`, among them.
DO $$ DECLARE rule record; BEGIN
    FOR rule IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint
        WHERE contype = 'c' AND conrelid IN ('payments'::regclass, 'refunds'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rule.owner, rule.conname);
    END LOOP;
END $$;

ALTER TABLE payments
    ALTER COLUMN idempotency_key DROP NOT NULL,
    ALTER COLUMN request DROP NOT NULL,
    ADD COLUMN means text NOT NULL DEFAULT 'service' CHECK (means IN ('service', 'cash')),
    ADD CHECK (amount_yen > 0),
    ADD CHECK (revision > 0),
    ADD CHECK (state IN ('creating', 'open', 'paid', 'failed', 'expired', 'quarantined')),
    ADD CHECK (method IN ('card', 'paypay', 'konbini')),
    ADD CHECK ((state = 'paid') = (entrusted_at IS NOT NULL)),
    ADD CHECK (method IS NULL OR state = 'paid'),
    ADD CHECK (means = 'cash' OR state NOT IN ('open', 'paid', 'expired', 'quarantined')
        OR session_id IS NOT NULL),
    -- Checkout columns are NULL exactly for cash.
    ADD CHECK ((means = 'cash') = (idempotency_key IS NULL)),
    ADD CHECK ((means = 'cash') = (request IS NULL)),
    -- Cash is the town's at once, and by nothing but cash.
    ADD CHECK (means = 'service' OR (state = 'paid' AND session_id IS NULL AND method IS NULL
        AND settled_at IS NOT NULL)),
    -- What a drawer's movement points at.
    ADD UNIQUE (municipality_id, id, means, amount_yen);

ALTER TABLE refunds
    ALTER COLUMN idempotency_key DROP NOT NULL,
    ADD COLUMN means text NOT NULL DEFAULT 'service' CHECK (means IN ('service', 'cash')),
    ADD COLUMN paid_in_cash boolean NOT NULL DEFAULT false,
    ADD CHECK (amount_yen > 0),
    ADD CHECK (revision > 0),
    ADD CHECK (state IN (
        'requested', 'due_in_cash', 'pending', 'done', 'failed', 'paid_in_cash')),
    ADD CHECK (paid_in_cash = (state = 'paid_in_cash')),
    ADD CHECK ((means = 'cash') = (idempotency_key IS NULL)),
    -- Of what came in cash the payment service never hears; what it could not bring to the payer may
    -- be paid out in cash all the same.
    ADD CHECK (means = 'service'
        OR (provider_refund_id IS NULL AND state IN ('due_in_cash', 'paid_in_cash'))),
    ADD CHECK (means = 'cash' OR state <> 'due_in_cash'),
    ADD UNIQUE (municipality_id, id, paid_in_cash, amount_yen);
