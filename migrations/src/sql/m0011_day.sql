-- Whom to expect at a facility on a day (今日の予約), found by when it begins.
CREATE INDEX reservations_at_facility ON reservations (municipality_id, facility_id, starts_at);
