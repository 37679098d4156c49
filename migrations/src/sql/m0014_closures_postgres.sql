-- The reason and the day it was made are the series' from now on. No release before this one writes
-- here.
ALTER TABLE closures
    ADD COLUMN series_id uuid,
    -- From when on it is open again (解除), when and by whom that was decided.
    ADD COLUMN lifted_from bigint CHECK (lifted_from % 30 = 0)
        CHECK (lifted_from >= starts_at AND lifted_from < ends_at),
    ADD COLUMN lifted_at bigint CHECK ((lifted_at IS NULL) = (lifted_from IS NULL)),
    ADD COLUMN lifted_by uuid CHECK ((lifted_by IS NULL) = (lifted_from IS NULL)),
    DROP COLUMN reason,
    DROP COLUMN created_at;
UPDATE closures SET series_id = id;
ALTER TABLE closures
    ALTER COLUMN series_id SET NOT NULL,
    ADD FOREIGN KEY (municipality_id, series_id, facility_id)
        REFERENCES closure_series (municipality_id, id, facility_id),
    ADD FOREIGN KEY (municipality_id, lifted_by) REFERENCES staff (municipality_id, id);
CREATE INDEX closures_of_series ON closures (municipality_id, series_id, starts_at);
CREATE INDEX closures_by_end ON closures (municipality_id, ends_at);
