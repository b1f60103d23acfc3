import type {NextApiRequest, NextApiResponse} from 'next'
import {oldestOutstanding} from '../../cross-app'
import {env} from '../../server/env'
import {hostContext} from '../../server/host-context'

/** A probe asks every few seconds: a database that hangs must be a quick answer, not a pile of waiting requests. */
const PATIENCE_MS = 3_000

/** 503 when the database can't be read, or when something has been owed to the other app or a buyer for too long. */
export default async function handler(_request: NextApiRequest, response: NextApiResponse): Promise<void> {
  response.setHeader('cache-control', 'no-store')
  const maxAgeSeconds = env().READY_MAX_AGE_SECONDS
  try {
    const oldest = await inTime(oldestOutstanding(hostContext))
    const ageOf = (since: Date | null) =>
      since === null
        ? 0
        : Math.max(0, Math.round((hostContext.clock.now().getTime() - since.getTime()) / 1000))
    const ages = {
      oldestSyncSeconds: ageOf(oldest.sync),
      oldestOutboxSeconds: ageOf(oldest.outbox),
      oldestUnlinkSeconds: ageOf(oldest.unlink),
    }
    const ok = Math.max(...Object.values(ages)) <= maxAgeSeconds
    response.status(ok ? 200 : 503).json({ok, ...ages, maxAgeSeconds})
  } catch (error) {
    hostContext.log.error('ready.database-not-read', {error})
    response.status(503).json({ok: false, error: 'The database can’t be read.'})
  }
}

/** @throws when it takes too long; what was asked may still come, and nobody waits for it */
async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The database did not answer in time.')), PATIENCE_MS)
  })
  // Whatever becomes of it afterwards is nobody's concern any more.
  work.catch(() => undefined)
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
