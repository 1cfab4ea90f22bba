-- name: GetList :one
SELECT * FROM lists WHERE name = sqlc.arg(name);

-- name: PutList :one
INSERT INTO lists (name, content, cleaned) VALUES (sqlc.arg(name), sqlc.arg(content), sqlc.arg(cleaned))
ON CONFLICT (name) DO UPDATE SET content = excluded.content, cleaned = excluded.cleaned
RETURNING id;

-- name: LatestBroadcast :one
SELECT * FROM broadcasts WHERE list = sqlc.arg(list) AND made ORDER BY id DESC LIMIT 1;

-- name: ReachedRows :many
SELECT r.content FROM broadcasts b JOIN broadcast_rows r ON r.broadcast = b.id
WHERE b.name = sqlc.arg(name) AND b.started >= sqlc.arg(since) AND r.state = 'done'
  AND r.outcome IN ('reached', 'no_transfer')
ORDER BY r.broadcast, r.n;

-- name: NewestBroadcast :one
SELECT CAST(coalesce(max(id), 0) AS INTEGER) FROM broadcasts;

-- What a crash left of campaigns that were never made.
-- name: UnmadeBroadcasts :many
SELECT id FROM broadcasts WHERE NOT made AND started < sqlc.arg(before);

-- name: DeleteBroadcast :exec
DELETE FROM broadcasts WHERE id = sqlc.arg(id);

-- name: DeleteBroadcastRows :exec
DELETE FROM broadcast_rows WHERE broadcast = sqlc.arg(broadcast);

-- name: PutBroadcast :exec
INSERT INTO broadcasts (id, list, name, started, finished, made, content)
VALUES (sqlc.arg(id), sqlc.arg(list), sqlc.arg(name), sqlc.arg(started), sqlc.arg(finished), sqlc.arg(made), sqlc.arg(content))
ON CONFLICT (id) DO UPDATE SET finished = excluded.finished, made = excluded.made, content = excluded.content;

-- name: GetBroadcast :one
SELECT * FROM broadcasts WHERE id = sqlc.arg(id) AND made;

-- name: OpenBroadcasts :many
SELECT * FROM broadcasts WHERE NOT finished AND made ORDER BY id;

-- name: PutBroadcastRow :exec
INSERT INTO broadcast_rows (broadcast, n, state, next, aside, outcome, opt_out, content)
VALUES (sqlc.arg(broadcast), sqlc.arg(n), sqlc.arg(state), sqlc.arg(next), sqlc.arg(aside), sqlc.arg(outcome), sqlc.arg(opt_out), sqlc.arg(content))
ON CONFLICT (broadcast, n) DO UPDATE SET state = excluded.state, next = excluded.next, aside = excluded.aside,
    outcome = excluded.outcome, opt_out = excluded.opt_out, content = excluded.content;

-- name: WithdrawBroadcastRows :exec
UPDATE broadcast_rows SET state = 'withdrawn' WHERE broadcast = sqlc.arg(broadcast) AND state = 'ready';

-- next + 0 keeps SQLite from the index by next, which would sort all that is due.
-- name: DueBroadcastRows :many
SELECT * FROM broadcast_rows
WHERE broadcast = sqlc.arg(broadcast) AND state = 'ready' AND next + 0 <= CAST(sqlc.arg(now) AS INTEGER) ORDER BY n LIMIT sqlc.arg(most);

-- name: NextBroadcastRow :one
SELECT next FROM broadcast_rows
WHERE broadcast = sqlc.arg(broadcast) AND state = 'ready' AND next > sqlc.arg(now) ORDER BY next LIMIT 1;

-- name: CallingBroadcastRows :many
SELECT * FROM broadcast_rows WHERE broadcast = sqlc.arg(broadcast) AND state = 'calling' ORDER BY n;

-- name: BroadcastRows :many
SELECT * FROM broadcast_rows WHERE broadcast = sqlc.arg(broadcast) AND n >= sqlc.arg(start) ORDER BY n LIMIT sqlc.arg(most);

-- name: TallyBroadcastRows :many
SELECT state, aside, outcome, opt_out, count(*) AS people FROM broadcast_rows
WHERE broadcast = sqlc.arg(broadcast) GROUP BY state, aside, outcome, opt_out;
