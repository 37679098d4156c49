CREATE FUNCTION give_person_serial() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    INSERT INTO person_counters (municipality_id, last_serial) VALUES (NEW.municipality_id, 1)
        ON CONFLICT (municipality_id)
            DO UPDATE SET last_serial = person_counters.last_serial + 1
        RETURNING last_serial INTO NEW.serial;
    RETURN NEW;
END $$;
CREATE TRIGGER people_serial BEFORE INSERT ON people
    FOR EACH ROW WHEN (NEW.serial IS NULL) EXECUTE FUNCTION give_person_serial();
ALTER TABLE people ALTER COLUMN serial SET NOT NULL;

ALTER TABLE people
    ADD CONSTRAINT people_seen_by_staff
    FOREIGN KEY (municipality_id, seen_by) REFERENCES staff (municipality_id, id);
ALTER TABLE reservations
    ADD CONSTRAINT reservations_made_by_staff
    FOREIGN KEY (municipality_id, made_by) REFERENCES staff (municipality_id, id);
