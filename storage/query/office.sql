-- name: GetOffice :one
SELECT settings FROM office;

-- name: PutOffice :exec
INSERT INTO office (one, settings) VALUES (1, sqlc.arg(settings))
ON CONFLICT (one) DO UPDATE SET settings = excluded.settings;

-- ExpiredCampaigns gives those that are over since before a day and of which no
-- call is known any more.
-- name: ExpiredCampaigns :many
SELECT c.id FROM campaigns c LEFT JOIN attempts a ON a.campaign = c.id
WHERE NOT c.hidden AND c.state IN ('finished', 'stopped') AND c.ended <> 0 AND c.ended < sqlc.arg(before) AND a.id IS NULL;

-- BlockedEverywhere gives entries that hold everywhere, in the order of numbers.
-- name: BlockedEverywhere :many
SELECT * FROM do_not_call WHERE campaign = 0 AND number > sqlc.arg(after) ORDER BY number LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- OfficeCounts tells how much a store holds.
-- name: OfficeCounts :one
SELECT
    (SELECT count(*) FROM campaigns WHERE NOT hidden) AS campaigns,
    (SELECT CAST(coalesce(sum(t.n), 0) AS INTEGER) FROM tallies t JOIN campaigns c ON c.id = t.campaign WHERE NOT c.hidden) AS people,
    (SELECT CAST(coalesce(max(at), 0) AS INTEGER) FROM audit) AS newest;
