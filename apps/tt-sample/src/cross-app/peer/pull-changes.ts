import {raiseAlert} from '../audit/raise-alert'
import type {CrossAppContext} from '../context'
import {readPeer} from './read-peer'

/** A row may commit later than its time says; what was seen before changes nothing when seen again. */
const OVERLAP_MS = 5 * 60_000
const PAGE = 200
/** One sweep must end; the next one goes on from there. */
const MAX_PAGES = 500

export interface PullReport {
  read: number
  applied: number
}

export interface PullChanges<Row> {
  kind: 'grants' | 'links'
  /** The row as this app understands it; null when it doesn't. */
  parse(row: unknown): Row | null
  /** @returns whether it told something new */
  apply(row: Row): Promise<boolean>
}

interface ChangesPage {
  rows: unknown[]
  next: {since: string; after: string} | null
  now: string
}

/**
 * Reads what changed on AI Hero since the last pull of this kind and applies it as if its event had just arrived: the
 * repair for what was lost (case 12). The cursor is AI Hero's own clock, and moves only when everything was read.
 *
 * @throws ReadPeerError when AI Hero can't be read: the next sweep starts from the same place
 */
export async function pullChanges<Row>(
  context: CrossAppContext,
  changes: PullChanges<Row>,
): Promise<PullReport> {
  const {kind} = changes
  const cursor = await context.db.pullCursor.findUnique({where: {kind}})
  let since = cursor === null ? new Date(0) : new Date(cursor.position.getTime() - OVERLAP_MS)
  let after = ''
  let startedAt: string | undefined
  const report: PullReport = {read: 0, applied: 0}
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const read = await readPage(context, kind, since, after)
    startedAt = startedAt ?? read.now
    for (const raw of read.rows) {
      report.read += 1
      const row = changes.parse(raw)
      // A row that doesn't fit its schema must not stop the ones behind it.
      if (row === null) await alertUnreadable(context, kind)
      else if (await changes.apply(row)) report.applied += 1
    }
    if (read.next === null) {
      await moveCursor(context, kind, new Date(startedAt))
      return report
    }
    since = new Date(read.next.since)
    after = read.next.after
  }
  const reached = since.getTime() + OVERLAP_MS
  await moveCursor(context, kind, new Date(Math.min(reached, new Date(startedAt ?? 0).getTime())))
  return report
}

async function readPage(
  context: CrossAppContext,
  kind: string,
  since: Date,
  after: string,
): Promise<ChangesPage> {
  const query: Record<string, string> = {kind, since: since.toISOString(), limit: String(PAGE)}
  if (after !== '') query.after = after
  const body = await readPeer(context, '/api/cross-app/changes', query)
  const page = body as Partial<ChangesPage>
  if (!Array.isArray(page.rows) || typeof page.now !== 'string') {
    throw new Error(
      'AI Hero answered its changes in an unknown form. Both apps have to run compatible versions.',
    )
  }
  return {rows: page.rows, next: page.next ?? null, now: page.now}
}

function alertUnreadable(context: CrossAppContext, kind: string): Promise<void> {
  return raiseAlert(context, {
    actor: 'ai-hero',
    action: 'alert.unreadable-change',
    purchaseId: null,
    subject: kind,
    data: {},
    once: [kind, context.clock.now().toISOString().slice(0, 10)],
  })
}

async function moveCursor(context: CrossAppContext, kind: string, position: Date): Promise<void> {
  const columns = {position, updatedAt: context.clock.now()}
  await context.db.pullCursor.createMany({data: [{kind, ...columns}], skipDuplicates: true})
  await context.db.pullCursor.updateMany({where: {kind}, data: columns})
}
