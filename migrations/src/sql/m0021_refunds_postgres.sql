-- Refunds that go to a bank account (口座振込): three states more. The rules of the table are written
-- anew as a whole, as in m0013.
DO $$ DECLARE rule record; BEGIN
    FOR rule IN SELECT conname FROM pg_constraint
        WHERE contype = 'c' AND conrelid = 'refunds'::regclass
    LOOP
        EXECUTE format('ALTER TABLE refunds DROP CONSTRAINT %I', rule.conname);
    END LOOP;
END $$;
ALTER TABLE refunds
    ADD CHECK (amount_yen > 0),
    ADD CHECK (revision > 0),
    ADD CHECK (means IN ('service', 'cash')),
    ADD CHECK (state IN (
        'requested', 'due_in_cash', 'pending', 'done', 'failed', 'paid_in_cash',
        'due_by_transfer', 'in_order', 'transferred')),
    ADD CHECK (paid_in_cash = (state = 'paid_in_cash')),
    ADD CHECK ((means = 'cash') = (idempotency_key IS NULL)),
    -- Of what came in cash the payment service never hears.
    ADD CHECK (means = 'service' OR (provider_refund_id IS NULL AND state IN (
        'due_in_cash', 'paid_in_cash', 'due_by_transfer', 'in_order', 'transferred'))),
    ADD CHECK (means = 'cash' OR state <> 'due_in_cash'),
    -- What an order to the bank points at.
    ADD UNIQUE (municipality_id, id, amount_yen);
DROP INDEX refunds_to_pay_out;
CREATE INDEX refunds_to_pay_out ON refunds (municipality_id, created_at)
    WHERE state IN ('due_in_cash', 'failed', 'due_by_transfer');
