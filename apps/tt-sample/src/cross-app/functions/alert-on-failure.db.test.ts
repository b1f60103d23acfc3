import {randomUUID} from 'node:crypto'
import {NonRetriableError} from 'inngest'
import {describe, expect, it} from 'vitest'
import {crossAppContext as context} from '../host'
import {alertOnFailure} from './alert-on-failure'
import {openEvent} from './open-event'

async function alertsAfter(error: Error) {
  const subject = `function-${randomUUID()}`
  const failed = {error, event: {data: {function_id: subject, run_id: randomUUID()}}}
  // Its own failure handler is retried too.
  await alertOnFailure(failed)
  await alertOnFailure(failed)
  return context.db.auditEvent.findMany({where: {subject}})
}

describe('a run whose attempts are all used up', () => {
  it('is alerted once', async () => {
    expect(await alertsAfter(new Error('the database is away'))).toMatchObject([
      {action: 'alert.function-failed', data: {error: 'Error'}},
    ])
  })

  it('is not alerted when it was refused for good, which was alerted there', async () => {
    const refused = await openEvent(context, 'account/linked', {id: randomUUID(), data: {}}).catch(
      (error: unknown) => error,
    )
    expect(refused).toBeInstanceOf(NonRetriableError)
    // What Inngest hands on of it is the message alone.
    expect(await alertsAfter(new Error((refused as Error).message))).toEqual([])
  })
})
