-- 0007: records that a plan makes
-- Why: the journal knew only deletes, writes, purges and undos; an opt-out makes consent records, and an undo takes them back.

CREATE TABLE journal_anew (
    n           INTEGER PRIMARY KEY,
    case_number TEXT NOT NULL REFERENCES case_file (number),
    digest      TEXT NOT NULL CHECK (length(digest) = 64),
    batch       INTEGER NOT NULL CHECK (batch >= 0),
    kind        TEXT NOT NULL CHECK (kind <> ''),                   -- casework::carry_out::BatchKind
    phase       TEXT NOT NULL CHECK (phase IN ('intent', 'done')),
    ids         TEXT NOT NULL CHECK (json_valid(ids)),
    outcomes    TEXT NOT NULL CHECK (json_valid(outcomes)),         -- [] for an intent
    at          TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z')
) STRICT;

INSERT INTO journal_anew SELECT n, case_number, digest, batch, kind, phase, ids, outcomes, at FROM journal;
DROP TABLE journal;
ALTER TABLE journal_anew RENAME TO journal;

CREATE INDEX journal_by_case ON journal (case_number, n);

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal lines are never changed'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal lines are never removed'); END;
