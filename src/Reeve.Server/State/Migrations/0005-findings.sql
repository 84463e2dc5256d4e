-- What is known of unanswered requests at a position of the journal; all of it changes in one transaction. Times are microseconds since
-- the Unix epoch (UTC), request keys 16 bytes, most significant first.
CREATE TABLE finding_position (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    position    INTEGER NOT NULL   -- the journal's sequence that is read next
) STRICT;

-- Where events come from in order: a file, or an apiserver's host through a source.
CREATE TABLE finding_lane (
    id          INTEGER PRIMARY KEY,
    source      TEXT    NOT NULL,
    cluster     TEXT    NOT NULL,
    host        TEXT    NOT NULL,
    stream      INTEGER NOT NULL,   -- the number of a file, see 0002; 0 for what is no file
    watermark   INTEGER NOT NULL,
    live        INTEGER NOT NULL,
    sequence    INTEGER NOT NULL    -- of its newest event
) STRICT;

-- Requests that were received and not answered yet.
CREATE TABLE finding_request (
    request     BLOB    PRIMARY KEY,
    cut         BLOB    NOT NULL,   -- the key that a cut event of it would have
    sequence    INTEGER NOT NULL,
    time        INTEGER NOT NULL,
    lane        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The sources that were seen to log answers of a cluster; of others nothing can be said.
CREATE TABLE finding_answering (
    source      TEXT    NOT NULL,
    cluster     TEXT    NOT NULL,
    PRIMARY KEY (source, cluster)
) STRICT, WITHOUT ROWID;
