-- How far each file of a file source was read and journalled. AUTOINCREMENT: the journal names streams for ever.
CREATE TABLE file_cursor (
    stream      INTEGER PRIMARY KEY AUTOINCREMENT,
    source      TEXT    NOT NULL,
    path        TEXT    NOT NULL,
    device      INTEGER NOT NULL,
    inode       INTEGER NOT NULL,
    offset      INTEGER NOT NULL DEFAULT 0,
    line        INTEGER NOT NULL DEFAULT 0,
    head_length INTEGER NOT NULL DEFAULT 0,
    head        TEXT    NOT NULL DEFAULT '',
    tail_length INTEGER NOT NULL DEFAULT 0,
    tail        TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX file_cursor_source ON file_cursor (source);
