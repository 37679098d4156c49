-- What a sign-in attempt is for (ログイン・本人の再確認・カードの追加). The last two belong to one
-- session of one person and are good for nothing in another.
ALTER TABLE sign_in_attempts ADD COLUMN purpose text NOT NULL DEFAULT 'sign_in'
    CHECK (purpose IN ('sign_in', 'step_up', 'link'));
ALTER TABLE sign_in_attempts ADD COLUMN session_hash $bytes
    CHECK ((session_hash IS NULL) = (purpose = 'sign_in'));
-- SQLite adds no foreign key of two columns to a table that is there; whoever completes the attempt
-- holds the session to it.
ALTER TABLE sign_in_attempts ADD COLUMN person_id $uuid
    CHECK ((person_id IS NULL) = (session_hash IS NULL));

-- When the person last showed their card again within the session, by our clock.
ALTER TABLE sessions ADD COLUMN stepped_up_at bigint
    CHECK (stepped_up_at IS NULL OR stepped_up_at < expires_at);

-- A card that was shown to be added and waits for a yes (追加の確認を待つカード). It goes with the
-- session that asked for it. The sealed columns are as in `people`, the place is the person.
CREATE TABLE pending_cards (
    municipality_id $uuid NOT NULL,
    session_hash $bytes NOT NULL,
    person_id $uuid NOT NULL,
    issuer text NOT NULL,
    client_id text NOT NULL,
    subject text NOT NULL,
    name_sealed $bytes,
    birthdate_sealed $bytes,
    created_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, session_hash),
    FOREIGN KEY (municipality_id, session_hash) REFERENCES sessions (municipality_id, token_hash)
        ON DELETE CASCADE,
    FOREIGN KEY (municipality_id, person_id) REFERENCES people (municipality_id, id)
);

-- E-mail addresses that were changed, until they have been told of it. The sealed column's place is
-- the row itself.
CREATE TABLE former_emails (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    person_id $uuid NOT NULL,
    email_sealed $bytes NOT NULL,
    replaced_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES people (municipality_id, id)
);
CREATE INDEX former_emails_over ON former_emails (municipality_id, replaced_at);
