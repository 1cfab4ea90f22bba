-- Block adds an entry. One that is there stays, unless the new one holds longer.
-- name: Block :exec
INSERT INTO do_not_call (number, campaign, way, source, reason, added, expires)
VALUES (sqlc.arg(number), sqlc.arg(campaign), sqlc.arg(way), sqlc.arg(source), sqlc.arg(reason), sqlc.arg(added), sqlc.arg(expires))
ON CONFLICT (number, campaign) DO UPDATE
SET way = excluded.way, source = excluded.source, reason = excluded.reason, added = excluded.added, expires = excluded.expires
WHERE do_not_call.way <> 'key'
  AND (excluded.way = 'key' OR (do_not_call.expires <> 0 AND (excluded.expires = 0 OR excluded.expires > do_not_call.expires)));

-- name: Unblock :execrows
DELETE FROM do_not_call WHERE number = sqlc.arg(number);

-- name: Unlist :execrows
DELETE FROM do_not_call WHERE number = sqlc.arg(number) AND campaign = sqlc.arg(campaign) AND way <> 'key';

-- name: Listed :one
SELECT EXISTS (SELECT 1 FROM do_not_call WHERE number = sqlc.arg(number) AND campaign = sqlc.arg(campaign)) AS listed;

-- name: DoNotCallEntries :many
SELECT * FROM do_not_call
WHERE number >= sqlc.arg(after) AND (number > sqlc.arg(after) OR campaign > sqlc.arg(after_campaign))
  AND (CAST(sqlc.arg(search) AS TEXT) = '' OR instr(number, sqlc.arg(digits)) > 0
       OR instr(lower(source), lower(CAST(sqlc.arg(search) AS TEXT))) > 0 OR instr(lower(reason), lower(CAST(sqlc.arg(search) AS TEXT))) > 0)
ORDER BY number, campaign LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: CountDoNotCall :one
SELECT count(*) FROM do_not_call
WHERE CAST(sqlc.arg(search) AS TEXT) = '' OR instr(number, sqlc.arg(digits)) > 0
   OR instr(lower(source), lower(CAST(sqlc.arg(search) AS TEXT))) > 0 OR instr(lower(reason), lower(CAST(sqlc.arg(search) AS TEXT))) > 0;

-- name: InsertList :one
INSERT INTO do_not_call_lists (kind, source, file, reason, areas, dated, added, expires, n, hidden)
VALUES (sqlc.arg(kind), sqlc.arg(source), sqlc.arg(file), sqlc.arg(reason), sqlc.arg(areas), sqlc.arg(dated), sqlc.arg(added),
        sqlc.arg(expires), 0, TRUE)
RETURNING id;

-- name: ShowList :exec
UPDATE do_not_call_lists SET hidden = FALSE, n = sqlc.arg(n), areas = sqlc.arg(areas), dated = sqlc.arg(dated) WHERE id = sqlc.arg(id);

-- name: HideList :execrows
UPDATE do_not_call_lists SET hidden = TRUE WHERE id = sqlc.arg(id) AND NOT hidden;

-- name: OlderLists :many
SELECT id FROM do_not_call_lists WHERE source = sqlc.arg(source) AND kind = sqlc.arg(kind) AND id < sqlc.arg(id) AND NOT hidden;

-- name: DoNotCallLists :many
SELECT * FROM do_not_call_lists WHERE NOT hidden ORDER BY id;

-- name: GetDoNotCallList :one
SELECT * FROM do_not_call_lists WHERE id = sqlc.arg(id);

-- ListsWith gives the lists that a number stands on, also those that do not
-- count any more.
-- name: ListsWith :many
SELECT sqlc.embed(l) FROM do_not_call_lists l
WHERE NOT l.hidden AND (
    SELECT r.last FROM do_not_call_ranges r
    WHERE r.list = l.id AND r.first <= CAST(sqlc.arg(number) AS INTEGER) ORDER BY r.first DESC LIMIT 1
) >= CAST(sqlc.arg(number) AS INTEGER)
ORDER BY l.id;

-- name: EntriesOf :many
SELECT * FROM do_not_call WHERE number = sqlc.arg(number) ORDER BY campaign;

-- name: RangesOf :many
SELECT first, last FROM do_not_call_ranges
WHERE list = sqlc.arg(list) AND first > sqlc.arg(after) ORDER BY first LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: HiddenLists :many
SELECT id FROM do_not_call_lists WHERE hidden;

-- name: DeleteRanges :execrows
DELETE FROM do_not_call_ranges
WHERE do_not_call_ranges.list = sqlc.arg(list) AND do_not_call_ranges.first IN (
    SELECT r.first FROM do_not_call_ranges r WHERE r.list = sqlc.arg(list) ORDER BY r.first LIMIT CAST(sqlc.arg(n) AS INTEGER)
);

-- name: DeleteList :exec
DELETE FROM do_not_call_lists WHERE id = sqlc.arg(id);
