-- The gateway's journal. Times are milliseconds since 1970 in UTC, 0 for none.

-- +goose Up
CREATE TABLE jobs (
    id        INTEGER PRIMARY KEY,
    request   TEXT NOT NULL, -- JSON
    reference TEXT NOT NULL,
    accepted  INTEGER NOT NULL,
    due       INTEGER NOT NULL,
    first_due INTEGER NOT NULL,
    expires   INTEGER NOT NULL,
    state     TEXT NOT NULL,
    attempts  TEXT NOT NULL, -- JSON, '' for none
    dialled   INTEGER NOT NULL,
    owner     TEXT NOT NULL,
    lease     INTEGER NOT NULL,
    remove    BOOLEAN NOT NULL, -- the record goes with the call, as was asked with the request
    withdrawn BOOLEAN NOT NULL, -- removed while it was being dialled: goes with the try
    ended     INTEGER NOT NULL  -- when it became done
);
CREATE INDEX jobs_due ON jobs (due) WHERE state = 'queued';
CREATE INDEX jobs_expire ON jobs (expires) WHERE state = 'queued';
CREATE INDEX jobs_held ON jobs (lease) WHERE state IN ('claimed', 'dialling');
CREATE INDEX jobs_ended ON jobs (ended) WHERE state = 'done';

-- The greatest id given out, so that none is given out twice.
CREATE TABLE issued (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    last INTEGER NOT NULL
);
INSERT INTO issued (one, last) VALUES (1, 0);

-- The clients' own names for requests. expires is set when the record of the
-- job is gone, or was never there; after it the name is forgotten.
CREATE TABLE refs (
    reference TEXT PRIMARY KEY,
    reqid     INTEGER NOT NULL,
    voided    BOOLEAN NOT NULL,
    expires   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX refs_expire ON refs (expires) WHERE expires > 0;

-- Every moment after which a phone may have rung; outlives the jobs.
CREATE TABLE dials (
    id        INTEGER PRIMARY KEY,
    phone     TEXT NOT NULL,
    reqid     INTEGER NOT NULL,
    reference TEXT NOT NULL,
    at        INTEGER NOT NULL
);
