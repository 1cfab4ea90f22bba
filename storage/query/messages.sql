-- name: PutMessage :exec
INSERT INTO messages (id, message, kept) VALUES (sqlc.arg(id), sqlc.arg(message), sqlc.arg(kept))
ON CONFLICT (id) DO UPDATE SET kept = excluded.kept;

-- name: GetMessage :one
SELECT message FROM messages WHERE id = sqlc.arg(id);

-- name: DropMessages :exec
DELETE FROM messages
WHERE messages.kept < sqlc.arg(before) AND NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.flow = 'built:' || messages.id);

-- name: PutRecording :exec
INSERT INTO recordings (id, sound, kept) VALUES (sqlc.arg(id), sqlc.arg(sound), sqlc.arg(kept))
ON CONFLICT (id) DO UPDATE SET kept = excluded.kept;

-- name: GetRecording :one
SELECT sound FROM recordings WHERE id = sqlc.arg(id);

-- name: DropRecordings :exec
DELETE FROM recordings
WHERE recordings.kept < sqlc.arg(before)
    AND NOT EXISTS (SELECT 1 FROM messages m WHERE instr(m.message, '"id":"' || recordings.id || '"') > 0);

-- name: SetFlow :execrows
UPDATE campaigns SET flow = sqlc.arg(flow) WHERE id = sqlc.arg(id) AND NOT hidden;
