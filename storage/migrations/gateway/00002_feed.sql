-- What it takes to follow calls and to look at them: where a request came
-- from, its priority, the log of changes, the ends of numbers, and how many
-- jobs are in each state.

-- +goose Up
ALTER TABLE jobs ADD COLUMN origin TEXT NOT NULL DEFAULT '';     -- address of who asked, '' for this machine
ALTER TABLE jobs ADD COLUMN priority INTEGER NOT NULL DEFAULT 0; -- 1, 0 or -1
ALTER TABLE jobs ADD COLUMN tail TEXT NOT NULL DEFAULT '';       -- the number's digits, last one first

-- The digits as gateway.Phone.Digits has them: up to a pause or a key.
UPDATE jobs SET tail = (
    WITH RECURSIVE walk (rest, digits) AS (
        SELECT coalesce(json_extract(jobs.request, '$.Phone'), ''), ''
        UNION ALL
        SELECT substr(rest, 2), CASE WHEN substr(rest, 1, 1) BETWEEN '0' AND '9' THEN substr(rest, 1, 1) ELSE '' END || digits
        FROM walk
        WHERE rest <> '' AND instr(',*#', substr(rest, 1, 1)) = 0
    )
    SELECT digits FROM walk ORDER BY length(rest) LIMIT 1
);

-- The queue in its order. With id and expires in it, a claim reads no row
-- that it does not take.
DROP INDEX jobs_due;
CREATE INDEX jobs_queue ON jobs (priority, due, id, expires) WHERE state = 'queued';
DROP INDEX jobs_held;
CREATE INDEX jobs_held ON jobs (owner) WHERE owner <> '';
CREATE INDEX jobs_tail ON jobs (tail);

-- Every change that others follow, oldest first. The numbers have no gaps, and
-- entries are dropped from the front only.
CREATE TABLE changes (
    seq   INTEGER PRIMARY KEY AUTOINCREMENT,
    reqid INTEGER NOT NULL
);

-- How many jobs are in each state, kept by the triggers below.
CREATE TABLE counts (
    state TEXT PRIMARY KEY,
    n     INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counts (state, n) VALUES ('queued', 0), ('claimed', 0), ('dialling', 0), ('done', 0);
UPDATE counts SET n = (SELECT count(*) FROM jobs WHERE jobs.state = counts.state);

-- +goose StatementBegin
CREATE TRIGGER jobs_come AFTER INSERT ON jobs
BEGIN
    UPDATE counts SET n = n + 1 WHERE state = new.state;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER jobs_move AFTER UPDATE OF state ON jobs WHEN new.state <> old.state
BEGIN
    UPDATE counts SET n = n - 1 WHERE state = old.state;
    UPDATE counts SET n = n + 1 WHERE state = new.state;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER jobs_go AFTER DELETE ON jobs
BEGIN
    UPDATE counts SET n = n - 1 WHERE state = old.state;
END;
-- +goose StatementEnd
