CREATE TABLE partial (
    -- Text so far of running items; goes when the item's event comes (LO1).
    --
    -- The stream's name.
    stream  TEXT    NOT NULL,
    item    BLOB    NOT NULL CHECK (length(item) = 16),
    turn    BLOB    NOT NULL CHECK (length(turn) = 16),
    -- 1 when it is a thought.
    thought INTEGER NOT NULL CHECK (thought IN (0, 1)),
    -- Number of the last delta in text.
    n       INTEGER NOT NULL,
    text    TEXT    NOT NULL,
    -- Milliseconds since the Unix epoch.
    began   INTEGER NOT NULL,
    PRIMARY KEY (stream, item)
) STRICT;

CREATE TABLE snapshot (
    -- The newest fold of each stream, opaque here; deleting a row costs time and loses nothing.
    --
    -- The stream's name.
    stream  TEXT    NOT NULL PRIMARY KEY,
    -- The last event in it.
    seq     INTEGER NOT NULL,
    -- The format of state, as its writer counts it.
    version INTEGER NOT NULL,
    state   BLOB    NOT NULL
) STRICT;

CREATE TABLE blob (
    -- Bodies too large for an event (LO11).
    --
    -- SHA-256 of bytes in lower-case hex.
    hash    TEXT    NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
    bytes   BLOB    NOT NULL
) STRICT;
