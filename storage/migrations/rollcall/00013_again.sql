-- +goose Up
-- What somebody said about calling a row again: the last attempt that is no try
-- of the campaign any more, how many of the tries these were, and the last
-- attempt after which there is no delay.
ALTER TABLE contacts ADD COLUMN anew_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN anew_tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN anew_now INTEGER NOT NULL DEFAULT 0;

-- How calls ended of late.
CREATE INDEX attempts_ended ON attempts (campaign, ended, outcome);
-- When campaigns ran.
CREATE INDEX audit_states ON audit (campaign, at) WHERE action IN ('started', 'paused', 'resumed', 'stopped', 'finished', 'revived');

-- +goose Down
DROP INDEX audit_states;
DROP INDEX attempts_ended;
ALTER TABLE contacts DROP COLUMN anew_now;
ALTER TABLE contacts DROP COLUMN anew_tries;
ALTER TABLE contacts DROP COLUMN anew_since;
