-- name: InsertAttempt :one
INSERT INTO attempts (campaign, contact, row, name, number, reference, gateway, reqid, practice, begun, sent, ended, outcome, why, answers)
VALUES (sqlc.arg(campaign), sqlc.arg(contact), sqlc.arg(row), sqlc.arg(name), sqlc.arg(number), sqlc.arg(reference),
        sqlc.arg(gateway), 0, sqlc.arg(practice), sqlc.arg(begun), 0, 0, '', '', '')
RETURNING id;

-- name: Underway :one
SELECT EXISTS (
    SELECT 1 FROM attempts WHERE contact = sqlc.arg(contact) AND ended = 0
) AS underway;

-- Ringing tells whether a campaign is calling that number right now. In one that
-- was paused or stopped, what was begun before since has ended by itself.
-- name: Ringing :one
SELECT EXISTS (
    SELECT 1
    FROM attempts a
    JOIN contacts r ON r.id = a.contact AND r.status IN ('sending', 'queued', 'calling')
    JOIN campaigns c ON c.id = a.campaign AND NOT c.practice AND (c.state = 'running' OR a.begun > sqlc.arg(since))
    WHERE a.number = sqlc.arg(number) AND NOT a.practice AND a.ended = 0
) AS ringing;

-- Rehearsing is Ringing for a practice campaign, in which only its own calls count.
-- name: Rehearsing :one
SELECT EXISTS (
    SELECT 1
    FROM attempts a
    JOIN contacts r ON r.id = a.contact AND r.status IN ('sending', 'queued', 'calling')
    WHERE a.campaign = sqlc.arg(campaign) AND a.number = sqlc.arg(number) AND a.practice AND a.ended = 0
) AS ringing;

-- name: GetAttempt :one
SELECT * FROM attempts WHERE id = sqlc.arg(id);

-- name: SendAttempt :exec
UPDATE attempts SET reqid = sqlc.arg(reqid), sent = sqlc.arg(sent) WHERE id = sqlc.arg(id);

-- name: SettleAttempt :exec
UPDATE attempts
SET ended = sqlc.arg(ended), outcome = sqlc.arg(outcome), why = sqlc.arg(why), answers = sqlc.arg(answers)
WHERE id = sqlc.arg(id);

-- name: OpenAttempts :many
SELECT sqlc.embed(a)
FROM attempts a
JOIN contacts r ON r.id = a.contact
WHERE a.campaign = sqlc.arg(campaign) AND a.ended = 0
  AND (r.status <> 'doubt' OR json_extract(nullif(r.why, ''), '$.code') = 'silent')
ORDER BY a.id;

-- name: AttemptsOfCampaign :many
SELECT * FROM attempts WHERE campaign = sqlc.arg(campaign) ORDER BY id;

-- name: AttemptsOfContact :many
SELECT * FROM attempts WHERE campaign = sqlc.arg(campaign) AND contact = sqlc.arg(contact) ORDER BY id;

-- name: HasAttempts :one
SELECT EXISTS (SELECT 1 FROM attempts WHERE campaign = sqlc.arg(campaign)) AS tried;

-- HowCallsEnded sums up the newest calls of a campaign.
-- name: HowCallsEnded :many
SELECT outcome, count(*) AS calls, CAST(sum(ended - sent) AS INTEGER) AS length FROM (
    SELECT a.outcome, a.ended, a.sent FROM attempts a
    WHERE a.campaign = sqlc.arg(campaign) AND a.ended > 0 AND a.sent > 0 AND a.ended >= a.sent
    ORDER BY a.id DESC LIMIT CAST(sqlc.arg(n) AS INTEGER)
)
GROUP BY outcome;

-- HowRealCallsEnded sums up the newest calls that rang phones.
-- name: HowRealCallsEnded :many
SELECT outcome, count(*) AS calls, CAST(sum(ended - sent) AS INTEGER) AS length FROM (
    SELECT a.outcome, a.ended, a.sent FROM attempts a
    WHERE NOT a.practice AND a.ended > 0 AND a.sent > 0 AND a.ended >= a.sent
    ORDER BY a.id DESC LIMIT CAST(sqlc.arg(n) AS INTEGER)
)
GROUP BY outcome;

-- EndedBySlot counts the calls that ended from a moment to another by stretches
-- of time of one length.
-- name: EndedBySlot :many
SELECT CAST((ended - CAST(sqlc.arg(since) AS INTEGER)) / CAST(sqlc.arg(every) AS INTEGER) AS INTEGER) AS slot, outcome, count(*) AS calls FROM attempts
WHERE campaign = sqlc.arg(campaign) AND ended >= sqlc.arg(since) AND ended < sqlc.arg(till)
GROUP BY 1, 2;
