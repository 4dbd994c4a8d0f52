"""People, laptops, records with the version of each field, and the journal of all edits."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE headquarters (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    secret bytea NOT NULL,
    place text
);
COMMENT ON COLUMN headquarters.secret IS 'Key of the marks on nonces and cursors.';
COMMENT ON COLUMN headquarters.place IS
    'Cluster, timeline and database it was last served from; another one: moved or restored.';
-- Two random UUIDs carry 244 unguessable bits (pg_strong_random).
INSERT INTO headquarters (secret) SELECT sha256(uuid_send(gen_random_uuid())
    || uuid_send(gen_random_uuid()));

CREATE TABLE epoch (
    no integer PRIMARY KEY,
    holds bigint NOT NULL,
    reason text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE epoch IS 'Incarnations: a restored base starts a new one.';
COMMENT ON COLUMN epoch.holds IS 'Last version of earlier epochs that still holds.';
INSERT INTO epoch (no, holds, reason) VALUES (1, 0, 'founded');

CREATE TABLE feed (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch integer NOT NULL REFERENCES epoch,
    seq bigint NOT NULL,
    hlc bigint NOT NULL
);
COMMENT ON TABLE feed IS
    'The counter of versions: epoch * 2^32 + count. Its row lock makes order of allocation '
    'and order of commit the same; allocate last, with synchronous_commit on.';
COMMENT ON COLUMN feed.hlc IS 'Largest effective hybrid logical clock of all edits.';
INSERT INTO feed (epoch, seq, hlc) VALUES (1, 1::bigint << 32, 0);

CREATE TABLE scope (name text PRIMARY KEY);
COMMENT ON TABLE scope IS 'Caseload cells. A root is in exactly one, a laptop is granted some.';
INSERT INTO scope (name) VALUES ('ref'), ('siege');

CREATE TABLE staff (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('OUTREACH', 'REFERENT', 'COORD')),
    phone text NOT NULL DEFAULT '',
    email text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL
);

CREATE TABLE device (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key_id text NOT NULL UNIQUE,
    public_key bytea NOT NULL CHECK (length(public_key) = 32),
    staff_id uuid NOT NULL REFERENCES staff,
    role text NOT NULL CHECK (role IN ('OUTREACH', 'REFERENT', 'COORD')),
    prefix text NOT NULL UNIQUE,
    name text NOT NULL,
    words text NOT NULL DEFAULT '',
    grants_generation integer NOT NULL DEFAULT 1,
    nonce_floor bigint NOT NULL DEFAULT 0,
    enrolled_at timestamptz NOT NULL,
    last_seen_at timestamptz,
    revoked_at timestamptz
);
COMMENT ON COLUMN device.words IS 'What the screen of the laptop showed at its enrolment.';
COMMENT ON COLUMN device.nonce_floor IS 'Issue time (µs) of the last nonce used; older: spent.';

CREATE TABLE device_grant (
    device_id integer NOT NULL REFERENCES device,
    place integer NOT NULL,
    scope text NOT NULL,
    PRIMARY KEY (device_id, place),
    UNIQUE (device_id, scope)
);
COMMENT ON COLUMN device_grant.scope IS 'A scope, or * for all of them.';

CREATE TABLE device_base (
    no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device_id integer NOT NULL REFERENCES device,
    db uuid NOT NULL,
    last_dseq bigint NOT NULL DEFAULT 0,
    last_hlc bigint NOT NULL DEFAULT 0,
    durable_dseq bigint NOT NULL DEFAULT 0,
    skew_ms bigint NOT NULL DEFAULT 0,
    first_seen_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (device_id, db)
);
COMMENT ON TABLE device_base IS
    'A base file of a laptop; a copied or restored file has an id of its own. '
    'Number 0 in a stamp means headquarters itself.';

CREATE TABLE invitation (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hint text NOT NULL UNIQUE,
    mac_key bytea,
    staff_id uuid NOT NULL REFERENCES staff,
    role text NOT NULL,
    scopes text[] NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    device_id integer REFERENCES device
);
COMMENT ON COLUMN invitation.mac_key IS 'Stretched code; forgotten once the code is past.';

CREATE TABLE root (
    root_id uuid PRIMARY KEY,
    scope text NOT NULL REFERENCES scope,
    root_ver bigint NOT NULL,
    scope_since bigint NOT NULL,
    created_ver bigint NOT NULL,
    size bigint NOT NULL DEFAULT 0
);
COMMENT ON COLUMN root.size IS 'Bytes ever written into it by laptops; a file has a bound.';
COMMENT ON TABLE root IS 'Aggregates: a participant with all their records, or a staff member.';
CREATE INDEX root_walk ON root (scope, root_ver, root_id);

CREATE TABLE record (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    root_id uuid NOT NULL,
    ver bigint NOT NULL,
    created_ver bigint NOT NULL,
    writers integer[] NOT NULL,
    data jsonb NOT NULL,
    meta jsonb NOT NULL
);
COMMENT ON COLUMN record.meta IS
    'Stamp of each field: [version, base, dseq, hlc]; "*" for fields without one of their own.';
COMMENT ON COLUMN record.writers IS 'Bases that wrote a field now in force.';
CREATE INDEX record_of_root ON record (root_id);
CREATE INDEX record_open_conflict ON record (root_id)
    WHERE kind = 'conflict' AND data ->> 'state' = 'OPEN';

CREATE TABLE history (
    no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_id uuid NOT NULL,
    root_id uuid NOT NULL,
    col text NOT NULL,
    value text,
    why text NOT NULL CHECK (why IN ('replaced', 'lost', 'candidate')),
    ver bigint NOT NULL,
    base_no integer NOT NULL,
    dseq bigint NOT NULL,
    hlc bigint NOT NULL,
    at timestamptz NOT NULL
);
COMMENT ON TABLE history IS 'Values that were in force and are no longer, or never came to be.';
CREATE INDEX history_of_record ON history (record_id, col, ver);

CREATE TABLE journal (
    base_no integer NOT NULL,
    dseq bigint NOT NULL,
    sha256 bytea NOT NULL,
    root_id uuid,
    op bytea,
    code smallint NOT NULL,
    outcome bytea,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (base_no, dseq)
);
COMMENT ON TABLE journal IS 'Every edit ever received, as received, with what became of it.';
COMMENT ON COLUMN journal.op IS 'msgpack; null when the subject was erased.';

CREATE TABLE scope_exit (
    no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scope text NOT NULL,
    root_id uuid NOT NULL,
    ver bigint NOT NULL
);
CREATE INDEX scope_exit_walk ON scope_exit (scope, ver);

CREATE TABLE erased (
    root_id uuid PRIMARY KEY,
    scope text NOT NULL,
    ver bigint NOT NULL,
    reason text NOT NULL,
    erased_at timestamptz NOT NULL
);
COMMENT ON TABLE erased IS 'Subjects erased for good: the id is refused for ever.';
CREATE INDEX erased_walk ON erased (scope, ver);
"""


def upgrade() -> None:
    op.execute(TABLES)
