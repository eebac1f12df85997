-- 0008: forms that are not finished
-- Why: what an officer typed was lost when a screen was left or the window was closed. It is no deed and no evidence; it goes
-- when the deed is done, and with the personal data of the request.

CREATE TABLE form (
    place   TEXT NOT NULL,                                          -- the number of a request or incident; '' for none
    name    TEXT NOT NULL CHECK (name <> ''),
    body    TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (place, name)
) STRICT;
