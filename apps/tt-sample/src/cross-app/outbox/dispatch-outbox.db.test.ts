import {randomUUID} from 'node:crypto'
import {describe, expect, it, vi} from 'vitest'
import {crossAppContext} from '../host'
import {inTransaction} from '../in-transaction'
import {dispatchOutbox} from './dispatch-outbox'
import {lockOutboxRow} from './outbox-row'
import {writeOutbox} from './write-outbox'

const {db} = crossAppContext
/** Takes every event at once: nothing but the row is under test. */
const context = {...crossAppContext, sendInApp: async () => undefined}

async function queueMail() {
  const id = await inTransaction(crossAppContext, (tx) =>
    writeOutbox(
      {...crossAppContext, tx},
      {kind: 'email', name: 'receipt', happening: `test:${randomUUID()}`, data: {}},
    ),
  )
  return db.outbox.findUniqueOrThrow({where: {id}})
}

/** Someone else waits for a lock with a statement on the outbox. */
async function isWaitedFor(): Promise<boolean> {
  const threads = await db.$queryRaw<{info: string | null}[]>`
    SELECT INFO AS info FROM information_schema.PROCESSLIST
    WHERE ID <> CONNECTION_ID() AND DB = DATABASE() AND COMMAND <> 'Sleep'`
  return threads.some(({info}) => info !== null && /outbox/i.test(info))
}

describe('dispatchOutbox', () => {
  it('leaves a mail due until the provider has accepted it', async () => {
    const row = await queueMail()
    expect(await dispatchOutbox(context, row)).toBe(true)
    const after = await db.outbox.findUniqueOrThrow({where: {id: row.id}})
    expect(after).toMatchObject({dispatchedAt: null, attempts: 1})
    expect(after.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 50_000)
  })

  it('does not open a mail again that was accepted while its dispatch was being noted', async () => {
    const row = await queueMail()
    let dispatch: Promise<boolean> | undefined
    await inTransaction(crossAppContext, async (tx) => {
      await lockOutboxRow(tx, row.id)
      await tx.outbox.update({where: {id: row.id}, data: {dispatchedAt: new Date(), nextAttemptAt: null}})
      dispatch ??= dispatchOutbox(context, row)
      await vi.waitUntil(isWaitedFor, {timeout: 10_000})
    })
    await dispatch
    expect(await db.outbox.findUniqueOrThrow({where: {id: row.id}})).toMatchObject({nextAttemptAt: null})
  })
})
