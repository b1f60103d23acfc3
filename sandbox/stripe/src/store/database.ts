import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The data folder can't be used: another sandbox has it open, or it can't be written. */
export class DataFolderError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DataFolderError'
  }
}

const SCHEMA = `
  create table if not exists objects (
    seq integer primary key autoincrement,
    account text not null,
    id text not null,
    type text not null,
    created integer not null,
    body text not null,
    internal text,
    unique (account, id)
  ) strict;
  create index if not exists objects_by_type on objects (account, type, seq);
  create index if not exists objects_by_payment_intent on objects (account, type, json_extract(body, '$.payment_intent'));
  create index if not exists objects_by_charge on objects (account, type, json_extract(body, '$.charge'));
  create index if not exists objects_by_customer on objects (account, type, json_extract(body, '$.customer'));

  create table if not exists idempotency_keys (
    account text not null,
    key text not null,
    endpoint text not null,
    parameters_hash text not null,
    request_id text not null,
    status integer not null,
    body text not null,
    created_at_ms integer not null,
    primary key (account, key)
  ) strict;

  create table if not exists tasks (
    id integer primary key autoincrement,
    account text not null,
    kind text not null,
    object_id text not null,
    due_at_ms integer not null,
    unique (account, kind, object_id)
  ) strict;
  create index if not exists tasks_by_due on tasks (due_at_ms);

  create table if not exists deliveries (
    id integer primary key autoincrement,
    account text not null,
    endpoint_id text not null,
    event_id text not null,
    status text not null,
    failures integer not null default 0,
    next_attempt_at_ms integer,
    created_at_ms integer not null
  ) strict;
  create index if not exists deliveries_by_due on deliveries (endpoint_id, next_attempt_at_ms) where next_attempt_at_ms is not null;
  create index if not exists deliveries_by_event on deliveries (account, event_id);

  create table if not exists delivery_attempts (
    id integer primary key autoincrement,
    delivery_id integer not null,
    at_ms integer not null,
    duration_ms integer not null,
    status_code integer,
    response text not null
  ) strict;
  create index if not exists delivery_attempts_by_delivery on delivery_attempts (delivery_id, id);
`

/**
 * Opens the sandbox's database. Every commit is on disk before it returns (`synchronous = full`), and the file is
 * locked for this process: a second sandbox on the same folder would deliver every webhook twice.
 *
 * @throws DataFolderError when the folder can't be written or is already in use
 */
export function openDatabase(dataDir: string): DatabaseSync {
  try {
    mkdirSync(dataDir, { recursive: true })
    const database = new DatabaseSync(join(dataDir, 'stripe.sqlite'))
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full')
    database.exec(SCHEMA)
    return database
  } catch (error) {
    const inUse = error instanceof Error && /locked|busy/i.test(error.message)
    throw new DataFolderError(
      inUse
        ? `Another Stripe sandbox is using ${dataDir}. Stop it, or give this one its own --data-dir.`
        : `The data folder ${dataDir} can't be used: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  }
}

/** Runs `work` in one transaction: all of it is on disk when this returns, or nothing if it throws. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('begin immediate')
  try {
    const result = work()
    database.exec('commit')
    return result
  } catch (error) {
    database.exec('rollback')
    throw error
  }
}
