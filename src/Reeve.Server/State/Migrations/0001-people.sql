-- Times are milliseconds since the Unix epoch (UTC). Of every secret only a hash is here.
CREATE TABLE person (
    id          INTEGER PRIMARY KEY,
    name        TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    role        TEXT    NOT NULL CHECK (role IN ('viewer', 'analyst', 'admin')),
    password    TEXT    NOT NULL,   -- Argon2id with salt and parameters, see PasswordHash
    created     INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
    hash        BLOB    PRIMARY KEY,   -- SHA-256 of the cookie
    person      INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    created     INTEGER NOT NULL,
    seen        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_person ON session (person);

CREATE TABLE api_token (
    id          TEXT    PRIMARY KEY,
    hash        BLOB    NOT NULL UNIQUE,   -- SHA-256 of the token
    name        TEXT    NOT NULL,
    role        TEXT    NOT NULL CHECK (role IN ('viewer', 'analyst', 'admin')),
    created     INTEGER NOT NULL,
    created_by  TEXT    NOT NULL,
    expires     INTEGER,
    revoked     INTEGER
) STRICT;

-- At most one row: the link for the first administrator.
CREATE TABLE welcome_link (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    hash        BLOB    NOT NULL,
    expires     INTEGER NOT NULL
) STRICT;
