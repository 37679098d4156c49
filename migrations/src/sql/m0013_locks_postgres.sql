-- A closed till stays as it was counted; what turns out wrong later is a slip of another day.
CREATE FUNCTION refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'tills are closed for good'; END $$;
CREATE TRIGGER tills_stay_closed BEFORE UPDATE ON tills
    FOR EACH ROW WHEN (OLD.state = 'closed') EXECUTE FUNCTION refuse_reopening();

-- Whoever closes it meanwhile waits.
CREATE FUNCTION want_open_till() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    PERFORM 1 FROM tills
        WHERE municipality_id = NEW.municipality_id AND id = NEW.till_id AND state = 'open'
        FOR SHARE;
    IF NOT FOUND THEN RAISE EXCEPTION 'till_movements go into an open till'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER till_movements_into_open BEFORE INSERT ON till_movements
    FOR EACH ROW EXECUTE FUNCTION want_open_till();
