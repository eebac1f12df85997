-- 0006: the data map
-- Why: which field holds which category of whose data is asked on both roads, and the officer's word on it must outlive
-- every reading of the org.

-- The map as the org was last read, without the officer's word.
CREATE TABLE data_map (
    org      TEXT PRIMARY KEY REFERENCES org (name) ON DELETE CASCADE,
    body     TEXT NOT NULL CHECK (json_valid(body)),                -- casework::data_map::DataMap
    drift    TEXT NOT NULL CHECK (json_valid(drift)),               -- against the building before
    built_at TEXT NOT NULL CHECK (built_at GLOB '????-??-??T??:??:??Z')
) STRICT;

-- What the officer confirmed or corrected.
CREATE TABLE map_fact (
    org          TEXT NOT NULL REFERENCES org (name) ON DELETE CASCADE,
    object       TEXT NOT NULL CHECK (object <> ''),
    field        TEXT NOT NULL CHECK (field <> ''),
    what         TEXT NOT NULL CHECK (what <> ''),                  -- casework::data_map::What
    value        TEXT NOT NULL,
    found        TEXT,                                              -- NULL: the org said nothing then
    confirmed_at TEXT NOT NULL CHECK (confirmed_at GLOB '????-??-??T??:??:??Z'),
    PRIMARY KEY (org, object, field, what)
) STRICT;
