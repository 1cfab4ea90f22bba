-- name: DueWaiting :many
SELECT sqlc.embed(contacts), EXISTS (
    SELECT 1 FROM do_not_call d
    WHERE d.number = contacts.number AND d.campaign IN (0, contacts.campaign) AND (d.expires = 0 OR d.expires > sqlc.arg(now))
    UNION ALL
    SELECT 1 FROM do_not_call_lists l
    WHERE NOT l.hidden AND (l.expires = 0 OR l.expires > sqlc.arg(now)) AND (
        SELECT r.last FROM do_not_call_ranges r
        WHERE r.list = l.id AND r.first <= CAST(contacts.number AS INTEGER) ORDER BY r.first DESC LIMIT 1
    ) >= CAST(contacts.number AS INTEGER)
) AS do_not_call
FROM contacts
WHERE contacts.campaign = sqlc.arg(campaign) AND contacts.status = 'waiting' AND contacts.next_at <= sqlc.arg(now)
ORDER BY contacts.next_at, contacts.priority DESC, contacts.id LIMIT sqlc.arg(n);

-- name: DueReady :many
SELECT sqlc.embed(contacts), EXISTS (
    SELECT 1 FROM do_not_call d
    WHERE d.number = contacts.number AND d.campaign IN (0, contacts.campaign) AND (d.expires = 0 OR d.expires > sqlc.arg(now))
    UNION ALL
    SELECT 1 FROM do_not_call_lists l
    WHERE NOT l.hidden AND (l.expires = 0 OR l.expires > sqlc.arg(now)) AND (
        SELECT r.last FROM do_not_call_ranges r
        WHERE r.list = l.id AND r.first <= CAST(contacts.number AS INTEGER) ORDER BY r.first DESC LIMIT 1
    ) >= CAST(contacts.number AS INTEGER)
) AS do_not_call
FROM contacts
WHERE contacts.campaign = sqlc.arg(campaign) AND contacts.status = 'ready'
ORDER BY contacts.next_at, contacts.priority DESC, contacts.id LIMIT sqlc.arg(n);

-- name: ContactsByID :many
SELECT sqlc.embed(contacts), EXISTS (
    SELECT 1 FROM do_not_call d
    WHERE d.number = contacts.number AND d.campaign IN (0, contacts.campaign) AND (d.expires = 0 OR d.expires > sqlc.arg(now))
    UNION ALL
    SELECT 1 FROM do_not_call_lists l
    WHERE NOT l.hidden AND (l.expires = 0 OR l.expires > sqlc.arg(now)) AND (
        SELECT r.last FROM do_not_call_ranges r
        WHERE r.list = l.id AND r.first <= CAST(contacts.number AS INTEGER) ORDER BY r.first DESC LIMIT 1
    ) >= CAST(contacts.number AS INTEGER)
) AS do_not_call
FROM contacts
WHERE contacts.id IN (sqlc.slice(ids));

-- name: NextWaiting :one
SELECT next_at FROM contacts
WHERE campaign = sqlc.arg(campaign) AND status = 'waiting'
ORDER BY next_at LIMIT 1;

-- name: NextChange :one
SELECT CAST(coalesce(max(changed), 0) + 1 AS INTEGER) AS next FROM contacts WHERE campaign = sqlc.arg(campaign) AND changed > 0;

-- name: SetAside :exec
UPDATE contacts
SET status = sqlc.arg(status), why = sqlc.arg(why), next_at = sqlc.arg(next_at), changed = (
        SELECT coalesce(max(c.changed), 0) + 1 FROM contacts c WHERE c.campaign = contacts.campaign AND c.changed > 0
    )
WHERE contacts.id = sqlc.arg(id) AND contacts.status IN ('ready', 'waiting');

-- name: Mark :exec
UPDATE contacts
SET status = sqlc.arg(status), changed = (
        SELECT coalesce(max(c.changed), 0) + 1 FROM contacts c WHERE c.campaign = contacts.campaign AND c.changed > 0
    )
WHERE contacts.id = sqlc.arg(id) AND contacts.status IN ('sending', 'queued', 'calling');

