-- +goose Up
-- Single numbers in the order in which a page shows them, with what it filters by.
CREATE INDEX do_not_call_newest ON do_not_call (added DESC, number, campaign, way);

-- +goose Down
DROP INDEX do_not_call_newest;
