-- name: InsertAudit :exec
INSERT INTO audit (n, at, who, action, campaign, text, details, hash)
VALUES (sqlc.arg(n), sqlc.arg(at), sqlc.arg(who), sqlc.arg(action), sqlc.arg(campaign), sqlc.arg(text), sqlc.arg(details), sqlc.arg(hash));

-- name: LastAudit :one
SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1;

-- name: AuditHash :one
SELECT hash FROM audit WHERE n = sqlc.arg(n);

-- name: AuditFrom :many
SELECT * FROM audit WHERE n >= sqlc.arg(n) ORDER BY n LIMIT CAST(sqlc.arg(at_most) AS INTEGER);

-- StoredCampaign finds also one that is hidden.
-- name: StoredCampaign :one
SELECT * FROM campaigns WHERE id = sqlc.arg(id);

-- StatesSince are the changes of a campaign's state that were not before a moment.
-- name: StatesSince :many
SELECT at, action FROM audit
WHERE campaign = sqlc.arg(campaign) AND action IN ('started', 'paused', 'resumed', 'stopped', 'finished', 'revived') AND at >= sqlc.arg(since)
ORDER BY at, n;

-- StateBefore is the last one before a moment.
-- name: StateBefore :one
SELECT action FROM audit
WHERE campaign = sqlc.arg(campaign) AND action IN ('started', 'paused', 'resumed', 'stopped', 'finished', 'revived') AND at < sqlc.arg(since)
ORDER BY at DESC, n DESC LIMIT 1;
