-- What comes back belongs to the reservation whose payment it is of, and goes back by the way it
-- came: of cash the payment service never hears. SQLite adds no key to a table that is there.
CREATE TRIGGER refunds_of_their_payment BEFORE INSERT ON refunds
WHEN NOT EXISTS (SELECT 1 FROM payments
    WHERE municipality_id = NEW.municipality_id AND id = NEW.payment_id
        AND reservation_id = NEW.reservation_id AND means = NEW.means)
BEGIN SELECT RAISE(ABORT, 'key constraint failed: a refund is of its reservation''s payment, by its means'); END;
CREATE TRIGGER refunds_stay_of_their_payment BEFORE UPDATE OF payment_id, reservation_id, means
ON refunds
WHEN NEW.payment_id <> OLD.payment_id OR NEW.reservation_id <> OLD.reservation_id
    OR NEW.means <> OLD.means
BEGIN SELECT RAISE(ABORT, 'key constraint failed: a refund stays of its payment'); END;

-- A counted drawer stays in the books.
CREATE TRIGGER tills_stay BEFORE DELETE ON tills WHEN OLD.state = 'closed'
BEGIN SELECT RAISE(ABORT, 'tills are closed for good'); END;
