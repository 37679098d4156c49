-- A closed till stays as it was counted; what turns out wrong later is a slip of another day.
CREATE TRIGGER tills_stay_closed BEFORE UPDATE ON tills WHEN OLD.state = 'closed'
BEGIN SELECT RAISE(ABORT, 'tills are closed for good'); END;
CREATE TRIGGER till_movements_into_open BEFORE INSERT ON till_movements
WHEN NOT EXISTS (SELECT 1 FROM tills
    WHERE municipality_id = NEW.municipality_id AND id = NEW.till_id AND state = 'open')
BEGIN SELECT RAISE(ABORT, 'till_movements go into an open till'); END;
