-- One reservation is paid in cash once, however many clerks take money for it.
CREATE UNIQUE INDEX payments_one_cash ON payments (municipality_id, reservation_id)
    WHERE means = 'cash';

-- What somebody comes to the counter for (窓口還付待ち).
CREATE INDEX refunds_to_pay_out ON refunds (municipality_id, created_at)
    WHERE state IN ('due_in_cash', 'failed');

-- Tills (引出し・日計): one drawer of one counter for one day; once closed, for good
-- (`tills_stay_closed`). The amounts are derived from the state and written beside it, so that the
-- rules can see them; `state_facts` is what is read back.
CREATE TABLE tills (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    facility_id $uuid NOT NULL,
    drawer integer NOT NULL CHECK (drawer > 0),
    -- The day it is for, in Japan (収入日), `2026-11-28`.
    day text NOT NULL CHECK (day LIKE '____-__-__'),
    state text NOT NULL CHECK (state IN ('open', 'closed')),
    state_facts $json NOT NULL,
    float_yen bigint NOT NULL CHECK (float_yen >= 0),
    received_yen bigint NOT NULL CHECK (received_yen >= 0),
    paid_out_yen bigint NOT NULL CHECK (paid_out_yen >= 0),
    opened_by $uuid NOT NULL,
    opened_at bigint NOT NULL,
    closed_by $uuid,
    closed_at bigint,
    counted_yen bigint CHECK (counted_yen >= 0),
    -- Over or, below 0, short (過不足), with the reason that it then needs.
    difference_yen bigint,
    reason text CHECK (reason <> ''),
    revision integer NOT NULL CHECK (revision > 0),
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, facility_id) REFERENCES facilities (municipality_id, id),
    FOREIGN KEY (municipality_id, opened_by) REFERENCES staff (municipality_id, id),
    FOREIGN KEY (municipality_id, closed_by) REFERENCES staff (municipality_id, id),
    CHECK (float_yen + received_yen >= paid_out_yen),
    CHECK ((state = 'closed') = (closed_by IS NOT NULL)),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CHECK ((state = 'closed') = (counted_yen IS NOT NULL)),
    CHECK ((state = 'closed') = (difference_yen IS NOT NULL)),
    CHECK (state = 'closed' OR reason IS NULL),
    CHECK (closed_at >= opened_at),
    CHECK (difference_yen = counted_yen - (float_yen + received_yen - paid_out_yen)),
    CHECK (difference_yen = 0 OR reason IS NOT NULL OR difference_yen IS NULL)
);
-- A drawer is one till's at a time.
CREATE UNIQUE INDEX tills_one_open ON tills (municipality_id, facility_id, drawer)
    WHERE state = 'open';
CREATE INDEX tills_by_day ON tills (municipality_id, facility_id, day);

-- What went into a drawer and out of it (現金の出入り), only ever added to, and only while it is open
-- (`till_movements_into_open`).
CREATE TABLE till_movements (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    till_id $uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('float', 'received', 'paid_out')),
    amount_yen bigint NOT NULL CHECK (amount_yen > 0),
    -- What was handed over (預り金).
    tendered_yen bigint CHECK (tendered_yen >= amount_yen),
    payment_id $uuid,
    refund_id $uuid,
    -- What the payment and the refund must be: in cash, and of this amount.
    means text NOT NULL DEFAULT 'cash' CHECK (means = 'cash'),
    paid_in_cash boolean NOT NULL DEFAULT true CHECK (paid_in_cash),
    made_by $uuid NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    -- One payment is taken once, one refund paid out once.
    UNIQUE (municipality_id, payment_id),
    UNIQUE (municipality_id, refund_id),
    FOREIGN KEY (municipality_id, till_id) REFERENCES tills (municipality_id, id),
    FOREIGN KEY (municipality_id, made_by) REFERENCES staff (municipality_id, id),
    FOREIGN KEY (municipality_id, payment_id, means, amount_yen)
        REFERENCES payments (municipality_id, id, means, amount_yen),
    FOREIGN KEY (municipality_id, refund_id, paid_in_cash, amount_yen)
        REFERENCES refunds (municipality_id, id, paid_in_cash, amount_yen),
    CHECK ((kind = 'received') = (payment_id IS NOT NULL)),
    CHECK ((kind = 'received') = (tendered_yen IS NOT NULL)),
    CHECK ((kind = 'paid_out') = (refund_id IS NOT NULL))
);
CREATE INDEX till_movements_of_till ON till_movements (municipality_id, till_id, at);
