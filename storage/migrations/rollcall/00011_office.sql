-- +goose Up
-- What the office has set for all campaigns: campaign.OfficeSettings as JSON.
CREATE TABLE office (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    settings TEXT NOT NULL
) STRICT;

-- +goose Down
DROP TABLE office;
