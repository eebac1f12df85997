-- 0002: what happened to a request beside its road
-- Why: acknowledgements, extensions, holds and denials each have a day and a reason that must be shown later; a person who
-- asks again must be recognised; and the record of a request ends 24 months after it did.

-- What happened, oldest first. Only the note can hold personal data; it is emptied when the case is forgotten.
CREATE TABLE case_event (
    n           INTEGER PRIMARY KEY,
    case_number TEXT NOT NULL REFERENCES case_file (number),
    event       TEXT NOT NULL CHECK (event <> ''),                  -- vault::Event
    at          TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    detail      TEXT NOT NULL CHECK (json_valid(detail)),           -- codes, days and counts; no personal data
    note        TEXT NOT NULL                                       -- the officer's words
) STRICT;

CREATE INDEX case_event_by_case ON case_event (case_number, n);

CREATE TRIGGER case_event_only_forgets BEFORE UPDATE ON case_event
WHEN new.note <> '' OR new.n <> old.n OR new.case_number <> old.case_number OR new.event <> old.event
  OR new.at <> old.at OR new.detail <> old.detail
BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END;
CREATE TRIGGER case_event_no_delete BEFORE DELETE ON case_event
BEGIN SELECT RAISE(ABORT, 'what happened is never removed'); END;

-- Which cases know this identifier.
CREATE INDEX keyed_hash_by_hash ON keyed_hash (kind, hash);

ALTER TABLE case_file ADD COLUMN reason TEXT;                       -- casework::case::Reason; NULL: none was needed
ALTER TABLE case_file ADD COLUMN shredded_at TEXT CHECK (shredded_at GLOB '????-??-??T??:??:??Z'); -- NULL: record still whole
