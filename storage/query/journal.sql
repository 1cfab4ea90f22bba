-- A limit is cast so that SQLite does not plan a statement anew for each value
-- of it, which takes several times as long as a claim.

-- name: ClaimDue :many
UPDATE jobs SET state = 'claimed', owner = sqlc.arg(owner), lease = sqlc.arg(lease)
WHERE id IN (
    SELECT j.id FROM jobs j
    WHERE j.state = 'queued' AND j.priority = sqlc.arg(priority) AND j.due <= sqlc.arg(now) AND j.expires > sqlc.arg(now)
    ORDER BY j.due, j.id LIMIT CAST(sqlc.arg(n) AS INTEGER)
)
RETURNING *;

-- name: ClaimExpired :many
UPDATE jobs SET state = 'claimed', owner = sqlc.arg(owner), lease = sqlc.arg(lease)
WHERE id IN (
    SELECT j.id FROM jobs j
    WHERE j.state = 'queued' AND j.expires <= sqlc.arg(now)
    ORDER BY j.expires, j.id LIMIT CAST(sqlc.arg(n) AS INTEGER)
)
RETURNING *;

-- name: DialJob :one
UPDATE jobs SET state = 'dialling', lease = sqlc.arg(lease)
WHERE id = sqlc.arg(id) AND owner = sqlc.arg(owner) AND state = 'claimed'
RETURNING *;

-- name: RenewJob :execrows
UPDATE jobs SET lease = sqlc.arg(lease)
WHERE id = sqlc.arg(id) AND owner = sqlc.arg(owner) AND state = 'dialling';

-- name: InsertDial :exec
INSERT INTO dials (phone, reqid, reference, at)
VALUES (sqlc.arg(phone), sqlc.arg(reqid), sqlc.arg(reference), sqlc.arg(at));

-- name: ListDials :many
SELECT * FROM dials ORDER BY id;

-- name: SettleJob :exec
UPDATE jobs
SET state = sqlc.arg(state), due = sqlc.arg(due), attempts = sqlc.arg(attempts), dialled = sqlc.arg(dialled),
    remove = sqlc.arg(remove), ended = sqlc.arg(ended), owner = '', lease = 0
WHERE id = sqlc.arg(id);

-- name: Requeue :exec
UPDATE jobs SET state = 'queued', owner = '', lease = 0
WHERE owner <> '' AND state = 'claimed'
  AND ((owner = sqlc.arg(owner) AND CAST(sqlc.arg(own) AS BOOLEAN)) OR (owner <> sqlc.arg(owner) AND lease <= sqlc.arg(now)));

-- name: TakeOver :many
UPDATE jobs SET owner = sqlc.arg(owner), lease = sqlc.arg(lease)
WHERE owner <> '' AND state = 'dialling'
  AND ((owner = sqlc.arg(owner) AND CAST(sqlc.arg(own) AS BOOLEAN)) OR (owner <> sqlc.arg(owner) AND lease <= sqlc.arg(now)))
RETURNING *;

-- name: NextJobs :one
SELECT CAST(coalesce((SELECT due FROM jobs WHERE state = 'queued' AND priority = 1 ORDER BY due LIMIT 1), 0) AS INTEGER) AS high,
       CAST(coalesce((SELECT due FROM jobs WHERE state = 'queued' AND priority = 0 ORDER BY due LIMIT 1), 0) AS INTEGER) AS normal,
       CAST(coalesce((SELECT due FROM jobs WHERE state = 'queued' AND priority = -1 ORDER BY due LIMIT 1), 0) AS INTEGER) AS low,
       CAST(coalesce((SELECT expires FROM jobs WHERE state = 'queued' ORDER BY expires LIMIT 1), 0) AS INTEGER) AS expires;

-- name: Issue :one
UPDATE issued SET last = max(last + 1, CAST(sqlc.arg(now) AS INTEGER)) WHERE one = 1 RETURNING last;

-- name: InsertJob :exec
INSERT INTO jobs (id, request, reference, accepted, due, first_due, expires, state, attempts, dialled, owner, lease, remove, withdrawn, ended,
                  origin, priority, tail)
