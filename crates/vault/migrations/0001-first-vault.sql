-- 0001: the first vault
-- Why: everything one officer knows about orgs, cases and deeds lives in one encrypted file.

-- Who this vault is. One row, written at creation and never again: practice stays practice.
CREATE TABLE vault_identity (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    vault_id     TEXT NOT NULL CHECK (length(vault_id) = 32 AND vault_id NOT GLOB '*[^0-9a-f]*'),
    practice     INTEGER NOT NULL CHECK (practice IN (0, 1)),
    created_at   TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??Z'),   -- UTC
    signing_seed BLOB NOT NULL CHECK (length(signing_seed) = 32),               -- Ed25519
    hash_key     BLOB NOT NULL CHECK (length(hash_key) = 32)                    -- HMAC-SHA256 for keyed hashes
) STRICT;

CREATE TRIGGER vault_identity_no_update BEFORE UPDATE ON vault_identity
BEGIN SELECT RAISE(ABORT, 'what a vault is never changes'); END;
CREATE TRIGGER vault_identity_no_delete BEFORE DELETE ON vault_identity
BEGIN SELECT RAISE(ABORT, 'what a vault is never changes'); END;

-- The officer's settings. The set of keys grows, so Rust knows it.
CREATE TABLE setting (
    key   TEXT PRIMARY KEY CHECK (key <> ''),
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

-- A connected org. Tokens are nowhere else.
CREATE TABLE org (
    name          TEXT PRIMARY KEY CHECK (name <> ''),
    instance_url  TEXT NOT NULL CHECK (instance_url <> ''),
    login_url     TEXT,                                             -- NULL: added with a token, no sign-in page known
    client_id     TEXT,
    org_id        TEXT,                                             -- NULL until the org said who it is
    user_id       TEXT,
    username      TEXT,
    access_token  TEXT,
    refresh_token TEXT,
    ca_pem        TEXT,                                             -- extra certificate authority
    added_at      TEXT NOT NULL CHECK (added_at GLOB '????-??-??T??:??:??Z')
) STRICT;

-- What an org said about its objects, so that asking again can be conditional.
CREATE TABLE describe_cache (
    org      TEXT PRIMARY KEY REFERENCES org (name) ON DELETE CASCADE,
    body     TEXT NOT NULL CHECK (json_valid(body)),
    read_at  TEXT NOT NULL CHECK (read_at GLOB '????-??-??T??:??:??Z')
) STRICT;

-- A request. These columns are the record that the law asks to keep; they hold no personal data.
CREATE TABLE case_file (
    number      TEXT PRIMARY KEY CHECK (number GLOB '[RI]-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]*'),
    org         TEXT NOT NULL REFERENCES org (name),
    kind        TEXT NOT NULL CHECK (kind <> ''),                   -- casework::case::RequestKind
    received_at TEXT NOT NULL CHECK (received_at GLOB '????-??-??T??:??:??Z'),
    channel     TEXT NOT NULL,
    opened_at   TEXT NOT NULL CHECK (opened_at GLOB '????-??-??T??:??:??Z'),
    closed_at   TEXT CHECK (closed_at GLOB '????-??-??T??:??:??Z'),  -- NULL: open
    outcome     TEXT,                                               -- NULL: open
    road        TEXT NOT NULL CHECK (json_valid(road)),             -- casework::case::Road
    forgotten_at TEXT CHECK (forgotten_at GLOB '????-??-??T??:??:??Z'), -- NULL: personal data still here
    CHECK ((closed_at IS NULL) = (outcome IS NULL))
) STRICT;

-- What a case has gathered, one JSON document per part. `personal` parts go when the case is forgotten.
CREATE TABLE case_part (
    case_number TEXT NOT NULL REFERENCES case_file (number),
    part        TEXT NOT NULL CHECK (part <> ''),                   -- vault::Part
    personal    INTEGER NOT NULL CHECK (personal IN (0, 1)),
    body        TEXT NOT NULL CHECK (json_valid(body)),
    written_at  TEXT NOT NULL CHECK (written_at GLOB '????-??-??T??:??:??Z'),
    PRIMARY KEY (case_number, part)
) STRICT;

CREATE TABLE decision (
    case_number TEXT NOT NULL REFERENCES case_file (number),
    object      TEXT NOT NULL CHECK (object <> ''),
    record_id   TEXT NOT NULL CHECK (length(record_id) = 18),
    decision    TEXT NOT NULL CHECK (decision IN ('delete', 'keep', 'correct', 'not-this-person')),
    ground      TEXT,                                               -- NULL: no ground is needed
    reason      TEXT NOT NULL,                                      -- emptied when the case is forgotten
    decided_at  TEXT NOT NULL CHECK (decided_at GLOB '????-??-??T??:??:??Z'),
    PRIMARY KEY (case_number, record_id)
) STRICT;

-- Written before each batch goes out and again when its answer is known; never changed.
CREATE TABLE journal (
    n           INTEGER PRIMARY KEY,
    case_number TEXT NOT NULL REFERENCES case_file (number),
    digest      TEXT NOT NULL CHECK (length(digest) = 64),
    batch       INTEGER NOT NULL CHECK (batch >= 0),
    kind        TEXT NOT NULL CHECK (kind IN ('delete', 'write', 'purge', 'undo')),
    phase       TEXT NOT NULL CHECK (phase IN ('intent', 'done')),
    ids         TEXT NOT NULL CHECK (json_valid(ids)),
    outcomes    TEXT NOT NULL CHECK (json_valid(outcomes)),         -- [] for an intent
    at          TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX journal_by_case ON journal (case_number, n);

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal lines are never changed'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal lines are never removed'); END;

-- The records as they were before a deed, for a set number of days.
CREATE TABLE before_image (
    case_number TEXT NOT NULL REFERENCES case_file (number),
    digest      TEXT NOT NULL CHECK (length(digest) = 64),
    rows        TEXT NOT NULL CHECK (json_valid(rows)),
    taken_at    TEXT NOT NULL CHECK (taken_at GLOB '????-??-??T??:??:??Z'),
    shred_on    TEXT NOT NULL CHECK (shred_on GLOB '????-??-??'),   -- a UTC day; gone at its start
    PRIMARY KEY (case_number, digest)
) STRICT;

-- Every proof that was made, oldest first.
CREATE TABLE certificate (
    n           INTEGER PRIMARY KEY,
    case_number TEXT NOT NULL REFERENCES case_file (number),
    body        TEXT NOT NULL CHECK (json_valid(body)),             -- ids, states and counts
    at          TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX certificate_by_case ON certificate (case_number, n);

-- Identifiers as HMAC-SHA256 only: they outlive the personal data and recognise it when it comes back.
CREATE TABLE keyed_hash (
    case_number TEXT NOT NULL REFERENCES case_file (number),
    kind        TEXT NOT NULL CHECK (kind <> ''),                   -- casework::prove::HashKind
    hash        TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (case_number, kind, hash)
) STRICT;

-- Letters, declarations, sealed bundles' hashes: papers of a case, never edited.
CREATE TABLE document (
    n           INTEGER PRIMARY KEY,
    case_number TEXT NOT NULL REFERENCES case_file (number),
    name        TEXT NOT NULL CHECK (name <> ''),
    kind        TEXT NOT NULL CHECK (kind <> ''),
    sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
    personal    INTEGER NOT NULL CHECK (personal IN (0, 1)),
    bytes       BLOB NOT NULL,                                      -- empty once the case is forgotten
    at          TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX document_by_case ON document (case_number, n);

-- The evidence ledger: each hash covers the entry before it, so that no entry can be altered or removed unseen.
CREATE TABLE ledger_entry (
    seq            INTEGER PRIMARY KEY,                             -- 1, 2, 3 … without gaps
    at             TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),  -- UTC
    case_number    TEXT,                                            -- NULL: a deed on the vault itself
    case_seq       INTEGER NOT NULL CHECK (case_seq > 0),
    actor          TEXT NOT NULL CHECK (actor <> ''),
    deed           TEXT NOT NULL CHECK (deed <> ''),                -- the set grows, so Rust knows it
    detail         TEXT NOT NULL CHECK (json_valid(detail)),        -- ids, counts and hashes; no personal data
    prev_hash      TEXT NOT NULL CHECK (length(prev_hash) = 64),
    case_prev_hash TEXT NOT NULL CHECK (length(case_prev_hash) = 64),
    hash           TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)   -- SHA-256
) STRICT;

CREATE UNIQUE INDEX ledger_entry_by_case ON ledger_entry (case_number, case_seq);

CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger entries are never removed'); END;
