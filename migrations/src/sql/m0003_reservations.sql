-- Reservations (予約). States are DESIGN.md §4.
CREATE TABLE reservations (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    id $uuid NOT NULL,
    -- What people read aloud on the telephone; random, so that it tells nothing and cannot be
    -- guessed.
    number text NOT NULL,
    person_id $uuid NOT NULL,
    facility_id $uuid NOT NULL,
    room_id $uuid NOT NULL,
    -- Minutes since the epoch on the 30-minute grid, like claims.
    starts_at bigint NOT NULL CHECK (starts_at % 30 = 0),
    ends_at bigint NOT NULL CHECK (ends_at % 30 = 0),
    people integer NOT NULL CHECK (people > 0),
    -- Names as booked, options, attributes, purpose: what the owner's page and the papers show.
    particulars $json NOT NULL,
    note_sealed $bytes,
    quote $json NOT NULL,
    total_yen bigint NOT NULL CHECK (total_yen >= 0),
    state text NOT NULL CHECK (state IN (
        'held', 'awaiting_review', 'awaiting_payment', 'confirmed', 'checked_in', 'completed',
        'no_show', 'released', 'cancelled', 'refused')),
    -- The state with all its facts.
    state_facts $json NOT NULL,
    -- Whether it keeps the floor; claims point at (id, true), so a reservation can neither let go
    -- of its state while claims remain nor get claims once it has let go.
    holds_floor boolean NOT NULL CHECK (holds_floor = (state NOT IN (
        'released', 'cancelled', 'refused'))),
    -- When a hold lapses or a payment is due; the worker looks here.
    deadline_at bigint,
    submission $uuid NOT NULL,
    request_hash $bytes NOT NULL,
    -- Rises with each change; a stale writer changes nothing.
    revision integer NOT NULL CHECK (revision > 0),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, number),
    -- A repeated submit is the same reservation.
    UNIQUE (municipality_id, person_id, submission),
    UNIQUE (municipality_id, id, holds_floor),
    FOREIGN KEY (municipality_id, person_id) REFERENCES people (municipality_id, id),
    FOREIGN KEY (municipality_id, facility_id) REFERENCES facilities (municipality_id, id),
    FOREIGN KEY (municipality_id, room_id) REFERENCES rooms (municipality_id, id),
    CHECK (ends_at > starts_at),
    CHECK ((state IN ('held', 'awaiting_payment')) = (deadline_at IS NOT NULL))
);
CREATE INDEX reservations_of_person ON reservations (municipality_id, person_id, starts_at);
CREATE INDEX reservations_due ON reservations (municipality_id, deadline_at)
    WHERE deadline_at IS NOT NULL;

-- Closures (休館・公用): times nobody can book, with claims of their own.
CREATE TABLE closures (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    facility_id $uuid NOT NULL,
    starts_at bigint NOT NULL CHECK (starts_at % 30 = 0),
    ends_at bigint NOT NULL CHECK (ends_at % 30 = 0),
    reason text NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, facility_id) REFERENCES facilities (municipality_id, id),
    CHECK (ends_at > starts_at)
);

-- Claims (占有): one unit for one 30-minute cell, once.
CREATE TABLE claims (
    municipality_id $uuid NOT NULL,
    unit_id $uuid NOT NULL,
    cell bigint NOT NULL CHECK (cell % 30 = 0),
    reservation_id $uuid,
    closure_id $uuid,
    holds_floor boolean NOT NULL DEFAULT true CHECK (holds_floor),
    PRIMARY KEY (municipality_id, unit_id, cell),
    FOREIGN KEY (municipality_id, unit_id) REFERENCES units (municipality_id, id),
    FOREIGN KEY (municipality_id, reservation_id, holds_floor)
        REFERENCES reservations (municipality_id, id, holds_floor),
    FOREIGN KEY (municipality_id, closure_id) REFERENCES closures (municipality_id, id),
    CHECK ((reservation_id IS NULL) <> (closure_id IS NULL))
);
CREATE INDEX claims_of_reservation ON claims (municipality_id, reservation_id)
    WHERE reservation_id IS NOT NULL;
CREATE INDEX claims_of_closure ON claims (municipality_id, closure_id)
    WHERE closure_id IS NOT NULL;
