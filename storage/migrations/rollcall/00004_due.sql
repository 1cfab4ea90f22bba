-- +goose Up
-- In a new list nearly all rows are ready. With the greatest status first they
-- come last in the index, where adding to it costs least.
DROP INDEX contacts_due;
CREATE INDEX contacts_due ON contacts (campaign, status DESC, next_at);

-- +goose Down
DROP INDEX contacts_due;
CREATE INDEX contacts_due ON contacts (campaign, status, next_at);