-- name: CancelContacts :exec
UPDATE contacts
SET status = 'cancelled', why = sqlc.arg(why), next_at = 0, changed = sqlc.arg(changed)
WHERE campaign = sqlc.arg(campaign) AND status IN ('ready', 'waiting');

-- name: MoveContact :exec
UPDATE contacts
SET status = sqlc.arg(status), why = sqlc.arg(why), next_at = sqlc.arg(next_at), changed = (
        SELECT coalesce(max(c.changed), 0) + 1 FROM contacts c WHERE c.campaign = contacts.campaign AND c.changed > 0
    )
WHERE contacts.id = sqlc.arg(id);

-- name: SettleContact :exec
UPDATE contacts
SET status = sqlc.arg(status), why = sqlc.arg(why), next_at = sqlc.arg(next_at),
    tries = sqlc.arg(tries), misses = sqlc.arg(misses), answers = sqlc.arg(answers), reached = sqlc.arg(reached),
    changed = (
        SELECT coalesce(max(c.changed), 0) + 1 FROM contacts c WHERE c.campaign = contacts.campaign AND c.changed > 0
    )
WHERE contacts.id = sqlc.arg(id);

-- name: GetContact :one
SELECT * FROM contacts WHERE id = sqlc.arg(id);

-- name: Blocked :one
SELECT EXISTS (
    SELECT 1 FROM do_not_call d
    WHERE d.number = sqlc.arg(number) AND d.campaign IN (0, sqlc.arg(campaign)) AND (d.expires = 0 OR d.expires > sqlc.arg(now))
    UNION ALL
    SELECT 1 FROM do_not_call_lists l
    WHERE NOT l.hidden AND (l.expires = 0 OR l.expires > sqlc.arg(now)) AND (
        SELECT r.last FROM do_not_call_ranges r
        WHERE r.list = l.id AND r.first <= CAST(sqlc.arg(number) AS INTEGER) ORDER BY r.first DESC LIMIT 1
    ) >= CAST(sqlc.arg(number) AS INTEGER)
) AS blocked;

-- OpenAfter gives rows that may still be called, in the order of their ids and
-- with no other index, so that none is sorted.
-- name: OpenAfter :many
SELECT sqlc.embed(contacts), EXISTS (
    SELECT 1 FROM do_not_call d
    WHERE d.number = contacts.number AND d.campaign IN (0, contacts.campaign) AND (d.expires = 0 OR d.expires > sqlc.arg(now))
    UNION ALL
    SELECT 1 FROM do_not_call_lists l
    WHERE NOT l.hidden AND (l.expires = 0 OR l.expires > sqlc.arg(now)) AND (
        SELECT r.last FROM do_not_call_ranges r
        WHERE r.list = l.id AND r.first <= CAST(contacts.number AS INTEGER) ORDER BY r.first DESC LIMIT 1
    ) >= CAST(contacts.number AS INTEGER)
) AS do_not_call
FROM contacts
WHERE +contacts.campaign = sqlc.arg(campaign) AND contacts.id > sqlc.arg(after) AND contacts.id <= sqlc.arg(newest)
  AND +contacts.status IN ('ready', 'waiting')
ORDER BY contacts.id LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- LastOpen is the last of them, zero if there are none.
-- name: LastOpen :one
SELECT CAST(coalesce(max(id), 0) AS INTEGER) AS newest FROM contacts
WHERE campaign = sqlc.arg(campaign) AND status IN ('ready', 'waiting');

-- Standing counts the other rows by why; most duplicates differ in the row
-- that they are of, which does not matter here.
-- name: Standing :many
SELECT status,
    CAST(coalesce(json_extract(nullif(why, ''), '$.code'), '') AS TEXT) AS code,
    CAST(coalesce(json_extract(nullif(why, ''), '$.problem'), '') AS TEXT) AS problem,
    CAST(coalesce(json_extract(nullif(why, ''), '$.rule'), '') AS TEXT) AS rule,
    CAST(coalesce(json_extract(nullif(why, ''), '$.outcome'), '') AS TEXT) AS outcome,
    count(*) AS n
FROM contacts
WHERE campaign = sqlc.arg(campaign) AND status = 'skipped'
GROUP BY 1, 2, 3, 4, 5;
