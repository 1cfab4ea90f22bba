-- +goose Up
-- Settings were changed since: the rows that wait are to be decided about again.
ALTER TABLE campaigns ADD COLUMN rethink BOOLEAN NOT NULL DEFAULT FALSE;

-- +goose Down
ALTER TABLE campaigns DROP COLUMN rethink;
