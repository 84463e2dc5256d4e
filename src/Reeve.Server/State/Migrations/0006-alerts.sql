-- What rules found. Times are microseconds since the Unix epoch (UTC); of events, 'first' and 'last', by event time.
CREATE TABLE alert (
    number      INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,   -- a hash of the rule, what the alert is grouped by and its first event
    rule        TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    level       INTEGER NOT NULL,          -- 0 informational to 4 critical
    tags        TEXT    NOT NULL,          -- a JSON array
    cluster     TEXT    NOT NULL,
    actor       TEXT    NOT NULL,
    object      TEXT    NOT NULL,
    summary     TEXT    NOT NULL,
    fields      TEXT    NOT NULL,          -- what matched: a JSON object of arrays
    first       INTEGER NOT NULL,
    last        INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    raised      INTEGER NOT NULL,          -- when it was raised here
    is_open     INTEGER NOT NULL,
    closed      INTEGER,                   -- when somebody closed it last; one that went on after that is open again
    closed_by   TEXT,
    note        TEXT
) STRICT;
CREATE INDEX alert_by_time ON alert (last, number);
CREATE INDEX alert_open_by_time ON alert (last, number) WHERE is_open = 1;

-- The events of alerts, as many as an alert lists.
CREATE TABLE alert_event (
    alert       INTEGER NOT NULL REFERENCES alert (number) ON DELETE CASCADE,
    sequence    INTEGER NOT NULL,
    time        INTEGER NOT NULL,
    audit_id    TEXT    NOT NULL,
    stage       TEXT    NOT NULL,
    actor       TEXT    NOT NULL,
    object      TEXT    NOT NULL,
    is_found    INTEGER NOT NULL,          -- whether the finding beside the stored event was written
    PRIMARY KEY (alert, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_event_to_find ON alert_event (sequence) WHERE is_found = 0;

-- What detection knows at a position of the journal; what came after it is read again.
CREATE TABLE detection_state (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    position    INTEGER NOT NULL,          -- the journal's sequence that is read next
    state       BLOB    NOT NULL
) STRICT;
