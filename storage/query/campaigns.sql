-- name: InsertCampaign :one
INSERT INTO campaigns (name, state, file, sheet, hash, columns, flow, settings, practice, created, started, ended, why, hidden)
VALUES (sqlc.arg(name), sqlc.arg(state), sqlc.arg(file), sqlc.arg(sheet), sqlc.arg(hash), sqlc.arg(columns), sqlc.arg(flow),
        sqlc.arg(settings), sqlc.arg(practice), sqlc.arg(created), sqlc.arg(started), sqlc.arg(ended), sqlc.arg(why),
        TRUE)
RETURNING id;

-- name: GetCampaign :one
SELECT * FROM campaigns WHERE id = sqlc.arg(id) AND NOT hidden;

-- name: FindCampaign :one
SELECT * FROM campaigns WHERE hash = sqlc.arg(hash) AND flow = sqlc.arg(flow) AND NOT hidden AND NOT copied ORDER BY id DESC LIMIT 1;

-- name: ListCampaigns :many
SELECT * FROM campaigns WHERE NOT hidden ORDER BY id DESC;

-- name: ConfigureCampaign :execrows
UPDATE campaigns
SET name = sqlc.arg(name), flow = sqlc.arg(flow), rethink = rethink OR (started <> 0 AND settings <> sqlc.arg(settings)), settings = sqlc.arg(settings)
WHERE id = sqlc.arg(id);

-- name: SetCampaignState :execrows
UPDATE campaigns
SET state = sqlc.arg(state), why = sqlc.arg(why), practice = sqlc.arg(practice), started = sqlc.arg(started), ended = sqlc.arg(ended),
    rethink = sqlc.arg(rethink), since = CASE WHEN state <> sqlc.arg(state) THEN CAST(sqlc.arg(now) AS INTEGER) ELSE since END
WHERE id = sqlc.arg(id);

-- name: DeleteCampaign :exec
DELETE FROM campaigns WHERE id = sqlc.arg(id);

-- name: HideCampaign :exec
UPDATE campaigns SET hidden = TRUE WHERE id = sqlc.arg(id);

-- name: ShowCampaign :exec
UPDATE campaigns SET hidden = FALSE WHERE id = sqlc.arg(id);

-- name: MoveBlocks :exec
UPDATE do_not_call SET campaign = sqlc.arg(id) WHERE campaign = sqlc.arg(was);

-- name: HiddenCampaigns :many
SELECT id FROM campaigns WHERE hidden;

-- name: DeleteContacts :execrows
DELETE FROM contacts
WHERE id IN (SELECT c.id FROM contacts c WHERE c.campaign = sqlc.arg(campaign) ORDER BY c.row LIMIT CAST(sqlc.arg(n) AS INTEGER));

-- name: DeleteNames :execrows
DELETE FROM names
WHERE names.campaign = sqlc.arg(campaign) AND (names.name, names.contact) IN (
    SELECT n.name, n.contact FROM names n
    WHERE n.campaign = sqlc.arg(campaign) ORDER BY n.name, n.contact LIMIT CAST(sqlc.arg(n) AS INTEGER)
);

-- name: DeleteTally :exec
DELETE FROM tallies WHERE campaign = sqlc.arg(campaign);

-- name: DeleteBlocks :exec
DELETE FROM do_not_call WHERE campaign = sqlc.arg(campaign) AND campaign <> 0;

-- name: InsertTally :exec
INSERT INTO tallies (campaign, status, n) VALUES (sqlc.arg(campaign), sqlc.arg(status), sqlc.arg(n))
ON CONFLICT (campaign, status) DO UPDATE SET n = n + excluded.n;

-- name: Tally :many
SELECT status, n FROM tallies WHERE campaign = sqlc.arg(campaign) AND n > 0;

-- Summaries also tells when the first of those that wait is due.
-- name: Summaries :many
SELECT sqlc.embed(campaigns), CAST(coalesce((
    SELECT w.next_at FROM contacts w WHERE w.campaign = campaigns.id AND w.status = 'waiting' ORDER BY w.next_at LIMIT 1
), 0) AS INTEGER) AS due
FROM campaigns WHERE NOT campaigns.hidden ORDER BY campaigns.id DESC;

-- name: Tallies :many
SELECT * FROM tallies WHERE n > 0;

-- name: ArchiveCampaign :execrows
UPDATE campaigns SET archived = sqlc.arg(archived) WHERE id = sqlc.arg(id) AND NOT hidden;

-- name: CopiedCampaign :exec
UPDATE campaigns SET copied = TRUE WHERE id = sqlc.arg(id);

-- CopyBlocks leaves out who pressed the key for it: that was practice.
-- name: CopyBlocks :exec
INSERT INTO do_not_call (number, campaign, source, added, way, reason, expires)
SELECT d.number, CAST(sqlc.arg(copy) AS INTEGER), d.source, d.added, d.way, d.reason, d.expires
FROM do_not_call d WHERE d.campaign = sqlc.arg(campaign) AND d.campaign <> 0 AND d.way <> 'key';

