-- Equipment (備品): one piece of a facility's stock for one 30-minute cell, once.
CREATE TABLE stock_claims (
    municipality_id $uuid NOT NULL,
    facility_id $uuid NOT NULL,
    -- The stock's slug in the town file.
    stock text NOT NULL CHECK (length(stock) > 0),
    cell bigint NOT NULL CHECK (cell % 30 = 0),
    -- Which of the pieces, from 1. How many there are the town file says; when it comes to say less,
    -- what is lent stays lent.
    piece integer NOT NULL CHECK (piece > 0),
    reservation_id $uuid NOT NULL,
    holds_floor boolean NOT NULL DEFAULT true CHECK (holds_floor),
    PRIMARY KEY (municipality_id, facility_id, stock, cell, piece),
    FOREIGN KEY (municipality_id, facility_id) REFERENCES facilities (municipality_id, id),
    -- As claims do: what lets go of its floor lets go of its pieces first.
    FOREIGN KEY (municipality_id, reservation_id, holds_floor)
        REFERENCES reservations (municipality_id, id, holds_floor)
);
CREATE INDEX stock_claims_of_reservation ON stock_claims (municipality_id, reservation_id);
