import {randomUUID} from 'node:crypto'
import {beforeAll, describe, expect, it} from 'vitest'
import {crossAppContext as context} from '../host'
import {type ListSyncs, listSyncs, syncIdsQuery} from './list-syncs'
import type {SyncRow} from './sync-row'

const everything: ListSyncs = {
  filter: 'all',
  targetProductId: null,
  changedSince: null,
  among: {kind: 'everything'},
  from: null,
  pageSize: 10,
}

/** Syncs of a course of their own, so that a test sees only its own. */
async function createSyncs(rows: Partial<SyncRow>[]): Promise<{targetProductId: string; ids: string[]}> {
  const targetProductId = `target-${randomUUID()}`
  const ids = rows.map((_, index) => `sync-${String(index).padStart(3, '0')}-${randomUUID()}`)
  const now = new Date()
  await context.db.crossAppSync.createMany({
    data: rows.map((row, index) => ({
      id: ids[index]!,
      purchaseId: `purchase-${ids[index]}`,
      targetApp: 'ai-hero',
      targetProductId,
      status: 'synced',
      desiredState: 'granted',
      reason: 'purchase',
      ownerUserId: 'user',
      ownerEmail: 'someone@example.com',
      ownerProven: true,
      revision: 1,
      ackedRevision: 1,
      mirrorStatus: 'active',
      updatedAt: new Date(now.getTime() + index * 1_000),
      ...row,
    })),
  })
  return {targetProductId, ids}
}

async function idsOf(input: Partial<ListSyncs>): Promise<string[]> {
  return (await listSyncs(context, {...everything, pageSize: 100, ...input})).rows.map(({id}) => id)
}

const longAgo = new Date(Date.now() - 3_600_000)

