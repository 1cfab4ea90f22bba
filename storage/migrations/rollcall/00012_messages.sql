-- +goose Up
-- Messages that were put together in the window, as JSON, by a hash of that:
-- one is never changed, campaigns that are copies share it. Their flow is
-- 'built:' and the id.
CREATE TABLE messages (
    id      TEXT PRIMARY KEY,
    message TEXT NOT NULL,
    kept    INTEGER NOT NULL -- last
) WITHOUT ROWID;

-- Sound that messages play, by a hash of it.
CREATE TABLE recordings (
    id    TEXT PRIMARY KEY,
    sound BLOB NOT NULL,
    kept  INTEGER NOT NULL
);

-- +goose Down
DROP TABLE recordings;
DROP TABLE messages;
