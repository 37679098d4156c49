-- The same as m0014_closures_postgres.sql, by making the table anew.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE closures_before AS SELECT * FROM closures;
DROP TABLE closures;
CREATE TABLE closures (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    series_id $uuid NOT NULL,
    facility_id $uuid NOT NULL,
    starts_at bigint NOT NULL CHECK (starts_at % 30 = 0),
    ends_at bigint NOT NULL CHECK (ends_at % 30 = 0),
    lifted_from bigint CHECK (lifted_from % 30 = 0)
        CHECK (lifted_from >= starts_at AND lifted_from < ends_at),
    lifted_at bigint CHECK ((lifted_at IS NULL) = (lifted_from IS NULL)),
    lifted_by $uuid CHECK ((lifted_by IS NULL) = (lifted_from IS NULL)),
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, series_id, facility_id)
        REFERENCES closure_series (municipality_id, id, facility_id),
    FOREIGN KEY (municipality_id, lifted_by) REFERENCES staff (municipality_id, id),
    CHECK (ends_at > starts_at)
);
INSERT INTO closures (municipality_id, id, series_id, facility_id, starts_at, ends_at)
    SELECT municipality_id, id, id, facility_id, starts_at, ends_at FROM closures_before;
DROP TABLE closures_before;
CREATE INDEX closures_of_series ON closures (municipality_id, series_id, starts_at);
CREATE INDEX closures_by_end ON closures (municipality_id, ends_at);
