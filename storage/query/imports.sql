-- name: PutImport :exec
INSERT INTO imports (campaign, import) VALUES (sqlc.arg(campaign), sqlc.arg(import))
ON CONFLICT (campaign) DO UPDATE SET import = excluded.import;

-- name: GetImport :one
SELECT import FROM imports WHERE campaign = sqlc.arg(campaign);

-- name: DeleteImport :exec
DELETE FROM imports WHERE campaign = sqlc.arg(campaign);

-- name: ProblemsOf :many
SELECT * FROM problems WHERE campaign = sqlc.arg(campaign) AND row IN (sqlc.slice(rows)) ORDER BY row, n;

-- name: DeleteProblems :execrows
DELETE FROM problems
WHERE problems.campaign = sqlc.arg(campaign) AND (problems.row, problems.n) IN (
    SELECT p.row, p.n FROM problems p
    WHERE p.campaign = sqlc.arg(campaign) ORDER BY p.row, p.n LIMIT CAST(sqlc.arg(n) AS INTEGER)
);

-- name: AmendContact :exec
UPDATE contacts
SET name = sqlc.arg(name), cells = sqlc.arg(cells), external = sqlc.arg(external), alternates = sqlc.arg(alternates),
    hours = sqlc.arg(hours), priority = sqlc.arg(priority), consent = sqlc.arg(consent), status = sqlc.arg(status), why = sqlc.arg(why)
WHERE id = sqlc.arg(id);

-- name: AmendStatus :exec
UPDATE contacts SET status = sqlc.arg(status), why = sqlc.arg(why) WHERE id = sqlc.arg(id);

-- name: ContactOfRow :one
SELECT * FROM contacts WHERE campaign = sqlc.arg(campaign) AND row = sqlc.arg(row);

-- name: ListCampaign :exec
UPDATE campaigns
SET file = sqlc.arg(file), sheet = sqlc.arg(sheet), hash = sqlc.arg(hash), columns = sqlc.arg(columns)
WHERE id = sqlc.arg(id);

-- name: GetLayout :one
SELECT options FROM layouts WHERE fingerprint = sqlc.arg(fingerprint);

-- name: PutLayout :exec
INSERT INTO layouts (fingerprint, options, used)
VALUES (sqlc.arg(fingerprint), sqlc.arg(options), (SELECT coalesce(max(l.used), 0) + 1 FROM layouts l))
ON CONFLICT (fingerprint) DO UPDATE SET options = excluded.options, used = excluded.used;

-- name: DropLayouts :exec
DELETE FROM layouts WHERE used <= (SELECT l.used FROM layouts l ORDER BY l.used DESC LIMIT 1 OFFSET CAST(sqlc.arg(keep) AS INTEGER));

-- name: UpdateContact :exec
UPDATE contacts
SET name = sqlc.arg(name), number = sqlc.arg(number), zones = sqlc.arg(zones), cells = sqlc.arg(cells),
    external = sqlc.arg(external), alternates = sqlc.arg(alternates), hours = sqlc.arg(hours),
    priority = sqlc.arg(priority), consent = sqlc.arg(consent), changed = sqlc.arg(changed)
WHERE id = sqlc.arg(id);

-- DecideAgain does so for a row that is not being called and was not.
-- name: DecideAgain :exec
UPDATE contacts SET status = sqlc.arg(status), why = sqlc.arg(why), next_at = 0
WHERE id = sqlc.arg(id) AND status IN ('ready', 'waiting', 'skipped');

-- name: ExcludeContact :exec
UPDATE contacts SET status = 'skipped', why = sqlc.arg(why), next_at = 0, changed = sqlc.arg(changed)
WHERE id = sqlc.arg(id) AND status IN ('ready', 'waiting');

-- name: MoveToCampaign :exec
UPDATE contacts SET campaign = sqlc.arg(campaign), row = sqlc.arg(row), why = sqlc.arg(why), changed = sqlc.arg(changed)
WHERE id = sqlc.arg(id);

-- name: InsertName :exec
INSERT INTO names (campaign, name, contact) VALUES (sqlc.arg(campaign), sqlc.arg(name), sqlc.arg(contact)) ON CONFLICT DO NOTHING;

-- name: DeleteProblemsOfRow :exec
DELETE FROM problems WHERE campaign = sqlc.arg(campaign) AND row = sqlc.arg(row);

-- name: RewriteCells :exec
UPDATE contacts SET cells = sqlc.arg(cells) WHERE id = sqlc.arg(id);
