-- name: InsertCampaign :one
INSERT INTO campaigns (name, state, file, sheet, hash, columns, flow, settings, practice, created, started, ended, why, hidden)
VALUES (sqlc.arg(name), sqlc.arg(state), sqlc.arg(file), sqlc.arg(sheet), sqlc.arg(hash), sqlc.arg(columns), sqlc.arg(flow),
        sqlc.arg(settings), sqlc.arg(practice), sqlc.arg(created), sqlc.arg(started), sqlc.arg(ended), sqlc.arg(why),
        TRUE)
RETURNING id;

-- name: GetCampaign :one
SELECT * FROM campaigns WHERE id = sqlc.arg(id) AND NOT hidden;

-- name: FindCampaign :one
SELECT * FROM campaigns WHERE hash = sqlc.arg(hash) AND flow = sqlc.arg(flow) AND NOT hidden ORDER BY id DESC LIMIT 1;

-- name: ListCampaigns :many
SELECT * FROM campaigns WHERE NOT hidden ORDER BY id DESC;

-- name: ConfigureCampaign :execrows
UPDATE campaigns
SET name = sqlc.arg(name), flow = sqlc.arg(flow), rethink = rethink OR (started <> 0 AND settings <> sqlc.arg(settings)), settings = sqlc.arg(settings)
WHERE id = sqlc.arg(id);

-- name: SetCampaignState :execrows
UPDATE campaigns
SET state = sqlc.arg(state), why = sqlc.arg(why), practice = sqlc.arg(practice), started = sqlc.arg(started), ended = sqlc.arg(ended),
    rethink = sqlc.arg(rethink)
WHERE id = sqlc.arg(id);

-- name: DeleteCampaign :exec
DELETE FROM campaigns WHERE id = sqlc.arg(id);

-- name: HideCampaign :exec
UPDATE campaigns SET hidden = TRUE WHERE id = sqlc.arg(id);

-- name: ShowCampaign :exec
UPDATE campaigns SET hidden = FALSE WHERE id = sqlc.arg(id);

-- name: MoveBlocks :exec
UPDATE do_not_call SET campaign = sqlc.arg(id) WHERE campaign = sqlc.arg(was);

-- name: HiddenCampaigns :many
SELECT id FROM campaigns WHERE hidden;

-- name: DeleteContacts :execrows
DELETE FROM contacts
WHERE id IN (SELECT c.id FROM contacts c WHERE c.campaign = sqlc.arg(campaign) ORDER BY c.row LIMIT CAST(sqlc.arg(n) AS INTEGER));

-- name: DeleteNames :execrows
DELETE FROM names
WHERE names.campaign = sqlc.arg(campaign) AND (names.name, names.contact) IN (
    SELECT n.name, n.contact FROM names n
    WHERE n.campaign = sqlc.arg(campaign) ORDER BY n.name, n.contact LIMIT CAST(sqlc.arg(n) AS INTEGER)
);

-- name: DeleteTally :exec
DELETE FROM tallies WHERE campaign = sqlc.arg(campaign);

-- name: DeleteBlocks :exec
DELETE FROM do_not_call WHERE campaign = sqlc.arg(campaign) AND campaign <> 0;

-- name: InsertTally :exec
INSERT INTO tallies (campaign, status, n) VALUES (sqlc.arg(campaign), sqlc.arg(status), sqlc.arg(n))
ON CONFLICT (campaign, status) DO UPDATE SET n = n + excluded.n;

-- name: Tally :many
SELECT status, n FROM tallies WHERE campaign = sqlc.arg(campaign) AND n > 0;
