-- name: InsertCampaign :one
INSERT INTO campaigns (name, state, file, sheet, hash, columns, flow, settings, practice, created, started, ended, why)
VALUES (sqlc.arg(name), sqlc.arg(state), sqlc.arg(file), sqlc.arg(sheet), sqlc.arg(hash), sqlc.arg(columns), sqlc.arg(flow),
        sqlc.arg(settings), sqlc.arg(practice), sqlc.arg(created), sqlc.arg(started), sqlc.arg(ended), sqlc.arg(why))
RETURNING id;

-- name: GetCampaign :one
SELECT * FROM campaigns WHERE id = sqlc.arg(id);

-- name: FindCampaign :one
SELECT * FROM campaigns WHERE hash = sqlc.arg(hash) AND flow = sqlc.arg(flow) ORDER BY id DESC LIMIT 1;

-- name: ListCampaigns :many
SELECT * FROM campaigns ORDER BY id DESC;

-- name: ConfigureCampaign :execrows
UPDATE campaigns SET name = sqlc.arg(name), flow = sqlc.arg(flow), settings = sqlc.arg(settings) WHERE id = sqlc.arg(id);

-- name: SetCampaignState :execrows
UPDATE campaigns
SET state = sqlc.arg(state), why = sqlc.arg(why), practice = sqlc.arg(practice), started = sqlc.arg(started), ended = sqlc.arg(ended)
WHERE id = sqlc.arg(id);

-- name: DeleteCampaign :exec
DELETE FROM campaigns WHERE id = sqlc.arg(id);

-- name: DeleteContacts :exec
DELETE FROM contacts WHERE campaign = sqlc.arg(campaign);

-- name: DeleteTally :exec
DELETE FROM tallies WHERE campaign = sqlc.arg(campaign);

-- name: DeleteBlocks :exec
DELETE FROM do_not_call WHERE campaign = sqlc.arg(campaign) AND campaign <> 0;

-- name: InsertTally :exec
INSERT INTO tallies (campaign, status, n) VALUES (sqlc.arg(campaign), sqlc.arg(status), sqlc.arg(n));

-- name: Tally :many
SELECT status, n FROM tallies WHERE campaign = sqlc.arg(campaign) AND n > 0;

-- name: Unblock :exec
DELETE FROM do_not_call WHERE number = sqlc.arg(number);

-- name: Block :exec
INSERT INTO do_not_call (number, campaign, source, added)
VALUES (sqlc.arg(number), sqlc.arg(campaign), sqlc.arg(source), sqlc.arg(added))
ON CONFLICT DO NOTHING;
