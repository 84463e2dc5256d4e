-- What people said about which cluster a sender belongs to. An empty part stands for any. Times as in 0001.
CREATE TABLE cluster_assignment (
    id          TEXT    PRIMARY KEY,
    cluster     TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    host        TEXT    NOT NULL,
    tag         TEXT    NOT NULL,
    san         TEXT    NOT NULL,
    peer        TEXT    NOT NULL,   -- a network such as 10.0.0.0/8
    created     INTEGER NOT NULL,
    created_by  TEXT    NOT NULL,
    UNIQUE (source, host, tag, san, peer)
) STRICT;

-- Who delivered, so that one that is quiet since the start is still shown. Saved now and then: counts may be behind.
CREATE TABLE sender (
    id          TEXT    PRIMARY KEY,
    source      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    cluster     TEXT    NOT NULL,
    mapped      INTEGER NOT NULL,
    assignable  INTEGER NOT NULL,
    host        TEXT    NOT NULL,
    peer        TEXT    NOT NULL,
    san         TEXT    NOT NULL,
    tag         TEXT    NOT NULL,
    events      INTEGER NOT NULL,   -- since it was first seen
    last        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