describe('listSyncs', () => {
  it('answers each of support’s questions', async () => {
    const {targetProductId, ids} = await createSyncs([
      {},
      {status: 'pending', revision: 2, dueSince: new Date()},
      {status: 'pending', revision: 2, dueSince: longAgo},
      {status: 'failed', revision: 2, dueSince: longAgo},
      {status: 'failed', revision: 2, refusedRevision: 2},
      {status: 'pending', revision: 2, frozenAt: new Date(), dueSince: new Date()},
      {desiredState: 'suspended', reason: 'hold', holdReason: 'review'},
      {mirrorStatus: 'pending'},
      {mirrorStatus: 'pending', status: 'pending', revision: 2},
      {status: 'revoked', desiredState: 'revoked', reason: 'refund', mirrorStatus: 'revoked'},
    ])
    const found = async (filter: ListSyncs['filter']) =>
      (await idsOf({filter, targetProductId})).map((id) => ids.indexOf(id)).sort((a, b) => a - b)
    expect(await found('all')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(await found('needs-attention')).toEqual([2, 3, 4, 5])
    expect(await found('pending')).toEqual([1, 2, 5, 8])
    expect(await found('failed')).toEqual([3, 4])
    expect(await found('held')).toEqual([6])
    expect(await found('unclaimed')).toEqual([7])
    expect(await found('synced')).toEqual([0, 6, 7])
    expect(await found('revoked')).toEqual([9])
  })

  it('finds an owner by the beginning of the address, and takes its signs for what they are', async () => {
    const key = randomUUID()
    const {ids} = await createSyncs([
      {ownerEmail: `a_b%${key}@example.com`},
      {ownerEmail: `axb-${key}@example.com`},
    ])
    const among = (startsWith: string) => idsOf({among: {kind: 'address', startsWith}})
    expect(await among(`a_b%${key}`)).toEqual([ids[0]])
    expect(await among(`axb-${key}@exam`)).toEqual([ids[1]])
    expect(await among(`b%${key}`)).toEqual([])
    expect(await among(`a\\_b%${key}`)).toEqual([])
  })

  it('finds syncs of purchases, one sync, and what has changed lately', async () => {
    const {targetProductId, ids} = await createSyncs([{updatedAt: longAgo}, {}])
    expect(await idsOf({among: {kind: 'purchases', ids: [`purchase-${ids[0]}`]}})).toEqual([ids[0]])
    expect(await idsOf({among: {kind: 'purchases', ids: []}})).toEqual([])
    expect(await idsOf({among: {kind: 'sync', id: ids[1]!}})).toEqual([ids[1]])
    expect(await idsOf({targetProductId, changedSince: new Date(Date.now() - 60_000)})).toEqual([ids[1]])
  })

  it.each(['all', 'needs-attention'] as const)(
    'pages through %s in both directions, without a gap or a repeat, also within one millisecond',
    async (filter) => {
      const same = new Date()
      const {targetProductId, ids} = await createSyncs(
        Array.from({length: 11}, (_, index) => ({
          status: 'failed',
          dueSince: longAgo,
          ...(index < 8 ? {updatedAt: same} : {}),
        })),
      )
      const input = {...everything, filter, targetProductId, pageSize: 3}
      const forth: string[][] = []
      let page = await listSyncs(context, input)
      expect(page.newer).toBeNull()
      forth.push(page.rows.map(({id}) => id))
      while (page.older !== null) {
        page = await listSyncs(context, {...input, from: {position: page.older, direction: 'older'}})
        forth.push(page.rows.map(({id}) => id))
      }
      expect(forth.map((part) => part.length)).toEqual([3, 3, 3, 2])
      expect(forth.flat().sort()).toEqual(ids.slice().sort())
      const back: string[][] = [page.rows.map(({id}) => id)]
      while (page.newer !== null) {
        page = await listSyncs(context, {...input, from: {position: page.newer, direction: 'newer'}})
        back.unshift(page.rows.map(({id}) => id))
      }
      expect(back).toEqual(forth)
    },
  )

  it('shows what arrives meanwhile on no page twice', async () => {
    const {targetProductId} = await createSyncs([{}, {}, {}, {}])
    const input = {...everything, targetProductId, pageSize: 2}
    const first = await listSyncs(context, input)
    await context.db.crossAppSync.updateMany({
      where: {id: first.rows[0]!.id},
      data: {updatedAt: new Date(Date.now() + 60_000)},
    })
    const second = await listSyncs(context, {...input, from: {position: first.older!, direction: 'older'}})
    const shown = first.rows.concat(second.rows).map(({id}) => id)
    expect(new Set(shown).size).toBe(4)
  })
})

describe('the database’s plan for a list', () => {
  interface Step {
    table: string | null
    type: string | null
    key: string | null
    rows: bigint | number | null
  }

  async function plan(input: Partial<ListSyncs>): Promise<Step[]> {
    const {text, values} = syncIdsQuery({...everything, ...input}, new Date())
    const steps = await context.db.$queryRawUnsafe<Step[]>(`EXPLAIN ${text}`, ...values)
    return steps.filter(({table}) => table === 'CrossAppSync')
  }

  let targetProductId: string
  beforeAll(async () => {
    const filled = await createSyncs(
      Array.from({length: 200}, (_, index) => ({
        ownerEmail: `buyer-${index}@example.com`,
        ...(index % 100 === 0
          ? {status: 'failed', reason: 'hold', mirrorStatus: 'pending', dueSince: longAgo, frozenAt: longAgo}
          : {}),
      })),
    )
    targetProductId = filled.targetProductId
    await createSyncs(Array.from({length: 800}, (_, index) => ({ownerEmail: `other-${index}@example.com`})))
    await context.db.$queryRawUnsafe('ANALYZE TABLE CrossAppSync')
  })

  it('reads an index in every question, page and search, and never the whole table', async () => {
    const position = {updatedAt: new Date().toISOString(), id: 'sync-1'}
    const questions: Partial<ListSyncs>[] = [
      {},
      {from: {position, direction: 'older'}},
      {from: {position, direction: 'newer'}},
      ...(
        ['needs-attention', 'pending', 'failed', 'held', 'unclaimed', 'synced', 'revoked'] as const
      ).flatMap((filter) => [{filter}, {filter, from: {position, direction: 'older' as const}}]),
      {targetProductId},
      {targetProductId, filter: 'failed'},
      {changedSince: new Date()},
      {among: {kind: 'address', startsWith: 'buyer-17'}},
      {among: {kind: 'purchases', ids: ['a', 'b']}},
      {among: {kind: 'sync', id: 'a'}},
    ]
    for (const question of questions) {
      for (const {type, key} of await plan(question)) {
        expect({question, type, key}).toEqual({
          question,
          type: expect.not.stringMatching(/^ALL$/),
          key: expect.any(String),
        })
      }
    }
  })

  it('control: a search for a part of an address would read every row', async () => {
    const steps = await context.db.$queryRawUnsafe<Step[]>(
      "EXPLAIN SELECT id, purchaseId FROM CrossAppSync WHERE ownerEmail LIKE '%17%'",
    )
    expect(steps[0]).toMatchObject({type: 'ALL', key: null})
  })
})
