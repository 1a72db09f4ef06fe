CREATE TABLE meta (
    -- There is one row.
    one     INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    -- The life of this log; changes on create, restore and repair (LO9).
    epoch   BLOB    NOT NULL CHECK (length(epoch) = 16),
    -- The data folder's own id.
    host    BLOB    NOT NULL CHECK (length(host) = 16),
    -- 1 after a clean close, 0 while open: a start that reads 0 follows a crash.
    clean   INTEGER NOT NULL CHECK (clean IN (0, 1)),
    -- 1 in a backup file: whoever opens it restores, so it gets a new epoch.
    backup  INTEGER NOT NULL DEFAULT 0 CHECK (backup IN (0, 1))
) STRICT;

CREATE TABLE stream (
    -- Short key for event; grows, so it is also the order of the first appends.
    id      INTEGER NOT NULL PRIMARY KEY,
    -- owner, workspace:<id> or session:<id>.
    name    TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE event (
    -- Has a rowid, because each append then lands at the right edge of one tree whatever its
    -- stream: half to two thirds of the time of a table without, and smaller.
    --
    stream  INTEGER NOT NULL REFERENCES stream (id),
    -- Dense from 1 in each stream.
    seq     INTEGER NOT NULL CHECK (seq > 0),
    -- Milliseconds since the Unix epoch.
    at      INTEGER NOT NULL,
    -- JSON.
    actor   TEXT    NOT NULL,
    -- The command that caused it; empty when none did.
    cause   BLOB    NOT NULL CHECK (length(cause) IN (0, 16)),
    -- The body's tag.
    type    TEXT    NOT NULL,
    -- JSON, the very bytes that readers get (LO8).
    body    TEXT    NOT NULL,
    salt    BLOB    NOT NULL CHECK (length(salt) = 16),
    -- SHA-256 over the event before, the header and the salted body (LO6).
    hash    BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (stream, seq)
) STRICT;

CREATE TABLE remembered (
    -- Accepted commands, so that a retry is answered and not run again (LO5).
    --
    principal BLOB    NOT NULL CHECK (length(principal) = 16),
    command   BLOB    NOT NULL CHECK (length(command) = 16),
    -- SHA-256 of the request: another body under the same id is no retry.
    request   BLOB    NOT NULL CHECK (length(request) = 32),
    -- The stream's name and the seq of the command's first event.
    stream    TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    -- What was answered, opaque here.
    answer    TEXT    NOT NULL,
    PRIMARY KEY (principal, command)
) STRICT, WITHOUT ROWID;
