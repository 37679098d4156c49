-- Groups (団体): people who book in a name of their own. Of their members only how many there are, as
-- the clerk counted them on the roster: no names are kept.
CREATE TABLE groups (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    id $uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- The reading (フリガナ), for finding it.
    kana text NOT NULL CHECK (length(kana) BETWEEN 1 AND 100),
    -- Both of them folded, for looking anywhere in them: a group's name is no personal datum.
    searched text NOT NULL,
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
    -- Since when an application or a renewal waits for somebody to decide.
    to_decide_since bigint,
    submission $uuid NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    -- A repeated submit is the same application.
    UNIQUE (municipality_id, representative_id, submission),
    FOREIGN KEY (municipality_id, representative_id) REFERENCES people (municipality_id, id),
    CHECK ((state = 'registered') = (valid_until IS NOT NULL)),
    CHECK (state <> 'applied' OR to_decide_since IS NOT NULL),
    CHECK (to_decide_since IS NULL OR state IN ('applied', 'registered'))
);
CREATE INDEX groups_of_representative ON groups (municipality_id, representative_id);
CREATE INDEX groups_to_decide ON groups (municipality_id, to_decide_since)
    WHERE to_decide_since IS NOT NULL;

-- Who may act for a group besides its representative (利用担当者).
CREATE TABLE group_agents (
    municipality_id $uuid NOT NULL,
    group_id $uuid NOT NULL,
    person_id $uuid NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, group_id, person_id),
    FOREIGN KEY (municipality_id, group_id) REFERENCES groups (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES people (municipality_id, id)
);
CREATE INDEX group_agents_of_person ON group_agents (municipality_id, person_id);

-- Which papers somebody looked at (規約・名簿・同意書), and when. The papers themselves are not kept.
CREATE TABLE group_documents (
    municipality_id $uuid NOT NULL,
    group_id $uuid NOT NULL,
    document text NOT NULL CHECK (document IN ('rules', 'roster', 'age', 'consent')),
    -- The day, in Japan.
    seen_on text NOT NULL CHECK (seen_on LIKE '____-__-__'),
    seen_by $uuid NOT NULL,
    PRIMARY KEY (municipality_id, group_id, document, seen_on),
    FOREIGN KEY (municipality_id, group_id) REFERENCES groups (municipality_id, id),
    FOREIGN KEY (municipality_id, seen_by) REFERENCES staff (municipality_id, id)
);

-- What ties somebody to the town (町内の証拠), by their card or by a paper that a clerk saw. That it
-- was seen is kept, of the paper nothing. What ended stays: who moved away when.
CREATE TABLE residence_evidence (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    person_id $uuid NOT NULL,
    tie text NOT NULL CHECK (tie IN ('lives', 'works', 'studies')),
    source text NOT NULL CHECK (source IN ('card', 'seen_at_counter')),
    -- The first and the last day on which it was read or seen, in Japan.
    first_on text NOT NULL CHECK (first_on LIKE '____-__-__'),
    seen_on text NOT NULL CHECK (seen_on LIKE '____-__-__'),
    seen_by $uuid,
    -- The day on which it was found otherwise (転出を確かめた日); NULL while it holds.
    ended_on text CHECK (ended_on LIKE '____-__-__'),
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES people (municipality_id, id),
    FOREIGN KEY (municipality_id, seen_by) REFERENCES staff (municipality_id, id),
    CHECK (first_on <= seen_on),
    CHECK (ended_on IS NULL OR seen_on <= ended_on),
    CHECK ((source = 'card') = (seen_by IS NULL)),
    CHECK (source <> 'card' OR tie = 'lives')
);
-- Of each kind one holds at a time.
CREATE UNIQUE INDEX residence_evidence_holds
    ON residence_evidence (municipality_id, person_id, tie, source) WHERE ended_on IS NULL;

-- The group that a reservation is for.
ALTER TABLE reservations ADD COLUMN group_id $uuid;
CREATE INDEX reservations_of_group ON reservations (municipality_id, group_id, starts_at)
    WHERE group_id IS NOT NULL;
