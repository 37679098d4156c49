-- What waits for a transfer.
CREATE INDEX refunds_by_transfer ON refunds (municipality_id, created_at)
    WHERE state = 'due_by_transfer';

-- Where a refund is to go (還付口座), sealed; thrown away a while after the transfer.
CREATE TABLE refund_accounts (
    municipality_id $uuid NOT NULL,
    refund_id $uuid NOT NULL,
    account_sealed $bytes NOT NULL,
    -- The clerk who typed it for somebody; NULL when they did themselves.
    told_to $uuid,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, refund_id),
    FOREIGN KEY (municipality_id, refund_id) REFERENCES refunds (municipality_id, id),
    FOREIGN KEY (municipality_id, told_to) REFERENCES staff (municipality_id, id)
);

-- Orders to the bank (振込依頼): prepared by one person, signed by another.
CREATE TABLE transfer_orders (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    id $uuid NOT NULL,
    -- In order within a town, from 1.
    number integer NOT NULL CHECK (number > 0),
    -- The day the bank is to send it, in Japan (振込指定日).
    pay_on text NOT NULL CHECK (pay_on LIKE '____-__-__'),
    state text NOT NULL CHECK (state IN ('prepared', 'approved', 'carried_out', 'withdrawn')),
    state_facts $json NOT NULL,
    prepared_by $uuid NOT NULL,
    approved_by $uuid,
    -- A repeated submit is the same order.
    submission $uuid NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, number),
    UNIQUE (municipality_id, submission),
    FOREIGN KEY (municipality_id, prepared_by) REFERENCES staff (municipality_id, id),
    FOREIGN KEY (municipality_id, approved_by) REFERENCES staff (municipality_id, id),
    -- Four eyes: nobody signs their own.
    CHECK (approved_by <> prepared_by),
    CHECK (state NOT IN ('approved', 'carried_out') OR approved_by IS NOT NULL)
);

-- What is in an order. `live` is false once the order was taken back or the bank sent this one back.
CREATE TABLE transfers (
    municipality_id $uuid NOT NULL,
    order_id $uuid NOT NULL,
    refund_id $uuid NOT NULL,
    amount_yen bigint NOT NULL CHECK (amount_yen > 0),
    -- The place in the file, from 1.
    place integer NOT NULL CHECK (place > 0),
    live boolean NOT NULL,
    PRIMARY KEY (municipality_id, order_id, refund_id),
    UNIQUE (municipality_id, order_id, place),
    FOREIGN KEY (municipality_id, order_id) REFERENCES transfer_orders (municipality_id, id),
    FOREIGN KEY (municipality_id, refund_id, amount_yen)
        REFERENCES refunds (municipality_id, id, amount_yen)
);
-- One refund is sent once, however many orders are written.
CREATE UNIQUE INDEX transfers_once ON transfers (municipality_id, refund_id) WHERE live;
