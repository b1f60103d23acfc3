import { describe, expect, it } from 'vitest'
import type { Job } from '../store/jobs.ts'
import { openStore } from '../store/store.ts'
import { pause, waitFor } from '../testing/wait-for.ts'
import { Heap } from './heap.ts'
import { Queue, type QueueOptions } from './queue.ts'
import { anywhere } from './waiting.ts'

describe('the heap', () => {
  it('gives back what it was given, in order', () => {
    const heap = new Heap<number>((one, other) => one < other)
    const numbers = Array.from({ length: 500 }, () => Math.floor(Math.random() * 100))
    for (const number of numbers) heap.push(number)
    expect(heap.size).toBe(500)
    expect(numbers.map(() => heap.pop())).toEqual([...numbers].sort((one, other) => one - other))
    expect(heap.pop()).toBeUndefined()
  })
})

function openQueue(changes: Partial<QueueOptions> = {}) {
  const store = openStore(undefined)
  const done: number[] = []
  const queue = new Queue({
    jobs: store.jobs,
    clock: { now: () => Date.now() },
    placeOf: () => anywhere,
    execute: async (job) => {
      done.push(job.seq)
      store.jobs.delete(job.seq)
    },
    onError: () => {},
    ...changes,
  })
  let count = 0
  const insert = (dueAt: number): Job =>
    store.jobs.insert({
      runId: `r${count++}`,
      functionId: 'f',
      kind: 'call',
      target: 'step',
      name: '',
      dueAt,
      input: null,
      createdAt: 0,
    })
  return { queue, done, insert, store }
}

