-- SQLite adds no key of two columns to a table that is there; rows of `groups` are never deleted.
CREATE TRIGGER reservations_for_group_entered BEFORE INSERT ON reservations
WHEN NEW.group_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM groups
    WHERE municipality_id = NEW.municipality_id AND id = NEW.group_id)
BEGIN SELECT RAISE(ABORT, 'reservations.group_id is no group of the town'); END;
CREATE TRIGGER reservations_for_group_changed BEFORE UPDATE OF group_id ON reservations
WHEN NEW.group_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM groups
    WHERE municipality_id = NEW.municipality_id AND id = NEW.group_id)
BEGIN SELECT RAISE(ABORT, 'reservations.group_id is no group of the town'); END;
