-- Bookings whose time may be over (利用の終わり), found by when it ends.
CREATE INDEX reservations_over ON reservations (municipality_id, ends_at)
    WHERE state IN ('confirmed', 'checked_in');
