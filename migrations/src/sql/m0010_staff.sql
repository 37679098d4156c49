-- Staff (職員). They come in by an issuer of their own and share no table with residents.
CREATE TABLE staff (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    id $uuid NOT NULL,
    -- The name that colleagues know, sealed.
    name_sealed $bytes NOT NULL,
    -- False: let in no more. Rows stay, the trail and the drawers name them.
    active boolean NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id)
);

CREATE TABLE staff_identities (
    municipality_id $uuid NOT NULL,
    issuer text NOT NULL,
    client_id text NOT NULL,
    subject text NOT NULL,
    staff_id $uuid NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, issuer, client_id, subject),
    FOREIGN KEY (municipality_id, staff_id) REFERENCES staff (municipality_id, id)
);
CREATE INDEX staff_identities_of_staff ON staff_identities (municipality_id, staff_id);

-- What somebody may do (権限): a role at one facility, or at all of them where none is named. Taken
-- back, never removed.
CREATE TABLE staff_grants (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    staff_id $uuid NOT NULL,
    -- 窓口, 施設管理者, 会計, 管理者, 閲覧.
    role text NOT NULL CHECK (role IN ('window', 'manager', 'accounting', 'admin', 'viewer')),
    facility_id $uuid,
    granted_at bigint NOT NULL,
    -- Who gave it; NULL for the operator's command line.
    granted_by $uuid,
    revoked_at bigint CHECK (revoked_at IS NULL OR revoked_at >= granted_at),
    revoked_by $uuid CHECK (revoked_by IS NULL OR revoked_at IS NOT NULL),
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, staff_id) REFERENCES staff (municipality_id, id),
    FOREIGN KEY (municipality_id, facility_id) REFERENCES facilities (municipality_id, id),
    FOREIGN KEY (municipality_id, granted_by) REFERENCES staff (municipality_id, id),
    FOREIGN KEY (municipality_id, revoked_by) REFERENCES staff (municipality_id, id)
);
-- The same role twice says nothing more. A unique key takes two NULLs for two facilities.
CREATE UNIQUE INDEX staff_grants_everywhere ON staff_grants (municipality_id, staff_id, role)
    WHERE revoked_at IS NULL AND facility_id IS NULL;
CREATE UNIQUE INDEX staff_grants_somewhere
    ON staff_grants (municipality_id, staff_id, role, facility_id)
    WHERE revoked_at IS NULL AND facility_id IS NOT NULL;

-- Staff's sessions, apart from residents': a cookie of the one opens nothing of the other.
CREATE TABLE staff_sessions (
    municipality_id $uuid NOT NULL,
    token_hash $bytes NOT NULL,
    staff_id $uuid NOT NULL,
    created_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, token_hash),
    FOREIGN KEY (municipality_id, staff_id) REFERENCES staff (municipality_id, id),
    CHECK (expires_at > created_at)
);
CREATE INDEX staff_sessions_of_staff ON staff_sessions (municipality_id, staff_id);
CREATE INDEX staff_sessions_over ON staff_sessions (municipality_id, expires_at);

-- Which issuer an attempt to sign in goes to. Another realm's callback does not find it.
ALTER TABLE sign_in_attempts ADD COLUMN realm text NOT NULL DEFAULT 'resident'
    CHECK (realm IN ('resident', 'staff'))
    CHECK (realm = 'resident' OR purpose = 'sign_in');

-- Who of the staff looked at whose data, when and on which page (閲覧記録). Only ever added to.
CREATE TABLE view_log (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    staff_id $uuid NOT NULL,
    person_id $uuid NOT NULL,
    at bigint NOT NULL,
    -- The page or paper, as a stable word (`counter.person`).
    page text NOT NULL CHECK (page <> ''),
    request_id $uuid NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, staff_id) REFERENCES staff (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES people (municipality_id, id)
);
CREATE INDEX view_log_of_person ON view_log (municipality_id, person_id, at);
CREATE INDEX view_log_of_staff ON view_log (municipality_id, staff_id, at);
