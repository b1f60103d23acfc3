import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openDatabase } from './open-database.ts'
import { migrations } from './schema.ts'
import { openStore } from './store.ts'

// Not an import: the test runner rewrites `node:sqlite` to `sqlite`, which does not exist.
const { DatabaseSync } = process.getBuiltinModule('node:sqlite')

const directories: string[] = []

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
})

/** A folder with the state of some version of the server. */
function folderOf(version: number, sql: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'inngest-stand-in-'))
  directories.push(directory)
  const database = new DatabaseSync(join(directory, 'inngest-stand-in.db'))
  database.exec(`${sql} PRAGMA user_version = ${version};`)
  database.close()
  return directory
}

describe('the state on disk', () => {
  it('of the first version is brought up to date, with what was under way', () => {
    const directory = folderOf(
      1,
      `${migrations[0]}
       INSERT INTO events (id, name, payload, internal, received_at) VALUES ('e', 'a/b', '{}', 0, 1);
       INSERT INTO runs (id, function_id, event_id, status, started_at, request_version, plan_only)
         VALUES ('r', 'f', 'e', 'Running', 1, 1, 0);
       INSERT INTO jobs (run_id, function_id, kind, target, name, attempt, due_at, again)
         VALUES ('r', 'f', 'call', 'step', '', 2, 1, 0);`,
    )
    const store = openStore(directory)
    expect(store.runs.find('r')).toMatchObject({ status: 'Running', eventName: 'a/b', priority: 0 })
    expect(store.jobs.ofRun('r')).toMatchObject([{ attempt: 2, kind: 'call', input: null }])
    store.close()
    openStore(directory).close()
  })

  it('of a later version is put aside, not touched', () => {
    const directory = folderOf(99, 'CREATE TABLE future (id TEXT);')
    const lines: string[] = []
    openDatabase(directory, (line) => lines.push(line)).close()
    expect(lines.join()).toContain('later version (99)')
    expect(readdirSync(directory)).toContain('inngest-stand-in.db.version-99')
    const kept = new DatabaseSync(join(directory, 'inngest-stand-in.db.version-99'))
    expect(kept.prepare('SELECT count(*) AS count FROM future').get()).toEqual({ count: 0 })
    kept.close()
  })
})
