-- Groups (団体): people who book in a name of their own. Of their members only how many there are, as
-- the clerk counted them on the roster: no names are kept.
CREATE TABLE groups (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    id $uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- The reading (フリガナ), for finding it.
    kana text NOT NULL CHECK (length(kana) BETWEEN 1 AND 100),
    -- What it does (活動内容).
    activity text NOT NULL CHECK (length(activity) BETWEEN 1 AND 200),
    representative_id $uuid NOT NULL,
    members_all integer NOT NULL CHECK (members_all > 0),
    members_in_town integer NOT NULL CHECK (members_in_town BETWEEN 0 AND members_all),
    state text NOT NULL CHECK (state IN ('applied', 'registered', 'refused', 'ended')),
    -- The state with all its facts.
    state_facts $json NOT NULL,
    -- The last day of the registration, in Japan, `2027-03-31` (有効期限).
    valid_until text CHECK (valid_until LIKE '____-__-__'),
    submission $uuid NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    -- A repeated submit is the same application.
    UNIQUE (municipality_id, representative_id, submission),
    FOREIGN KEY (municipality_id, representative_id) REFERENCES people (municipality_id, id),
    CHECK (state <> 'registered' OR valid_until IS NOT NULL)
);
CREATE INDEX groups_of_representative ON groups (municipality_id, representative_id);
CREATE INDEX groups_to_decide ON groups (municipality_id, created_at) WHERE state = 'applied';

-- The group that a reservation is for.
ALTER TABLE reservations ADD COLUMN group_id $uuid;
CREATE INDEX reservations_of_group ON reservations (municipality_id, group_id, starts_at)
    WHERE group_id IS NOT NULL;
