-- 0005: the people behind the records of a leak
-- Why: letters, sheets and the window need each of them; a million do not fit one document.

-- Personal data. Replaced as a whole whenever the scope is counted anew.
CREATE TABLE incident_person (
    incident TEXT NOT NULL REFERENCES incident (number),
    n        INTEGER NOT NULL CHECK (n >= 0),
    body     TEXT NOT NULL CHECK (json_valid(body)),                -- casework::incident::scope::PersonFile
    PRIMARY KEY (incident, n)
) STRICT, WITHOUT ROWID;

-- Every assessment as it was made; never edited.
CREATE TABLE incident_assessment (
    n        INTEGER PRIMARY KEY,
    incident TEXT NOT NULL REFERENCES incident (number),
    body     TEXT NOT NULL CHECK (json_valid(body)),
    at       TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX incident_assessment_by_incident ON incident_assessment (incident, n);
