import { expect, it } from 'vitest'
import { openStore, type Store } from './store.ts'
import { defaultRetention, Trimmer } from './trim.ts'

function addEvent(store: Store, id: string, receivedAt = 0): boolean {
  return store.events.insert({ id, name: 'a', payload: '{}', internal: 0, receivedAt })
}

it('undoes one unit of work that fails and keeps the others of its group', async () => {
  const store = openStore(undefined)
  const after: string[] = []
  const unit = (id: string, fails: boolean) =>
    store.transactions.run((transaction) => {
      addEvent(store, id)
      transaction.afterCommit(() => after.push(id))
      if (fails) throw new Error(`no ${id}`)
      return id
    })
  const results = await Promise.allSettled([unit('a', false), unit('b', true), unit('c', false)])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(['a', 'b', 'c'].map((id) => store.events.find(id) !== undefined)).toEqual([true, false, true])
  expect(after).toEqual(['a', 'c'])
  store.close()
})

it('stores an event of a known id once', async () => {
  const store = openStore(undefined)
  expect(await store.transactions.run(() => [addEvent(store, 'a'), addEvent(store, 'a')])).toEqual([
    true,
    false,
  ])
  store.close()
})

it('gives a key to one run until its day is over', () => {
  const store = openStore(undefined)
  const day = 24 * 3_600_000
  expect(store.runKeys.claim('f', 'k', 'one', 0)).toBe(true)
  expect(store.runKeys.claim('f', 'k', 'two', day - 1)).toBe(false)
  expect(store.runKeys.claim('g', 'k', 'three', 0)).toBe(true)
  expect(store.runKeys.claim('f', 'k', 'four', day)).toBe(true)
  store.close()
})

it('trims finished runs and their events by age and count, and never a run under way', () => {
  const store = openStore(undefined)
  const addRun = (id: string, endedAt: number | undefined) => {
    addEvent(store, `event ${id}`)
    store.runs.insert({
      id,
      functionId: 'f',
      eventId: `event ${id}`,
      eventName: 'a',
      startedAt: 0,
      priority: 0,
    })
    store.steps.insert({
      runId: id,
      id: 's',
      op: 'StepRun',
      name: 's',
      memo: 'null',
      finishedAt: 0,
      startedAt: null,
      input: null,
    })
    if (endedAt !== undefined) store.runs.finish(id, 'Completed', endedAt, 'null')
  }
  const now = defaultRetention.maximumAgeMs + 1000
  addRun('going', undefined)
  addRun('old', 10)
  for (let index = 0; index < 700; index++) addRun(`new ${index}`, now)
  const retention = { ...defaultRetention, maximumRuns: 10, maximumEvents: 10 }
  const trimmer = new Trimmer(store, retention)
  while (trimmer.pass(now)) {
    // One batch after the other.
  }
  const left = store.runs.list({ limit: 1000 }).map((run) => run.id)
  expect(left).toHaveLength(11)
  expect(left).toContain('going')
  expect(left).not.toContain('old')
  expect(store.steps.ofRun('going')).toHaveLength(1)
  expect(store.steps.ofRun('old')).toEqual([])
  expect(store.events.list({ limit: 1000 })).toHaveLength(11)
  store.close()
})

it('trims the oldest when the database is too large, however few they are', () => {
  const store = openStore(undefined)
  const text = 'x'.repeat(10_000)
  for (let index = 0; index < 2000; index++) {
    store.events.insert({ id: `e${index}`, name: 'a', payload: text, internal: 0, receivedAt: index })
  }
  const retention = { ...defaultRetention, maximumBytes: 10_000_000 }
  const trimmer = new Trimmer(store, retention)
  let passes = 0
  while (trimmer.pass(3000)) passes++
  expect(passes).toBeLessThan(10)
  const left = store.events.list({ limit: 3000 })
  expect(left.length).toBeLessThan(1100)
  expect(left.length).toBeGreaterThan(400)
  expect(left[0]?.id).toBe('e1999')
  store.close()
})

it('looks at little when there is nothing to trim, however much is kept', () => {
  const store = openStore(undefined)
  const passMs = (rows: number) => {
    for (let index = 0; index < rows; index++) addEvent(store, `${rows} ${index}`, index)
    const trimmer = new Trimmer(store, defaultRetention)
    const startedAt = performance.now()
    for (let pass = 0; pass < 20; pass++) expect(trimmer.pass(1)).toBe(false)
    return performance.now() - startedAt
  }
  const few = passMs(100)
  expect(passMs(40_000)).toBeLessThan(few * 20 + 50)
  store.close()
})

it('trims what is behind a long backlog of runs under way, a bite at a time', () => {
  const store = openStore(undefined)
  const add = (id: string, finished: boolean) => {
    addEvent(store, id, 0)
    const run = { id, functionId: 'f', eventId: id, eventName: 'a', startedAt: 0, priority: 0 }
    store.runs.insert(run)
    if (finished) store.runs.finish(id, 'Completed', 0, 'null')
  }
  for (let index = 0; index < 5000; index++) add(`going ${index}`, false)
  for (let index = 0; index < 1000; index++) add(`over ${index}`, true)
  const trimmer = new Trimmer(store, { ...defaultRetention, maximumRuns: 10, maximumEvents: 10 })
  let passes = 0
  while (trimmer.pass(1)) passes++
  while (trimmer.pass(1)) passes++
  expect(passes).toBeLessThan(30)
  expect(store.runs.list({ limit: 9000 })).toHaveLength(5010)
  expect(store.events.list({ limit: 9000 })).toHaveLength(5010)
  store.close()
})

it('finds everything by an index', () => {
  const store = openStore(undefined)
  const plan = (sql: string) =>
    store.database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map((row) => String(row.detail))
      .join('; ')
  for (const sql of [
    'SELECT * FROM jobs WHERE (due_at, seq) > (1, 5) AND due_at <= 2 ORDER BY due_at, seq LIMIT 9',
    "SELECT * FROM jobs WHERE run_id = 'x' AND target = 'step'",
    "SELECT * FROM runs WHERE function_id = 'f' AND seq < 9 ORDER BY seq DESC LIMIT 5",
    "SELECT * FROM runs WHERE status = 'Failed' AND seq < 9 ORDER BY seq DESC LIMIT 5",
    "SELECT * FROM runs WHERE event_id = 'e' ORDER BY seq",
    "SELECT * FROM waits WHERE event_name = 'a' AND match_path = 'p' AND match_value = 'v'",
    "SELECT match_path FROM waits WHERE event_name = 'a' AND match_path > 'p' ORDER BY match_path LIMIT 1",
    "SELECT * FROM invocations WHERE run_id = 'r' AND step_id = 's'",
    "SELECT * FROM runs WHERE event_name = 'a' AND seq < 9 ORDER BY seq DESC LIMIT 5",
    "SELECT * FROM events WHERE name = 'a' AND seq < 9 ORDER BY seq DESC LIMIT 5",
  ]) {
    expect(plan(sql)).toMatch(/^SEARCH/)
    expect(plan(sql)).not.toContain('TEMP B-TREE')
  }
  store.close()
})
