-- What was given up of a reservation (取消・一部取消), and how what comes back was reckoned: one row for
-- each act, only ever added to. The reservation's frozen quote stays what was charged.
CREATE TABLE cancellations (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    reservation_id $uuid NOT NULL,
    -- Which act of this reservation it is, from 1: of two at once, one is the first.
    nth integer NOT NULL CHECK (nth > 0),
    -- The time as it was before.
    starts_at bigint NOT NULL CHECK (starts_at % 30 = 0),
    ends_at bigint NOT NULL CHECK (ends_at % 30 = 0),
    -- What was left of it; NULL where nothing was.
    left_from bigint CHECK (left_from % 30 = 0) CHECK (left_from >= starts_at),
    left_until bigint CHECK (left_until % 30 = 0) CHECK (left_until <= ends_at),
    given_up_by text NOT NULL CHECK (given_up_by IN ('resident', 'counter', 'facility')),
    staff_id $uuid,
    -- By which rule it was reckoned, and the town's own reason where there is one (理由コード): no
    -- amount out of the rule without one.
    grounds text NOT NULL CHECK (grounds IN (
        'own', 'reason', 'override', 'facility', 'slip', 'shorter')),
    code text CHECK (code <> '') CHECK ((code IS NOT NULL) = (grounds IN ('reason', 'override'))),
    -- What the clerk added. No personal data.
    words text NOT NULL,
    -- What had been paid for what was given up, and what comes back of it.
    paid_yen bigint NOT NULL CHECK (paid_yen >= 0),
    refund_yen bigint NOT NULL CHECK (refund_yen BETWEEN 0 AND paid_yen),
    refund_id $uuid CHECK ((refund_id IS NULL) = (refund_yen = 0)),
    -- The reckoning, line by line with its articles.
    lines $json NOT NULL,
    made_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, reservation_id, nth),
    UNIQUE (municipality_id, refund_id),
    FOREIGN KEY (municipality_id, reservation_id) REFERENCES reservations (municipality_id, id),
    FOREIGN KEY (municipality_id, refund_id) REFERENCES refunds (municipality_id, id),
    FOREIGN KEY (municipality_id, staff_id) REFERENCES staff (municipality_id, id),
    CHECK (ends_at > starts_at),
    CHECK ((left_from IS NULL) = (left_until IS NULL)),
    CHECK (left_until > left_from),
    CHECK (left_until - left_from < ends_at - starts_at),
    CHECK ((given_up_by = 'resident') = (staff_id IS NULL)),
    CHECK ((given_up_by = 'facility') = (grounds = 'facility')),
    -- A resident gives no reason of the town's: somebody of the staff looks at it.
    CHECK (given_up_by <> 'resident' OR grounds IN ('own', 'shorter'))
);
-- Nothing can be given up after everything was.
CREATE UNIQUE INDEX cancellations_of_all ON cancellations (municipality_id, reservation_id)
    WHERE left_from IS NULL;
