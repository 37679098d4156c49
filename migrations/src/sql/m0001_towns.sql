-- Municipalities (自治体): the tenants.
CREATE TABLE municipalities (
    id $uuid NOT NULL PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (length(code) = 6),
    host text NOT NULL UNIQUE,
    name text NOT NULL,
    created_at bigint NOT NULL
);

-- Town files as applied (町ファイル). The newest version is in force; none ever changes, so a parsed
-- copy may be kept in memory.
CREATE TABLE town_versions (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    version integer NOT NULL CHECK (version > 0),
    document $json NOT NULL,
    applied_at bigint NOT NULL,
    PRIMARY KEY (municipality_id, version)
);

-- What a town file names by slug gets an id once and keeps it; what it no longer names is retired,
-- never deleted, because reservations point at it.
CREATE TABLE facilities (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    id $uuid NOT NULL,
    slug text NOT NULL,
    retired_at bigint,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, slug)
);

CREATE TABLE units (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    facility_id $uuid NOT NULL,
    slug text NOT NULL,
    retired_at bigint,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, slug),
    FOREIGN KEY (municipality_id, facility_id) REFERENCES facilities (municipality_id, id)
);

CREATE TABLE rooms (
    municipality_id $uuid NOT NULL,
    id $uuid NOT NULL,
    facility_id $uuid NOT NULL,
    slug text NOT NULL,
    retired_at bigint,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, slug),
    FOREIGN KEY (municipality_id, facility_id) REFERENCES facilities (municipality_id, id)
);
