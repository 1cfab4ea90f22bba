-- name: PutImport :exec
INSERT INTO imports (campaign, import) VALUES (sqlc.arg(campaign), sqlc.arg(import))
ON CONFLICT (campaign) DO UPDATE SET import = excluded.import;

-- name: GetImport :one
SELECT import FROM imports WHERE campaign = sqlc.arg(campaign);

-- name: DeleteImport :exec
DELETE FROM imports WHERE campaign = sqlc.arg(campaign);

-- name: InsertProblem :exec
INSERT INTO problems (campaign, row, n, heading, kind, value, repair, proposal)
VALUES (sqlc.arg(campaign), sqlc.arg(row), sqlc.arg(n), sqlc.arg(heading), sqlc.arg(kind), sqlc.arg(value), sqlc.arg(repair), sqlc.arg(proposal));

-- name: ProblemsOf :many
SELECT * FROM problems WHERE campaign = sqlc.arg(campaign) AND row IN (sqlc.slice(rows)) ORDER BY row, n;

-- name: DeleteProblems :exec
DELETE FROM problems WHERE campaign = sqlc.arg(campaign);

-- name: AmendContact :exec
UPDATE contacts
SET name = sqlc.arg(name), cells = sqlc.arg(cells), external = sqlc.arg(external), alternates = sqlc.arg(alternates),
    status = sqlc.arg(status), why = sqlc.arg(why)
WHERE campaign = sqlc.arg(campaign) AND row = sqlc.arg(row);

-- name: ContactOfRow :one
SELECT * FROM contacts WHERE campaign = sqlc.arg(campaign) AND row = sqlc.arg(row);

-- name: ListCampaign :exec
UPDATE campaigns
SET file = sqlc.arg(file), sheet = sqlc.arg(sheet), hash = sqlc.arg(hash), columns = sqlc.arg(columns)
WHERE id = sqlc.arg(id);
