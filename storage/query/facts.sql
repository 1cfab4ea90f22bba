-- name: AttemptsOfContacts :many
SELECT * FROM attempts WHERE contact IN (sqlc.slice(contacts)) ORDER BY id;

-- PastCalls gives real calls to numbers that ended after since or are under way,
-- as Ringing says; of those whose end nobody knows, when they were begun. Those
-- at which no phone can have rung are left out.
-- name: PastCalls :many
SELECT a.number, a.campaign, a.contact, a.begun, a.outcome, CAST(CASE
    WHEN a.ended <> 0 THEN a.ended
    WHEN r.status IN ('sending', 'queued', 'calling') AND (c.state = 'running' OR a.begun > sqlc.arg(ringing)) THEN 0
    ELSE a.begun
END AS INTEGER) AS ended
FROM attempts a
JOIN contacts r ON r.id = a.contact
JOIN campaigns c ON c.id = a.campaign
WHERE NOT a.practice AND a.number IN (sqlc.slice(numbers)) AND (a.ended = 0 OR a.ended >= sqlc.arg(since))
  AND (a.ended = 0 OR a.outcome <> '' OR a.why LIKE '{"code":"outcome"%')
ORDER BY a.id;

-- RehearsedCalls gives the calls of a practice campaign, of which no other one's
-- count, in the way of PastCalls.
-- name: RehearsedCalls :many
SELECT a.number, a.campaign, a.contact, a.begun, a.outcome, CAST(CASE
    WHEN a.ended <> 0 THEN a.ended
    WHEN r.status IN ('sending', 'queued', 'calling') THEN 0
    ELSE a.begun
END AS INTEGER) AS ended
FROM attempts a
JOIN contacts r ON r.id = a.contact
WHERE a.practice AND a.campaign = sqlc.arg(campaign) AND a.number IN (sqlc.slice(numbers)) AND (a.ended = 0 OR a.ended >= sqlc.arg(since))
  AND (a.ended = 0 OR a.outcome <> '' OR a.why LIKE '{"code":"outcome"%')
ORDER BY +a.id;

-- name: Consenting :many
SELECT number FROM consents WHERE number IN (sqlc.slice(numbers)) AND given;

-- name: PutConsent :exec
INSERT INTO consents (number, given, campaign, contact, source, at)
VALUES (sqlc.arg(number), sqlc.arg(given), sqlc.arg(campaign), sqlc.arg(contact), sqlc.arg(source), sqlc.arg(at))
ON CONFLICT (number) DO UPDATE
SET given = excluded.given, campaign = excluded.campaign, contact = excluded.contact, source = excluded.source, at = excluded.at
WHERE excluded.at >= consents.at;

-- WaitingAfter gives waiting rows in the order of their ids.
-- name: WaitingAfter :many
SELECT id, CAST(coalesce(json_extract(nullif(why, ''), '$.code'), '') AS TEXT) AS code FROM contacts
WHERE campaign = sqlc.arg(campaign) AND id > sqlc.arg(after) AND +status = 'waiting'
ORDER BY id LIMIT CAST(sqlc.arg(n) AS INTEGER);

-- name: WakeContacts :exec
UPDATE contacts SET next_at = sqlc.arg(now) WHERE id IN (sqlc.slice(ids)) AND status = 'waiting';
