-- 0004: incidents and the logs that speak of them
-- Why: the second road. An incident may have no org within reach, so it is no case_file; its number and its ledger are of the same kind.

-- An incident. These columns hold no personal data.
CREATE TABLE incident (
    number        TEXT PRIMARY KEY CHECK (number GLOB 'I-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]*'),
    org           TEXT REFERENCES org (name),                       -- NULL: no org within reach
    title         TEXT NOT NULL CHECK (title <> ''),
    discovered_at TEXT NOT NULL CHECK (discovered_at GLOB '????-??-??T??:??:??Z'),
    opened_at     TEXT NOT NULL CHECK (opened_at GLOB '????-??-??T??:??:??Z'),
    closed_at     TEXT CHECK (closed_at GLOB '????-??-??T??:??:??Z')  -- NULL: open
) STRICT;

-- What an incident has gathered and decided, one JSON document per part.
CREATE TABLE incident_part (
    incident   TEXT NOT NULL REFERENCES incident (number),
    part       TEXT NOT NULL CHECK (part <> ''),                    -- vault::IncidentPart
    body       TEXT NOT NULL CHECK (json_valid(body)),
    written_at TEXT NOT NULL CHECK (written_at GLOB '????-??-??T??:??:??Z'),
    PRIMARY KEY (incident, part)
) STRICT;

-- Papers of an incident: notices, sheets, sealed packets' hashes; never edited.
CREATE TABLE incident_paper (
    n        INTEGER PRIMARY KEY,
    incident TEXT NOT NULL REFERENCES incident (number),
    name     TEXT NOT NULL CHECK (name <> ''),
    kind     TEXT NOT NULL CHECK (kind <> ''),
    sha256   TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes    BLOB NOT NULL,
    at       TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX incident_paper_by_incident ON incident_paper (incident, n);

-- Each log file as it came, in the order in which it was taken in.
CREATE TABLE incident_log (
    n           INTEGER PRIMARY KEY,
    incident    TEXT NOT NULL REFERENCES incident (number),
    source      TEXT NOT NULL CHECK (source <> ''),                 -- path under the folder or in the ZIP, or EventLogFile/<Id>
    sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes       INTEGER NOT NULL CHECK (bytes >= 0),
    reading     TEXT NOT NULL CHECK (json_valid(reading)),          -- casework::incident::Reading
    gathered_at TEXT NOT NULL CHECK (gathered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX incident_log_by_incident ON incident_log (incident, n);

-- Its bytes, compressed with deflate, in pieces. A file that came twice has its pieces once.
CREATE TABLE incident_log_piece (
    log   INTEGER NOT NULL REFERENCES incident_log (n),
    place INTEGER NOT NULL CHECK (place >= 0),
    body  BLOB NOT NULL,
    PRIMARY KEY (log, place)
) STRICT;

-- What the officer decided about a finding; a later word replaces the earlier, the ledger keeps both.
CREATE TABLE finding_decision (
    incident   TEXT NOT NULL REFERENCES incident (number),
    finding    TEXT NOT NULL CHECK (finding <> ''),
    status     TEXT NOT NULL CHECK (status IN ('confirmed', 'dismissed')),
    because    TEXT NOT NULL CHECK (because <> ''),
    decided_at TEXT NOT NULL CHECK (decided_at GLOB '????-??-??T??:??:??Z'),
    PRIMARY KEY (incident, finding)
) STRICT;