-- name: KeepForLedger :exec
UPDATE campaigns SET hidden = TRUE, ledger = TRUE WHERE id = sqlc.arg(id);

-- name: IsForLedger :one
SELECT ledger FROM campaigns WHERE id = sqlc.arg(id);

-- RowsUpTo is the last of the n rows after one; 0: there are none.
-- name: RowsUpTo :one
SELECT CAST(coalesce(max(r.row), 0) AS INTEGER) AS upto FROM (
    SELECT c.row FROM contacts c
    WHERE c.campaign = sqlc.arg(campaign) AND c.row > sqlc.arg(after) ORDER BY c.row LIMIT CAST(sqlc.arg(n) AS INTEGER)
) r;

-- CopyContacts copies rows as they were read: ready, or set aside by the import,
-- of which rows that were changed later are recognised by why they are. Of those
-- who must not be called that is so only if the list bars people, as barred says:
-- else it was found out by the calls, and is again. So is who is called in another
-- campaign.
-- name: CopyContacts :exec
INSERT INTO contacts (campaign, row, name, number, zones, cells, external, alternates, hours, priority, consent, status, why)
SELECT CAST(sqlc.arg(copy) AS INTEGER), c.row, c.name, c.number, c.zones, c.cells, c.external, c.alternates, c.hours, c.priority, c.consent,
    CASE WHEN c.status = 'skipped' AND (
        c.changed = 0 AND json_extract(nullif(c.why, ''), '$.code') <> 'elsewhere'
        OR json_extract(nullif(c.why, ''), '$.code') IN ('quarantine', 'duplicate')
        OR json_extract(nullif(c.why, ''), '$.code') IN ('do_not_call', 'no_consent') AND CAST(sqlc.arg(barred) AS BOOLEAN)
    ) THEN 'skipped' ELSE 'ready' END,
    CASE WHEN c.status = 'skipped' AND (
        c.changed = 0 AND json_extract(nullif(c.why, ''), '$.code') <> 'elsewhere'
        OR json_extract(nullif(c.why, ''), '$.code') IN ('quarantine', 'duplicate')
        OR json_extract(nullif(c.why, ''), '$.code') IN ('do_not_call', 'no_consent') AND CAST(sqlc.arg(barred) AS BOOLEAN)
    ) THEN c.why ELSE '' END
FROM contacts c
WHERE c.campaign = sqlc.arg(campaign) AND c.row > sqlc.arg(after) AND c.row <= sqlc.arg(upto) ORDER BY c.row;

-- name: CopyNames :exec
INSERT INTO names (campaign, name, contact)
SELECT c.campaign, c.name, c.id FROM contacts c
WHERE c.campaign = sqlc.arg(copy) AND c.row > sqlc.arg(after) AND c.row <= sqlc.arg(upto) ORDER BY c.name, c.id;

-- name: CopyProblems :exec
INSERT INTO problems (campaign, row, n, contact, which, heading, kind, value, repair, proposal)
SELECT c.campaign, p.row, p.n, c.id, p.which, p.heading, p.kind, p.value, p.repair, p.proposal
FROM problems p JOIN contacts c ON c.campaign = sqlc.arg(copy) AND c.row = p.row
WHERE p.campaign = sqlc.arg(campaign) AND p.row > sqlc.arg(after) AND p.row <= sqlc.arg(upto);

-- name: CountByReason :many
SELECT status, CAST(coalesce(json_extract(nullif(why, ''), '$.code'), '') AS TEXT) AS code, count(*) AS n
FROM contacts WHERE campaign = sqlc.arg(campaign) GROUP BY 1, 2;

-- name: ForgetRehearsals :exec
DELETE FROM attempts WHERE practice AND contact IN (
    SELECT c.id FROM contacts c WHERE c.campaign = sqlc.arg(campaign) AND c.row > sqlc.arg(after) AND c.row <= sqlc.arg(upto)
);

-- name: ForgetAnswers :exec
UPDATE attempts SET answers = '' WHERE answers <> '' AND contact IN (
    SELECT c.id FROM contacts c WHERE c.campaign = sqlc.arg(campaign) AND c.row > sqlc.arg(after) AND c.row <= sqlc.arg(upto)
);

-- name: ForgetContacts :exec
DELETE FROM contacts
WHERE contacts.campaign = sqlc.arg(campaign) AND contacts.row > sqlc.arg(after) AND contacts.row <= sqlc.arg(upto)
  AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.contact = contacts.id);

-- name: ForgetCells :exec
UPDATE contacts SET name = '', cells = '', external = '', alternates = '', hours = '', answers = ''
WHERE campaign = sqlc.arg(campaign) AND row > sqlc.arg(after) AND row <= sqlc.arg(upto) AND cells <> '';
