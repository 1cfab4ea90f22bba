-- +goose Up
-- How often a practice campaign has called a number.
CREATE INDEX attempts_rehearsed ON attempts (campaign, number) WHERE practice;

-- +goose Down
DROP INDEX attempts_rehearsed;
