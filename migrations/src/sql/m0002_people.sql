-- People (利用者). Columns named *_sealed hold AES-256-GCM ciphertext; nothing personal is legible
-- here. NULL where the card or the person gave nothing.
CREATE TABLE people (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    id $uuid NOT NULL,
    name_sealed $bytes NOT NULL,
    address_sealed $bytes,
    birthdate_sealed $bytes,
    gender_sealed $bytes,
    email_sealed $bytes,
    phone_sealed $bytes,
    -- Lives in the town, by the card's address on the day below (町内).
    in_town boolean NOT NULL,
    verified_at bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, id)
);

-- One person may have several identities; one identity is one person's (identity.md §2).
CREATE TABLE identities (
    municipality_id $uuid NOT NULL,
    issuer text NOT NULL,
    client_id text NOT NULL,
    subject text NOT NULL,
    person_id $uuid NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, issuer, client_id, subject),
    FOREIGN KEY (municipality_id, person_id) REFERENCES people (municipality_id, id)
);
CREATE INDEX identities_of_person ON identities (municipality_id, person_id);

-- Sessions by the SHA-256 of their secret: a stolen copy of this table opens nothing.
CREATE TABLE sessions (
    municipality_id $uuid NOT NULL,
    token_hash $bytes NOT NULL,
    person_id $uuid NOT NULL,
    created_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, token_hash),
    FOREIGN KEY (municipality_id, person_id) REFERENCES people (municipality_id, id),
    CHECK (expires_at > created_at)
);
CREATE INDEX sessions_of_person ON sessions (municipality_id, person_id);

-- Sign-in attempts: one-shot. Consuming is an UPDATE … WHERE consumed_at IS NULL.
CREATE TABLE sign_in_attempts (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    state_hash $bytes NOT NULL,
    -- SHA-256 of the secret in the browser's attempt cookie: another browser cannot finish it.
    browser_hash $bytes NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    return_to text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    consumed_at bigint,
    PRIMARY KEY (municipality_id, state_hash)
);
-- Lapsed attempts are swept out by the next sign-in.
CREATE INDEX sign_in_attempts_lapsed ON sign_in_attempts (municipality_id, expires_at);
