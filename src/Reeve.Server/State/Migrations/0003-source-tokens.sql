-- A token can be a source's: it sends the events of one cluster and does nothing else. SQLite cannot change a CHECK in place.
CREATE TABLE api_token_new (
    id          TEXT    PRIMARY KEY,
    hash        BLOB    NOT NULL UNIQUE,   -- SHA-256 of the token
    name        TEXT    NOT NULL,
    role        TEXT    NOT NULL CHECK (role IN ('viewer', 'analyst', 'admin', 'source')),
    created     INTEGER NOT NULL,
    created_by  TEXT    NOT NULL,
    expires     INTEGER,
    revoked     INTEGER,
    cluster     TEXT    CHECK ((role = 'source') = (cluster IS NOT NULL))
) STRICT;

INSERT INTO api_token_new (id, hash, name, role, created, created_by, expires, revoked)
    SELECT id, hash, name, role, created, created_by, expires, revoked FROM api_token;

DROP TABLE api_token;
ALTER TABLE api_token_new RENAME TO api_token;
