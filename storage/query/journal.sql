-- name: ClaimDue :many
UPDATE jobs SET state = 'claimed', owner = sqlc.arg(owner), lease = sqlc.arg(lease)
WHERE id IN (
    SELECT j.id FROM jobs j
    WHERE j.state = 'queued' AND j.due <= sqlc.arg(now) AND j.expires > sqlc.arg(now)
    ORDER BY j.due, j.id LIMIT sqlc.arg(n)
)
RETURNING *;

-- name: ClaimExpired :many
UPDATE jobs SET state = 'claimed', owner = sqlc.arg(owner), lease = sqlc.arg(lease)
WHERE id IN (
    SELECT j.id FROM jobs j
    WHERE j.state = 'queued' AND j.expires <= sqlc.arg(now)
    ORDER BY j.expires, j.id LIMIT sqlc.arg(n)
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
WHERE state = 'claimed' AND (owner = sqlc.arg(owner) OR lease <= sqlc.arg(now));

-- name: TakeOver :many
UPDATE jobs SET owner = sqlc.arg(owner), lease = sqlc.arg(lease)
WHERE state = 'dialling' AND (owner = sqlc.arg(owner) OR lease <= sqlc.arg(now))
RETURNING *;

-- name: NextJobDue :one
SELECT due FROM jobs WHERE state = 'queued' ORDER BY due LIMIT 1;

-- name: NextJobExpiry :one
SELECT expires FROM jobs WHERE state = 'queued' ORDER BY expires LIMIT 1;

-- name: Issue :one
UPDATE issued SET last = max(last + 1, CAST(sqlc.arg(now) AS INTEGER)) WHERE one = 1 RETURNING last;

-- name: InsertJob :exec
INSERT INTO jobs (id, request, reference, accepted, due, first_due, expires, state, attempts, dialled, owner, lease, remove, withdrawn, ended)
VALUES (sqlc.arg(id), sqlc.arg(request), sqlc.arg(reference), sqlc.arg(accepted), sqlc.arg(due), sqlc.arg(first_due),
        sqlc.arg(expires), sqlc.arg(state), sqlc.arg(attempts), sqlc.arg(dialled), '', 0, sqlc.arg(remove), FALSE, 0);

-- name: GetJob :one
SELECT * FROM jobs WHERE id = sqlc.arg(id);

-- name: JobsAfter :many
SELECT * FROM jobs WHERE id > sqlc.arg(id) ORDER BY id LIMIT sqlc.arg(n);

-- name: DeleteJob :exec
DELETE FROM jobs WHERE id = sqlc.arg(id);

-- name: WithdrawJob :exec
UPDATE jobs SET withdrawn = TRUE WHERE id = sqlc.arg(id);

-- name: GetRef :one
SELECT * FROM refs WHERE reference = sqlc.arg(reference) AND (expires = 0 OR expires > sqlc.arg(now));

-- name: PutRef :exec
INSERT INTO refs (reference, reqid, voided, expires)
VALUES (sqlc.arg(reference), sqlc.arg(reqid), sqlc.arg(voided), sqlc.arg(expires))
ON CONFLICT (reference) DO UPDATE SET reqid = excluded.reqid, voided = excluded.voided, expires = excluded.expires;

-- name: ExpireRef :exec
UPDATE refs SET expires = sqlc.arg(expires) WHERE reference = sqlc.arg(reference) AND reqid = sqlc.arg(reqid);

-- name: DeleteOldJobs :exec
DELETE FROM jobs WHERE state = 'done' AND ended < sqlc.arg(before);

-- name: ExpireLostRefs :exec
UPDATE refs SET expires = sqlc.arg(expires) WHERE expires = 0 AND reqid NOT IN (SELECT id FROM jobs);

-- name: DeleteOldRefs :exec
DELETE FROM refs WHERE expires > 0 AND expires <= sqlc.arg(now);

-- name: DeleteOldDials :exec
DELETE FROM dials WHERE at < sqlc.arg(before) AND reqid NOT IN (SELECT id FROM jobs);