VALUES (sqlc.arg(id), sqlc.arg(request), sqlc.arg(reference), sqlc.arg(accepted), sqlc.arg(due), sqlc.arg(first_due),
        sqlc.arg(expires), sqlc.arg(state), sqlc.arg(attempts), sqlc.arg(dialled), '', 0, sqlc.arg(remove), FALSE, 0,
        sqlc.arg(origin), sqlc.arg(priority), sqlc.arg(tail));

-- name: GetJob :one
SELECT * FROM jobs WHERE id = sqlc.arg(id);

-- name: JobsAfter :many
SELECT * FROM jobs WHERE id > sqlc.arg(id) ORDER BY id LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: DeleteJob :exec
DELETE FROM jobs WHERE id = sqlc.arg(id);

-- name: WithdrawJob :exec
UPDATE jobs SET withdrawn = TRUE WHERE id = sqlc.arg(id);

-- GetRef gives with a reference the state of its job, nothing if the record is gone.
-- name: GetRef :one
SELECT r.reqid, r.voided, r.expires, CAST(coalesce(j.state, '') AS TEXT) AS state
FROM refs r
LEFT JOIN jobs j ON j.id = r.reqid
WHERE r.reference = sqlc.arg(reference);

-- name: PutRef :exec
INSERT INTO refs (reference, reqid, voided, expires)
VALUES (sqlc.arg(reference), sqlc.arg(reqid), sqlc.arg(voided), sqlc.arg(expires))
ON CONFLICT (reference) DO UPDATE SET reqid = excluded.reqid, voided = excluded.voided, expires = excluded.expires;

-- name: ExpireRef :exec
UPDATE refs SET expires = sqlc.arg(expires) WHERE reference = sqlc.arg(reference) AND reqid = sqlc.arg(reqid);

-- name: NoteChange :exec
INSERT INTO changes (reqid) VALUES (sqlc.arg(reqid));

-- name: ChangesAfter :many
SELECT * FROM changes WHERE seq > sqlc.arg(seq) ORDER BY seq LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: NewestChange :one
SELECT CAST(coalesce(max(seq), 0) AS INTEGER) AS seq FROM changes;

-- name: JobsChanged :many
SELECT * FROM jobs
WHERE id IN (SELECT c.reqid FROM changes c WHERE c.seq > sqlc.arg(after) AND c.seq <= sqlc.arg(last));

-- name: ListQueued :many
SELECT * FROM jobs WHERE state = 'queued' AND priority = sqlc.arg(priority) ORDER BY due, id LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: ListHeld :many
SELECT * FROM jobs WHERE owner <> '' AND state = sqlc.arg(state) ORDER BY due, id LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: ListDone :many
SELECT * FROM jobs WHERE state = 'done' ORDER BY ended DESC, due, id LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- SearchJobs takes the digits last one first and the end of their range.
-- name: SearchJobs :many
SELECT * FROM jobs
WHERE id IN (
    SELECT j.id FROM jobs j
    WHERE j.tail >= sqlc.arg(tail) AND j.tail < sqlc.arg(beyond)
    ORDER BY j.id DESC LIMIT CAST(sqlc.arg(n) AS INTEGER)
)
ORDER BY id DESC;

-- name: CountJobs :many
SELECT state, n FROM counts WHERE n > 0;

-- name: OldJobs :many
SELECT * FROM jobs WHERE state = 'done' AND ended < sqlc.arg(before) ORDER BY ended LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: DeleteOldRefs :execrows
DELETE FROM refs WHERE reference IN (
    SELECT r.reference FROM refs r WHERE r.expires > 0 AND r.expires <= sqlc.arg(now) ORDER BY r.expires LIMIT CAST(sqlc.arg(n) AS INTEGER)
);

-- DeleteOldDials looks at the first n dials only: they are in the order of time.
-- name: DeleteOldDials :execrows
DELETE FROM dials
WHERE dials.id < (SELECT min(d.id) FROM dials d) + CAST(sqlc.arg(n) AS INTEGER) AND dials.at < sqlc.arg(before);

-- DeleteOldChanges drops n from the front, but none of the last that are kept.
-- name: DeleteOldChanges :execrows
DELETE FROM changes
WHERE changes.seq < (SELECT min(c.seq) FROM changes c) + CAST(sqlc.arg(n) AS INTEGER)
  AND changes.seq <= (SELECT max(c.seq) FROM changes c) - CAST(sqlc.arg(keep) AS INTEGER);
