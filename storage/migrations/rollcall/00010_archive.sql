-- +goose Up
-- When a campaign was put into the archive; 0: it is not there.
ALTER TABLE campaigns ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
-- Since when it stands in its state; 0: that is not known.
ALTER TABLE campaigns ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
-- Made of another one's list: whoever looks for the campaign of that list does
-- not mean it.
ALTER TABLE campaigns ADD COLUMN copied BOOLEAN NOT NULL DEFAULT FALSE;
-- Its results were deleted. It stays hidden, with the rows whose numbers were
-- really called, because limits and the ledger are about those.
ALTER TABLE campaigns ADD COLUMN ledger BOOLEAN NOT NULL DEFAULT FALSE;

-- +goose Down
ALTER TABLE campaigns DROP COLUMN ledger;
ALTER TABLE campaigns DROP COLUMN copied;
ALTER TABLE campaigns DROP COLUMN since;
ALTER TABLE campaigns DROP COLUMN archived;
