ALTER TABLE reservations
    ADD CONSTRAINT reservations_for_group
    FOREIGN KEY (municipality_id, group_id) REFERENCES groups (municipality_id, id);
