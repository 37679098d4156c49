-- The number of a person (利用者番号) without its check digit. Those who are there get theirs in the
-- order in which they came; from then on the database gives the next one to whoever is entered, by
-- this release or the one before it (`people_serial`). Gaps are no harm.
ALTER TABLE people ADD COLUMN serial integer CHECK (serial BETWEEN 1 AND 9999999);
UPDATE people SET serial = n.serial
FROM (SELECT municipality_id, id,
          row_number() OVER (PARTITION BY municipality_id ORDER BY created_at, id) AS serial
      FROM people) n
WHERE people.municipality_id = n.municipality_id AND people.id = n.id;
CREATE UNIQUE INDEX people_serials ON people (municipality_id, serial);

-- The last number given. Its row is locked from a person's entry until the commit, so that those who
-- come at once stand in line instead of colliding.
CREATE TABLE person_counters (
    municipality_id $uuid NOT NULL PRIMARY KEY REFERENCES municipalities (id),
    last_serial integer NOT NULL CHECK (last_serial BETWEEN 1 AND 9999999)
);
INSERT INTO person_counters (municipality_id, last_serial)
    SELECT municipality_id, max(serial) FROM people GROUP BY municipality_id;

-- The reading of the name (フリガナ), sealed; no card tells it.
ALTER TABLE people ADD COLUMN kana_sealed $bytes;

-- By what it was seen who somebody is, at `verified_at`: their card, or a document that a member of
-- staff looked at. Its kind is all that is kept: no number, no copy (番号法19条).
ALTER TABLE people ADD COLUMN source text NOT NULL DEFAULT 'card'
    CHECK (source IN ('card', 'counter'));
-- That it is somebody of the staff, the database sees to (`m0012_counter_*`): by a foreign key, or, in
-- SQLite, which adds none of two columns to a table that is there, by a trigger.
ALTER TABLE people ADD COLUMN seen_by $uuid CHECK ((seen_by IS NULL) = (source = 'card'));
ALTER TABLE people ADD COLUMN document text
    CHECK (document IN ('my_number_card', 'driving_licence', 'passport', 'residence_card',
        'disability_handbook', 'other_with_photo', 'two_without_photo'))
    CHECK ((document IS NULL) = (source = 'card'));

-- When somebody was last filed under the terms below; NULL for those whom nobody has filed yet.
ALTER TABLE people ADD COLUMN filed_at bigint;
CREATE INDEX people_unfiled ON people (municipality_id, serial) WHERE filed_at IS NULL;

-- Under what people are found (索引): HMAC-SHA-256 of terms of their number, telephone, reading and
-- name. What is sealed cannot be searched, and from this nothing can be read.
CREATE TABLE person_terms (
    municipality_id $uuid NOT NULL,
    person_id $uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('number', 'phone', 'kana', 'name')),
    term_hash $bytes NOT NULL CHECK (length(term_hash) = 32),
    PRIMARY KEY (municipality_id, term_hash, person_id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES people (municipality_id, id)
);
CREATE INDEX person_terms_of_person ON person_terms (municipality_id, person_id);

-- Where a reservation was made (受付): by the person online, or by a member of staff for them.
ALTER TABLE reservations ADD COLUMN channel text NOT NULL DEFAULT 'online'
    CHECK (channel IN ('online', 'counter'));
-- The staff that it must be is seen to as above.
ALTER TABLE reservations ADD COLUMN made_by $uuid
    CHECK ((made_by IS NOT NULL) = (channel = 'counter'));

-- The board of all facilities.
CREATE INDEX reservations_by_start ON reservations (municipality_id, starts_at);

-- What was applied for in a month (オンライン申請率).
CREATE INDEX reservations_by_making ON reservations (municipality_id, created_at);

-- What was booked on a day.
CREATE INDEX ledger_by_day ON ledger_entries (municipality_id, booked_at);
