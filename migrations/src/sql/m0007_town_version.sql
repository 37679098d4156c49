-- The version of the town file that a reservation was made under: its papers are printed from that
-- one for ever, whatever the town becomes. SQLite adds no foreign key of two columns to a table that
-- is there; instead no version can ever be changed or removed (`append_only`).
-- NULL only where the release before this one made the reservation.
ALTER TABLE reservations ADD COLUMN town_version integer CHECK (town_version > 0);
UPDATE reservations SET town_version = (
    SELECT max(version) FROM town_versions v
    WHERE v.municipality_id = reservations.municipality_id
      AND v.applied_at <= reservations.created_at);
