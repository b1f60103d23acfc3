import {randomUUID} from 'node:crypto'
import {describe, expect, it} from 'vitest'
import {hostContext} from '../server/host-context'
import type {Transaction} from './context'
import {inTransaction, retrying} from './in-transaction'

const {db} = hostContext

async function twoRows(): Promise<[string, string]> {
  const ids: [string, string] = [randomUUID(), randomUUID()]
  await db.chargeFact.createMany({
    data: ids.map((id) => ({id, kind: 'refund', chargeId: id, amount: 0, status: 'pending'})),
  })
  return ids
}

const lock = (tx: Transaction, id: string) =>
  tx.$queryRaw<{amount: number}[]>`SELECT amount FROM ChargeFact WHERE id = ${id} FOR UPDATE`

const addOne = (tx: Transaction, id: string) =>
  tx.chargeFact.update({where: {id}, data: {amount: {increment: 1}}})

/** Resolves when `count` callers have arrived; later callers pass at once. */
function meeting(count: number): () => Promise<void> {
  let arrived = 0
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    arrived += 1
    if (arrived >= count) open()
    return opened
  }
}

describe('inTransaction', () => {
  /** Two transactions that lock two rows in opposite order, both holding the first before they want the second. */
  async function deadlock(context: Pick<typeof hostContext, 'db' | 'isRetryable'>) {
    const [left, right] = await twoRows()
    const bothHoldOne = meeting(2)
    let attempts = 0
    const work = (first: string, second: string) =>
      inTransaction(context, async (tx) => {
        attempts += 1
        await lock(tx, first)
        await bothHoldOne()
        await lock(tx, second)
        await addOne(tx, first)
        await addOne(tx, second)
      })
    const results = await Promise.allSettled([work(left, right), work(right, left)])
    const rows = await db.chargeFact.findMany({where: {id: {in: [left, right]}}})
    return {results, attempts, amounts: rows.map(({amount}) => amount)}
  }

  it('runs the loser of a deadlock again, and both changes are there once', async () => {
    const {results, attempts, amounts} = await deadlock(hostContext)
    expect(results.map(({status}) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(attempts).toBeGreaterThan(2)
    expect(amounts).toEqual([2, 2])
  })

  it('would lose one change without the retry (control)', async () => {
    const {results, amounts} = await deadlock({db, isRetryable: () => false})
    expect(results.map(({status}) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(amounts).toEqual([1, 1])
  })

  it('waits out a lock that is held longer than the lock timeout', async () => {
    const [id] = await twoRows()
    const held = meeting(2)
    let attempts = 0
    const holder = db.$transaction(
      async (tx) => {
        await lock(tx, id)
        await held()
        await tx.$queryRaw`SELECT SLEEP(1.6)`
      },
      {timeout: 10_000},
    )
    const waiter = inTransaction(hostContext, async (tx) => {
      attempts += 1
      await tx.$executeRaw`SET SESSION innodb_lock_wait_timeout = 1`
      await held()
      await addOne(tx, id)
    })
    await Promise.all([holder, waiter])
    expect(attempts).toBeGreaterThan(1)
    expect(await db.chargeFact.findUnique({where: {id}})).toMatchObject({amount: 1})
  })

  it('gives up after a bounded number of attempts', async () => {
    let attempts = 0
    const always = inTransaction({db, isRetryable: () => true}, async () => {
      attempts += 1
      throw new Error('again')
    })
    await expect(always).rejects.toThrow('again')
    expect(attempts).toBe(8)
  })

  it('does not run again what failed for another reason, such as a key that is taken', async () => {
    const [id] = await twoRows()
    let attempts = 0
    const taken = inTransaction(hostContext, async (tx) => {
      attempts += 1
      await tx.chargeFact.create({data: {id, kind: 'refund', chargeId: id, amount: 0, status: 'pending'}})
    })
    await expect(taken).rejects.toThrow()
    expect(attempts).toBe(1)
  })
})

describe('retrying', () => {
  it('inserts a row once however many do it at the same moment', async () => {
    const id = randomUUID()
    const data = [{id, kind: 'refund', chargeId: id, amount: 0, status: 'pending'}]
    await Promise.all(
      Array.from({length: 8}, () =>
        retrying(hostContext, () => db.chargeFact.createMany({data, skipDuplicates: true})),
      ),
    )
    expect(await db.chargeFact.count({where: {id}})).toBe(1)
  })
})
