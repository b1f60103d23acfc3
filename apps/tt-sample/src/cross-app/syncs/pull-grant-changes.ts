import {entitlementGranted, entitlementRevoked} from '@cross-app/shared'
import {raiseAlert} from '../audit/raise-alert'
import type {CrossAppContext} from '../context'
import {readPeer} from '../peer/read-peer'
import {acknowledgeSync, type GrantAnswerData} from './acknowledge-sync'
import {thawSync} from './thaw-sync'

const KIND = 'grants'
/** A row may commit later than its time says; what was seen before changes nothing when seen again. */
const OVERLAP_MS = 5 * 60_000
const PAGE = 200
/** One sweep must end; the next one goes on from there. */
const MAX_PAGES = 500

export interface PullReport {
  read: number
  applied: number
}

interface ChangesPage {
  rows: unknown[]
  next: {since: string; after: string} | null
  now: string
}

/**
 * Reads what changed on AI Hero's grants since the last pull and applies it as if its event had just arrived: the
 * repair for lost confirmations (case 12). The cursor is AI Hero's own clock, and moves only when everything was read.
 *
 * @throws ReadPeerError when AI Hero can't be read: the next sweep starts from the same place
 */
export async function pullGrantChanges(context: CrossAppContext): Promise<PullReport> {
  const cursor = await context.db.pullCursor.findUnique({where: {kind: KIND}})
  let since = cursor === null ? new Date(0) : new Date(cursor.position.getTime() - OVERLAP_MS)
  let after = ''
  let startedAt: string | undefined
  const report: PullReport = {read: 0, applied: 0}
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const changes = await readPage(context, since, after)
    startedAt = startedAt ?? changes.now
    for (const row of changes.rows) {
      report.read += 1
      if (await applyRow(context, row)) report.applied += 1
    }
    if (changes.next === null) {
      await moveCursor(context, new Date(startedAt))
      return report
    }
    since = new Date(changes.next.since)
    after = changes.next.after
  }
  const reached = since.getTime() + OVERLAP_MS
  await moveCursor(context, new Date(Math.min(reached, new Date(startedAt ?? 0).getTime())))
  return report
}

async function readPage(context: CrossAppContext, since: Date, after: string): Promise<ChangesPage> {
  const query: Record<string, string> = {kind: KIND, since: since.toISOString(), limit: String(PAGE)}
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

/** A row that doesn't fit its schema must not stop the ones behind it. */
async function applyRow(context: CrossAppContext, row: unknown): Promise<boolean> {
  const answer = parseRow(row)
  if (answer === null) {
    await raiseAlert(context, {
      actor: 'ai-hero',
      action: 'alert.unreadable-change',
      purchaseId: null,
      subject: KIND,
      data: {},
      once: [KIND, context.clock.now().toISOString().slice(0, 10)],
    })
    return false
  }
  const result = await acknowledgeSync(context, {answer, via: 'pull'})
  if (result.outcome === 'frozen') {
    await thawSync(context, {syncId: result.syncId, purchaseId: answer.sourcePurchaseId}).catch(
      // The sweep thaws what stays frozen.
      (error: unknown) => context.log.warn('sync.not-thawed', {syncId: result.syncId, error}),
    )
  }
  return result.outcome !== 'unchanged' && result.outcome !== 'unknown-sync'
}

function parseRow(row: unknown): GrantAnswerData | null {
  const granted = entitlementGranted.safeParse(row)
  if (granted.success) return granted.data
  const revoked = entitlementRevoked.safeParse(row)
  return revoked.success ? revoked.data : null
}

async function moveCursor(context: CrossAppContext, position: Date): Promise<void> {
  const columns = {position, updatedAt: context.clock.now()}
  await context.db.pullCursor.createMany({data: [{kind: KIND, ...columns}], skipDuplicates: true})
  await context.db.pullCursor.updateMany({where: {kind: KIND}, data: columns})
}
