-- What comes back belongs to the reservation whose payment it is of, and goes back by the way it
-- came: of cash the payment service never hears.
ALTER TABLE payments
    ADD UNIQUE (municipality_id, id, reservation_id, means);
ALTER TABLE refunds
    ADD FOREIGN KEY (municipality_id, payment_id, reservation_id, means)
        REFERENCES payments (municipality_id, id, reservation_id, means);

-- A counted drawer stays in the books.
CREATE TRIGGER tills_stay BEFORE DELETE ON tills
    FOR EACH ROW WHEN (OLD.state = 'closed') EXECUTE FUNCTION refuse_reopening();
