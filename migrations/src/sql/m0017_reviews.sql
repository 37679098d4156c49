-- What somebody decides about a booking before it stands (審査): one row for each use that is looked
-- at, a guardian's consent, a reduction.
CREATE TABLE reviews (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    reservation_id $uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('purpose', 'guardian', 'reduction')),
    -- What is looked at, as the town file had it when it was booked.
    label text NOT NULL CHECK (length(label) BETWEEN 1 AND 200),
    article text NOT NULL,
    -- The reduction's slug.
    reduction text CHECK ((reduction IS NOT NULL) = (kind = 'reduction')),
    -- Why, in the words of whoever asks, sealed.
    stated_sealed $bytes,
    state text NOT NULL CHECK (state IN ('open', 'granted', 'refused')),
    percent integer CHECK (percent BETWEEN 0 AND 100)
        CHECK ((percent IS NOT NULL) = (kind = 'reduction' AND state = 'granted')),
    -- Which kind of document was shown at the counter; never its number (番号法19条, 障害者手帳も同じ).
    shown text CHECK (length(shown) BETWEEN 1 AND 100),
    decided_by $uuid CHECK ((decided_by IS NULL) = (state = 'open')),
    decided_at bigint CHECK ((decided_at IS NULL) = (state = 'open')),
    -- Why it was decided so; a refusal has to say (行政手続法8条).
    reason text NOT NULL CHECK (state <> 'refused' OR reason <> ''),
    -- The quote before and after the decision on the reduction took effect.
    quote_before $json,
    quote_after $json CHECK ((quote_after IS NULL) = (quote_before IS NULL)),
    revision integer NOT NULL CHECK (revision > 0),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    -- The same thing is decided once.
    UNIQUE (municipality_id, reservation_id, kind, label),
    FOREIGN KEY (municipality_id, reservation_id) REFERENCES reservations (municipality_id, id),
    FOREIGN KEY (municipality_id, decided_by) REFERENCES staff (municipality_id, id)
);
-- A fee is reduced for one reason.
CREATE UNIQUE INDEX reviews_one_reduction ON reviews (municipality_id, reservation_id)
    WHERE kind = 'reduction' AND state = 'granted';

-- What waits for a decision, since when.
CREATE INDEX reservations_in_review ON reservations (municipality_id, updated_at)
    WHERE state = 'awaiting_review';

-- Reductions that were granted to a group or a person for a fiscal year (年度内の包括的な減免): the
-- next application is proposed to be granted alike, and somebody still decides.
CREATE TABLE standing_reductions (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    group_id $uuid,
    person_id $uuid CHECK ((person_id IS NULL) <> (group_id IS NULL)),
    reduction text NOT NULL,
    percent integer NOT NULL CHECK (percent BETWEEN 0 AND 100),
    -- April to March, by the year it begins in.
    fiscal_year integer NOT NULL CHECK (fiscal_year BETWEEN 2000 AND 2200),
    decided_by $uuid NOT NULL,
    decided_at bigint NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (municipality_id, id),
    -- One for each year; NULLs differ, so each line counts for its own kind.
    UNIQUE (municipality_id, group_id, reduction, fiscal_year),
    UNIQUE (municipality_id, person_id, reduction, fiscal_year),
    FOREIGN KEY (municipality_id, group_id) REFERENCES groups (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES people (municipality_id, id),
    FOREIGN KEY (municipality_id, decided_by) REFERENCES staff (municipality_id, id)
);
