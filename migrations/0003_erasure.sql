-- SHA-256 of salt and body of an event whose body was erased; empty in all others. It keeps the chain
-- provable while the salt is gone, so that nobody can guess the body (LO11).
ALTER TABLE event ADD COLUMN erased BLOB NOT NULL DEFAULT x'' CHECK (length(erased) IN (0, 32));

CREATE TABLE scrub (
    -- There is a row while bytes of erased bodies may still lie in the file's free pages, in its log
    -- or in backups; whoever opens the file finishes the work (LO11).
    --
    one     INTEGER NOT NULL PRIMARY KEY CHECK (one = 1)
) STRICT;

CREATE TABLE signed_head (
    -- What the host has sworn of a stream at each turn's end (LO6).
    --
    -- The stream's name.
    stream    TEXT    NOT NULL,
    seq       INTEGER NOT NULL CHECK (seq > 0),
    hash      BLOB    NOT NULL CHECK (length(hash) = 32),
    -- Milliseconds since the Unix epoch.
    at        INTEGER NOT NULL,
    -- The log's life when it was signed.
    epoch     BLOB    NOT NULL CHECK (length(epoch) = 16),
    -- By the host's key, opaque here.
    signature BLOB    NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