describe('the queue', () => {
  it('does jobs in the order they are due, not before their time', async () => {
    const { queue, done, insert } = openQueue()
    const now = Date.now()
    const [late, early, past] = [insert(now + 120), insert(now + 60), insert(now - 1000)]
    queue.start()
    expect(done).toEqual([past.seq])
    await waitFor('the rest', () => done.length === 3)
    expect(done).toEqual([past.seq, early.seq, late.seq])
    expect(Date.now()).toBeGreaterThanOrEqual(now + 120)
    await queue.stop()
  })

  it('does a job that is added while it runs at once', async () => {
    const { queue, done, insert } = openQueue()
    queue.start()
    queue.add(insert(Date.now()))
    expect(done).toHaveLength(1)
    await queue.stop()
  })

  it('finds a job far in the future on disk when its time is near', async () => {
    let offset = 0
    const { queue, done, insert } = openQueue({ clock: { now: () => Date.now() + offset } })
    queue.start()
    queue.add(insert(Date.now() + 3_600_000))
    offset = 3_600_000
    queue.add(insert(Date.now() + offset))
    await waitFor('both', () => done.length === 2)
    await queue.stop()
  })

  it('does a job of a full slot when there is room, in the order they came', async () => {
    const done: number[] = []
    let busy = 0
    let most = 0
    const { queue, insert } = openQueue({
      placeOf: () => ({ slots: [{ name: 'one', limit: 1 }], aheadMs: 0 }),
      execute: async (job) => {
        most = Math.max(most, ++busy)
        await pause(5)
        busy--
        done.push(job.seq)
      },
    })
    const jobs = [1, 2, 3, 4].map(() => insert(Date.now()))
    queue.start()
    await waitFor('all', () => done.length === 4)
    expect(done).toEqual(jobs.map((job) => job.seq))
    expect(most).toBe(1)
    await queue.stop()
  })

  it('does the job that goes furthest ahead first when there is room again', async () => {
    const done: number[] = []
    const ahead = new Map<number, number>()
    const { queue, insert } = openQueue({
      placeOf: (job) => ({ slots: [{ name: 'one', limit: 1 }], aheadMs: ahead.get(job.seq) ?? 0 }),
      execute: async (job) => {
        await pause(5)
        done.push(job.seq)
      },
    })
    const now = Date.now()
    const jobs = [insert(now - 40), insert(now - 30), insert(now - 20), insert(now - 10)]
    const [first, plain, urgent, late] = jobs.map((job) => job.seq)
    ahead.set(urgent ?? 0, 60_000)
    ahead.set(late ?? 0, -60_000)
    ahead.set(first ?? 0, 90_000)
    queue.start()
    await waitFor('all', () => done.length === 4)
    expect(done).toEqual([first, urgent, plain, late])
    await queue.stop()
  })

  it('never does a job twice at once, and does it again when it became due meanwhile', async () => {
    let busy = 0
    let most = 0
    let count = 0
    const { queue, insert } = openQueue({
      execute: async () => {
        most = Math.max(most, ++busy)
        await pause(20)
        busy--
        count++
      },
    })
    const job = insert(Date.now())
    queue.start()
    queue.add(job)
    await waitFor('both', () => count === 2)
    expect(most).toBe(1)
    await queue.stop()
  })

  it('holds a small part of a long backlog in memory and does all of it in the order it is due', async () => {
    const { queue, done, insert } = openQueue({ maximumInMemory: 100 })
    const now = Date.now()
    const jobs = Array.from({ length: 3000 }, (_, index) => insert(now - 10_000 + ((index * 7) % 3000)))
    const due = [...jobs].sort((one, other) => one.dueAt - other.dueAt || one.seq - other.seq)
    queue.start()
    let most = queue.inMemory
    await waitFor('all', () => {
      most = Math.max(most, queue.inMemory)
      return done.length === jobs.length
    })
    expect(done).toEqual(due.map(({ seq }) => seq))
    expect(most).toBeLessThanOrEqual(100)
    await queue.stop()
  })

  it('leaves to the disk what is added while everything is busy, and comes back to it', async () => {
    const done: number[] = []
    let going = false
    const { queue, insert, store } = openQueue({
      maximumInMemory: 100,
      execute: async (job) => {
        if (!going) await waitFor('the start', () => going)
        done.push(job.seq)
        store.jobs.delete(job.seq)
      },
    })
    queue.start()
    const jobs = Array.from({ length: 2000 }, (_, index) => {
      // Some are added for a little later, before those that are due at once.
      const job = insert(Date.now() + (index % 10 === 0 ? 300 : 0))
      queue.add(job)
      expect(queue.inMemory).toBeLessThanOrEqual(100)
      return job.seq
    })
    going = true
    await waitFor('all', () => done.length >= jobs.length)
    expect(done.toSorted((one, other) => one - other)).toEqual(jobs)
    await queue.stop()
  })

  it('holds a small part of a long line before a full slot in memory and does it by rank, past which others go', async () => {
    const done: number[] = []
    const { queue, insert, store } = openQueue({
      maximumInMemory: 100,
      placeOf: (job) => ({
        slots: job.dueAt % 2 === 0 ? [{ name: 'one', limit: 1 }] : [],
        aheadMs: job.seq % 3 === 0 ? 60_000 : 0,
      }),
      execute: async (job) => {
        await pause(0)
        done.push(job.seq)
        store.jobs.delete(job.seq)
      },
    })
    const past = Math.floor((Date.now() - 10_000) / 2) * 2
    const line = Array.from({ length: 600 }, () => insert(past))
    const free = insert(past + 1)
    queue.start()
    let most = 0
    await waitFor('all', () => {
      most = Math.max(most, queue.inMemory)
      return done.length === line.length + 1
    })
    expect(done.indexOf(free.seq)).toBeLessThan(20)
    const [first, ...rest] = done.filter((seq) => seq !== free.seq)
    const ahead = rest.filter((seq) => seq % 3 === 0)
    // The first one found the slot free; of the others, those with the lower rank go first.
    expect(rest.slice(0, ahead.length)).toEqual(ahead)
    expect([first, ...rest].toSorted((one, other) => (one ?? 0) - (other ?? 0))).toEqual(
      line.map(({ seq }) => seq),
    )
    expect(most).toBeLessThanOrEqual(200)
    await queue.stop()
  })
})
