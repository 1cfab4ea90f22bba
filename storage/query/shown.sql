-- The queries by which the do-not-call list is shown, however long it is: where
-- the entry stands that comes so many after another one, how many there are from
-- one on, and these entries themselves. What is found is said in each of them.

-- name: DoNotCallKey :one
SELECT d.added, d.number, d.campaign FROM do_not_call d
WHERE (CAST(sqlc.arg(way) AS TEXT) = '' OR d.way = sqlc.arg(way))
  AND (CAST(sqlc.arg(search) AS TEXT) = '' OR (CAST(sqlc.arg(digits) AS TEXT) <> '' AND instr(d.number, sqlc.arg(digits)) > 0)
       OR instr(lower(d.source), lower(sqlc.arg(search))) > 0 OR instr(lower(d.reason), lower(sqlc.arg(search))) > 0
       OR EXISTS (
           SELECT 1 FROM consents s JOIN campaigns c ON c.id = s.campaign
           WHERE s.number = d.number AND d.way = 'key' AND instr(lower(c.name), lower(sqlc.arg(search))) > 0
       ))
  AND d.added <= sqlc.arg(added)
  AND (d.added < sqlc.arg(added) OR d.number > sqlc.arg(number) OR (d.number = sqlc.arg(number) AND d.campaign >= sqlc.arg(campaign)))
ORDER BY d.added DESC, d.number, d.campaign LIMIT 1 OFFSET CAST(sqlc.arg(after) AS INTEGER);

-- name: CountDoNotCallFrom :one
SELECT count(*) AS n FROM do_not_call d
WHERE (CAST(sqlc.arg(way) AS TEXT) = '' OR d.way = sqlc.arg(way))
  AND (CAST(sqlc.arg(search) AS TEXT) = '' OR (CAST(sqlc.arg(digits) AS TEXT) <> '' AND instr(d.number, sqlc.arg(digits)) > 0)
       OR instr(lower(d.source), lower(sqlc.arg(search))) > 0 OR instr(lower(d.reason), lower(sqlc.arg(search))) > 0
       OR EXISTS (
           SELECT 1 FROM consents s JOIN campaigns c ON c.id = s.campaign
           WHERE s.number = d.number AND d.way = 'key' AND instr(lower(c.name), lower(sqlc.arg(search))) > 0
       ))
  AND d.added <= sqlc.arg(added)
  AND (d.added < sqlc.arg(added) OR d.number > sqlc.arg(number) OR (d.number = sqlc.arg(number) AND d.campaign >= sqlc.arg(campaign)));

-- name: DoNotCallFrom :many
SELECT sqlc.embed(d), CAST(coalesce((
    SELECT c.name FROM campaigns c WHERE c.id = CASE
        WHEN d.campaign <> 0 THEN d.campaign
        WHEN d.way = 'key' THEN (SELECT s.campaign FROM consents s WHERE s.number = d.number AND NOT s.given)
    END
), '') AS TEXT) AS said_in
FROM do_not_call d
WHERE (CAST(sqlc.arg(way) AS TEXT) = '' OR d.way = sqlc.arg(way))
  AND (CAST(sqlc.arg(search) AS TEXT) = '' OR (CAST(sqlc.arg(digits) AS TEXT) <> '' AND instr(d.number, sqlc.arg(digits)) > 0)
       OR instr(lower(d.source), lower(sqlc.arg(search))) > 0 OR instr(lower(d.reason), lower(sqlc.arg(search))) > 0
       OR EXISTS (
           SELECT 1 FROM consents s JOIN campaigns c ON c.id = s.campaign
           WHERE s.number = d.number AND d.way = 'key' AND instr(lower(c.name), lower(sqlc.arg(search))) > 0
       ))
  AND d.added <= sqlc.arg(added)
  AND (d.added < sqlc.arg(added) OR d.number > sqlc.arg(number) OR (d.number = sqlc.arg(number) AND d.campaign >= sqlc.arg(campaign)))
ORDER BY d.added DESC, d.number, d.campaign LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: CountByWay :many
SELECT way, count(*) AS n FROM do_not_call GROUP BY way;

-- name: RangeKey :one
SELECT first FROM do_not_call_ranges
WHERE list = sqlc.arg(list) AND first >= sqlc.arg(first) ORDER BY first LIMIT 1 OFFSET CAST(sqlc.arg(after) AS INTEGER);

-- name: CountRangesFrom :one
SELECT count(*) AS n FROM do_not_call_ranges WHERE list = sqlc.arg(list) AND first >= sqlc.arg(first);

-- name: RangesFrom :many
SELECT first, last FROM do_not_call_ranges
WHERE list = sqlc.arg(list) AND first >= sqlc.arg(first) ORDER BY first LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: RangesBefore :one
SELECT count(*) AS n FROM do_not_call_ranges WHERE list = sqlc.arg(list) AND last < sqlc.arg(number);

-- name: CountDoubts :one
SELECT CAST(coalesce(sum(t.n), 0) AS INTEGER) AS n
FROM tallies t JOIN campaigns c ON c.id = t.campaign AND NOT c.hidden
WHERE t.status = 'doubt';

-- InDoubt gives the rows in doubt of all campaigns, the newest campaign first.
-- name: InDoubt :many
SELECT r.id
FROM campaigns c
JOIN tallies t ON t.campaign = c.id AND t.status = 'doubt' AND t.n > 0
JOIN contacts r ON r.campaign = c.id AND r.status = 'doubt'
WHERE NOT c.hidden
ORDER BY c.id DESC, r.id;

-- name: OpenOf :many
SELECT * FROM attempts WHERE contact IN (sqlc.slice(contacts)) AND ended = 0 ORDER BY id;

-- name: CountAnswers :many
SELECT CAST(coalesce(json_extract(a.value, '$.name'), '') AS TEXT) AS name,
       CAST(coalesce(json_extract(a.value, '$.value'), '') AS TEXT) AS value, count(DISTINCT r.id) AS n
FROM contacts r, json_each(r.answers) a
WHERE r.campaign = sqlc.arg(campaign) AND r.status = 'reached' AND r.answers > ''
GROUP BY 1, 2;

-- name: CountSilent :one
SELECT count(*) FROM contacts WHERE campaign = sqlc.arg(campaign) AND status = 'reached' AND answers = '';

-- name: Answered :many
SELECT r.id FROM contacts r
WHERE r.campaign = sqlc.arg(campaign) AND r.status = 'reached' AND r.answers > '' AND EXISTS (
    SELECT 1 FROM json_each(r.answers) a
    WHERE json_extract(a.value, '$.name') = CAST(sqlc.arg(name) AS TEXT) AND json_extract(a.value, '$.value') = CAST(sqlc.arg(value) AS TEXT)
)
ORDER BY r.id;

-- name: Silent :many
SELECT id FROM contacts WHERE campaign = sqlc.arg(campaign) AND status = 'reached' AND answers = '' ORDER BY id;

-- CallsByTime counts the calls that ended, by the slot of time in which they
-- were begun and by how they went.
-- name: CallsByTime :many
SELECT CAST(begun / CAST(sqlc.arg(slot) AS INTEGER) AS INTEGER) AS slot, outcome, count(*) AS n
FROM attempts
WHERE campaign = sqlc.arg(campaign) AND ended > 0 AND begun > 0
GROUP BY 1, 2 ORDER BY 1;
