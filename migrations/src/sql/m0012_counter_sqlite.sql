-- SQLite cannot change a row on its way in, so it does at once after.
CREATE TRIGGER people_serial AFTER INSERT ON people WHEN NEW.serial IS NULL
BEGIN
    INSERT INTO person_counters (municipality_id, last_serial) VALUES (NEW.municipality_id, 1)
        ON CONFLICT (municipality_id) DO UPDATE SET last_serial = last_serial + 1;
    UPDATE people SET serial = (
        SELECT last_serial FROM person_counters WHERE municipality_id = NEW.municipality_id)
    WHERE municipality_id = NEW.municipality_id AND id = NEW.id;
END;

-- Instead of foreign keys to `staff`, whose rows are never deleted.
CREATE TRIGGER people_seen_by_entered BEFORE INSERT ON people
WHEN NEW.seen_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff
    WHERE municipality_id = NEW.municipality_id AND id = NEW.seen_by)
BEGIN SELECT RAISE(ABORT, 'people.seen_by is nobody of the staff'); END;
CREATE TRIGGER people_seen_by_changed BEFORE UPDATE OF seen_by ON people
WHEN NEW.seen_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff
    WHERE municipality_id = NEW.municipality_id AND id = NEW.seen_by)
BEGIN SELECT RAISE(ABORT, 'people.seen_by is nobody of the staff'); END;
CREATE TRIGGER reservations_made_by_entered BEFORE INSERT ON reservations
WHEN NEW.made_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff
    WHERE municipality_id = NEW.municipality_id AND id = NEW.made_by)
BEGIN SELECT RAISE(ABORT, 'reservations.made_by is nobody of the staff'); END;
CREATE TRIGGER reservations_made_by_changed BEFORE UPDATE OF made_by ON reservations
WHEN NEW.made_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff
    WHERE municipality_id = NEW.municipality_id AND id = NEW.made_by)
BEGIN SELECT RAISE(ABORT, 'reservations.made_by is nobody of the staff'); END;
