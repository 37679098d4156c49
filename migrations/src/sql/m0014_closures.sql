-- A closure with all its spans (一連の休館): one reason, some floor and a schedule. Each row of
-- `closures` is one span that it was spread out into when it was made.
CREATE TABLE closure_series (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    facility_id $uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('works', 'public_use', 'cleaning', 'shelter', 'other')),
    -- What people whose booking is cancelled are told besides.
    note text NOT NULL CHECK (kind <> 'other' OR note <> ''),
    -- What was asked for and by whom; NULL for what was closed before this was kept.
    place $json,
    schedule $json,
    made_by $uuid,
    made_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    -- A span is of its closure's facility.
    UNIQUE (municipality_id, id, facility_id),
    FOREIGN KEY (municipality_id, facility_id) REFERENCES facilities (municipality_id, id),
    FOREIGN KEY (municipality_id, made_by) REFERENCES staff (municipality_id, id),
    CHECK ((place IS NULL) = (schedule IS NULL)),
    CHECK ((place IS NULL) = (made_by IS NULL))
);
INSERT INTO closure_series (municipality_id, id, facility_id, kind, note, made_at)
    SELECT municipality_id, id, facility_id, 'other',
        CASE WHEN reason = '' THEN '休館' ELSE reason END, created_at
    FROM closures;
