-- SQLite cannot change a row on its way in, so it does at once after.
CREATE TRIGGER people_serial AFTER INSERT ON people WHEN NEW.serial IS NULL
BEGIN
    INSERT INTO person_counters (municipality_id, last_serial) VALUES (NEW.municipality_id, 1)
        ON CONFLICT (municipality_id) DO UPDATE SET last_serial = last_serial + 1;
    UPDATE people SET serial = (
        SELECT last_serial FROM person_counters WHERE municipality_id = NEW.municipality_id)
    WHERE municipality_id = NEW.municipality_id AND id = NEW.id;
END;
