CREATE TABLE layout (
    -- What each person's pages have open, the newest; beside the log, for it is nobody else's.
    --
    person   BLOB    NOT NULL PRIMARY KEY CHECK (length(person) = 16),
    -- Counts up with every change.
    revision INTEGER NOT NULL,
    -- Opaque here.
    text     TEXT    NOT NULL
) STRICT;
