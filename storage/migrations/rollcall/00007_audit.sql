-- Who changed what, when: campaign.AuditEntry, a line each. Entries are added
-- at the end and never changed; hash is over the entry and the hash before it.

-- +goose Up
CREATE TABLE audit (
    n        INTEGER PRIMARY KEY, -- from 1, without gaps
    at       INTEGER NOT NULL,
    who      TEXT NOT NULL,
    action   TEXT NOT NULL,
    campaign INTEGER NOT NULL, -- 0: none
    text     TEXT NOT NULL,
    details  TEXT NOT NULL, -- JSON, '' for nothing
    hash     TEXT NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is never shortened');
END;
-- +goose StatementEnd

-- REPLACE would take an entry away without asking the trigger above.
-- +goose StatementBegin
CREATE TRIGGER audit_appended BEFORE INSERT ON audit
WHEN new.n <> coalesce((SELECT max(n) FROM audit), 0) + 1
BEGIN
    SELECT RAISE(ABORT, 'the audit log grows at its end only');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE audit;
