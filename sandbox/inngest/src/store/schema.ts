/**
 * Everything the server knows. A run is going on exactly while it has rows in `jobs`; what is being called right now is
 * not recorded, so after a crash every job is simply due again.
 */
const first = `
CREATE TABLE apps (
  name TEXT PRIMARY KEY, id TEXT NOT NULL, url TEXT NOT NULL, sdk TEXT NOT NULL, framework TEXT NOT NULL,
  checksum TEXT NOT NULL, registered_at INTEGER NOT NULL
) STRICT;
CREATE TABLE functions (
  id TEXT PRIMARY KEY, app_name TEXT NOT NULL, config TEXT NOT NULL, active INTEGER NOT NULL
) STRICT;
CREATE INDEX functions_by_app ON functions (app_name);
CREATE TABLE events (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, payload TEXT NOT NULL,
  internal INTEGER NOT NULL, received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_name ON events (name, seq);
CREATE TABLE runs (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, function_id TEXT NOT NULL, event_id TEXT NOT NULL,
  status TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, output TEXT,
  request_version INTEGER NOT NULL, plan_only INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_by_event ON runs (event_id);
CREATE INDEX runs_by_function ON runs (function_id, seq);
CREATE INDEX runs_by_status ON runs (status, seq);
CREATE TABLE steps (
  run_id TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, op TEXT NOT NULL, name TEXT NOT NULL,
  memo TEXT NOT NULL, finished_at INTEGER NOT NULL, PRIMARY KEY (run_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE calls (
  run_id TEXT NOT NULL, number INTEGER NOT NULL, target TEXT NOT NULL, step_name TEXT NOT NULL,
  attempt INTEGER NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL, http_status INTEGER,
  outcome TEXT NOT NULL, detail TEXT, PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE jobs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, function_id TEXT NOT NULL, kind TEXT NOT NULL,
  target TEXT NOT NULL, name TEXT NOT NULL, attempt INTEGER NOT NULL, due_at INTEGER NOT NULL,
  again INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX jobs_by_run ON jobs (run_id, target);
CREATE INDEX jobs_by_due ON jobs (due_at, seq);
CREATE TABLE run_keys (
  function_id TEXT NOT NULL, key TEXT NOT NULL, run_id TEXT NOT NULL, expires_at INTEGER NOT NULL,
  PRIMARY KEY (function_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_keys_by_expiry ON run_keys (expires_at);
CREATE TABLE crons (
  function_id TEXT NOT NULL, expression TEXT NOT NULL, next_at INTEGER NOT NULL,
  PRIMARY KEY (function_id, expression)
) STRICT, WITHOUT ROWID;
`

/** Waits for events, invoked functions, debounce, throttle, priority, the test clock, and what the page shows of them. */
const second = `
ALTER TABLE runs ADD COLUMN event_name TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
UPDATE runs SET event_name = coalesce((SELECT name FROM events WHERE events.id = runs.event_id), '');
CREATE INDEX runs_by_event_name ON runs (event_name, seq);
ALTER TABLE jobs ADD COLUMN input TEXT;
ALTER TABLE jobs ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE steps ADD COLUMN input TEXT;
ALTER TABLE steps ADD COLUMN started_at INTEGER;
ALTER TABLE calls ADD COLUMN step_ids TEXT NOT NULL DEFAULT '';
CREATE TABLE waits (
  run_id TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, event_name TEXT NOT NULL, expression TEXT,
  match_path TEXT NOT NULL, match_value TEXT NOT NULL, expires_at INTEGER, PRIMARY KEY (run_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX waits_by_event ON waits (event_name, match_path, match_value);
CREATE TABLE invocations (
  event_id TEXT PRIMARY KEY, function_id TEXT NOT NULL, run_id TEXT NOT NULL, step_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invocations_by_run ON invocations (run_id, step_id);
CREATE TABLE debounces (
  function_id TEXT NOT NULL, key TEXT NOT NULL, event_id TEXT NOT NULL, deadline INTEGER,
  PRIMARY KEY (function_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX debounces_by_event ON debounces (event_id);
CREATE TABLE throttles (
  function_id TEXT NOT NULL, key TEXT NOT NULL, free_at INTEGER NOT NULL, PRIMARY KEY (function_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX throttles_by_time ON throttles (free_at);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`

/** What brings a database from each version to the next; the first makes it from nothing. */
export const migrations = [first, second]
