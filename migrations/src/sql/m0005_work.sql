-- The inbox (受信箱): every webhook as it came, once. `raw` is sealed: it may name the payer.
CREATE TABLE inbox_events (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    event_id text NOT NULL,
    kind text NOT NULL,
    -- The object the event is about; the event itself is only a hint to ask again.
    object_id text NOT NULL,
    raw text NOT NULL,
    received_at bigint NOT NULL,
    processed_at bigint,
    PRIMARY KEY (municipality_id, event_id)
);

-- The outbox (送信待ち): everything that leaves, written with the change that causes it.
CREATE TABLE jobs (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    id $uuid NOT NULL,
    -- What makes the job the same job; enqueuing it again does nothing.
    dedup_key text NOT NULL,
    kind text NOT NULL,
    payload $json NOT NULL,
    due_at bigint NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    -- A worker's lease; past it another worker may take the job.
    leased_until bigint,
    done_at bigint,
    -- Given up: waits for a person.
    failed_at bigint,
    last_error text,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, dedup_key)
);
CREATE INDEX jobs_due ON jobs (due_at) WHERE done_at IS NULL AND failed_at IS NULL;

-- The audit trail (操作記録): who did what to what, and why. No personal data.
CREATE TABLE audit_entries (
    municipality_id $uuid NOT NULL REFERENCES municipalities (id),
    id $uuid NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail $json NOT NULL,
    request_id $uuid NOT NULL,
    PRIMARY KEY (municipality_id, id)
);
CREATE INDEX audit_of_subject ON audit_entries (municipality_id, subject);
