-- 0003: who else holds the data, and what they were told
-- Why: the law has us tell service providers, contractors and third parties, and know what they answered.

-- The register. A provider that was instructed once stays, so that its instructions can be read; removed ones are not offered.
CREATE TABLE provider (
    name                TEXT PRIMARY KEY CHECK (name <> ''),
    role                TEXT NOT NULL CHECK (role IN ('service-provider', 'contractor', 'third-party')),
    contract            TEXT NOT NULL CHECK (contract <> ''),
    channel             TEXT NOT NULL CHECK (channel <> ''),
    consumer_key        TEXT NOT NULL CHECK (consumer_key <> ''),   -- casework::provider::ConsumerKey
    systems             TEXT NOT NULL CHECK (json_valid(systems)),
    confirm_within_days INTEGER NOT NULL CHECK (confirm_within_days BETWEEN 1 AND 365),
    added_at            TEXT NOT NULL CHECK (added_at GLOB '????-??-??T??:??:??Z'),
    removed_at          TEXT CHECK (removed_at GLOB '????-??-??T??:??:??Z')   -- NULL: in the register
) STRICT;

-- One instruction for each recipient of a case; telling again replaces it, the ledger keeps both.
CREATE TABLE instruction (
    case_number TEXT NOT NULL REFERENCES case_file (number),
    provider    TEXT NOT NULL REFERENCES provider (name),
    role        TEXT NOT NULL,
    action      TEXT NOT NULL CHECK (action <> ''),                 -- casework::provider::Action
    sent_at     TEXT NOT NULL CHECK (sent_at GLOB '????-??-??T??:??:??Z'),
    confirm_by  TEXT NOT NULL CHECK (confirm_by GLOB '????-??-??'), -- a day of the business's zone
    letter      TEXT NOT NULL CHECK (length(letter) = 64),          -- SHA-256
    answer      TEXT CHECK (answer IN ('done', 'exception', 'impossible')),   -- NULL: nothing came back
    answered_at TEXT CHECK (answered_at GLOB '????-??-??T??:??:??Z'),
    because     TEXT NOT NULL,                                      -- emptied when the case is forgotten
    PRIMARY KEY (case_number, provider),
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;
