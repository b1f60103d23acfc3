import type { TimelineRow } from '../sequence/timeline-row.ts'
import { loadShared } from './load-shared.ts'

/** One answer of an app's timeline API. */
export interface TimelineAnswer {
  rows: TimelineRow[]
  /** The app's clock when it answered; ISO 8601. */
  now: string
}

export type AppKey = 'tt' | 'ah'

/** Ten times what 500 rows take. More is no timeline, and is not to fill the memory of the process that runs the stack. */
const MOST_BYTES = 4 * 1024 * 1024

const APP_IDS = { tt: 'total-typescript', ah: 'ai-hero' } as const
const PEER_OF = { tt: 'ah', ah: 'tt' } as const

/**
 * Makes the reader of one app's timeline, which signs as that app's peer: `GET /api/cross-app/timeline`.
 *
 * @param url where the app answers; the road of the read API is not used, so that a fault on it does not blind the page
 */
export function createTimelineReader({
  app,
  url,
  secret,
  environment,
}: {
  app: AppKey
  url: string
  secret: string
  environment: string
}) {
  /** @throws Error when the app does not answer in time, or refuses */
  return async (
    query: { since: Date } | { purchaseId: string },
    timeoutMs: number,
  ): Promise<TimelineAnswer> => {
    const { createBridge } = await loadShared()
    const bridge = createBridge({
      self: APP_IDS[PEER_OF[app]],
      peer: APP_IDS[app],
      environment,
      secrets: { current: secret },
      // Nothing is sent from here.
      eventApi: { baseUrl: url, eventKey: 'none' },
    })
    const address = new URL('/api/cross-app/timeline', url)
    if ('since' in query) address.searchParams.set('since', query.since.toISOString())
    else address.searchParams.set('purchaseId', query.purchaseId)
    address.searchParams.set('limit', '500')
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${await bridge.createReadToken()}` },
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) {
      await response.body?.cancel()
      throw new Error(`answered ${response.status}`)
    }
    return readAnswer(await readJson(response))
  }
}

async function readJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  // Leaving the loop early cancels the rest.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MOST_BYTES) throw new Error('answered too much for a timeline')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new Error('answered something that is no timeline')
  }
}

function readAnswer(body: unknown): TimelineAnswer {
  if (typeof body !== 'object' || body === null || !('rows' in body) || !Array.isArray(body.rows)) {
    throw new Error('answered something that is no timeline')
  }
  const told = 'now' in body && typeof body.now === 'string' ? body.now : ''
  const now = Number.isNaN(Date.parse(told)) ? new Date().toISOString() : told
  return { rows: body.rows.filter(isRow), now }
}

function isRow(value: unknown): value is TimelineRow {
  if (typeof value !== 'object' || value === null) return false
  const row = value as Record<string, unknown>
  return (
    typeof row.id === 'string' &&
    typeof row.at === 'string' &&
    typeof row.actor === 'string' &&
    typeof row.action === 'string' &&
    typeof row.subject === 'string' &&
    (row.purchaseId === null || typeof row.purchaseId === 'string') &&
    typeof row.data === 'object' &&
    row.data !== null
  )
}
