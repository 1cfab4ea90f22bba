-- name: OpenAttemptOf :one
SELECT * FROM attempts WHERE contact = sqlc.arg(contact) AND ended = 0 ORDER BY id LIMIT 1;

-- name: CallsTo :many
SELECT sqlc.embed(a), c.name AS campaign_name
FROM attempts a
JOIN campaigns c ON c.id = a.campaign
WHERE a.number = sqlc.arg(number) AND NOT a.practice
ORDER BY a.begun DESC LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: ConsentOf :one
SELECT * FROM consents WHERE number = sqlc.arg(number);

-- OldAttempts looks at the first n attempts after one only: they are in the
-- order of time, nearly.
-- name: OldAttempts :many
SELECT a.id, CAST(a.ended <> 0 AND a.ended < sqlc.arg(before) AND c.state IN ('finished', 'stopped') AS BOOLEAN) AS old
FROM attempts a
JOIN campaigns c ON c.id = a.campaign
WHERE a.id > sqlc.arg(after) AND a.begun < sqlc.arg(before)
ORDER BY a.id LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: DeleteAttempts :execrows
DELETE FROM attempts WHERE id IN (sqlc.slice(ids));

-- name: LastAttemptOf :one
SELECT CAST(coalesce(max(id), 0) AS INTEGER) AS newest FROM attempts WHERE contact = sqlc.arg(contact);

-- name: ReviveContact :exec
UPDATE contacts
SET status = sqlc.arg(status), why = sqlc.arg(why), next_at = sqlc.arg(next_at), misses = sqlc.arg(misses),
    anew_since = sqlc.arg(anew_since), anew_tries = sqlc.arg(anew_tries), anew_now = sqlc.arg(anew_now), changed = sqlc.arg(changed)
WHERE id = sqlc.arg(id);

-- WaitsOf counts the rows that wait by why, without what differs from row to row.
-- name: WaitsOf :many
SELECT CAST(coalesce(json_extract(nullif(why, ''), '$.code'), '') AS TEXT) AS code,
    CAST(coalesce(json_extract(nullif(why, ''), '$.zone'), '') AS TEXT) AS zone,
    CAST(coalesce(json_extract(nullif(why, ''), '$.rule'), '') AS TEXT) AS rule,
    count(*) AS n, CAST(min(next_at) AS INTEGER) AS earliest, CAST(max(next_at) AS INTEGER) AS latest
FROM contacts
WHERE campaign = sqlc.arg(campaign) AND status = 'waiting'
GROUP BY 1, 2, 3;
