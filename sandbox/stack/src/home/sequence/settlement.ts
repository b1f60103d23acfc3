import type { SequenceState } from './sequence.ts'
import { numberOf, type PlacedRow, textOf } from './timeline-row.ts'

/**
 * Whether both apps agree by now, in one sentence. Asks Total TypeScript's rows only: it is the one that waits.
 *
 * @param now milliseconds since 1970
 */
export function settlementOf(
  ttRows: readonly PlacedRow[],
  { now, span }: { now: number; span: (milliseconds: number) => string },
): { state: SequenceState; says: string } {
  const wanted = ttRows.filter(({ action }) => action === 'sync.recorded' || action === 'sync.revised')
  const latest = new Map<string, PlacedRow>()
  for (const row of wanted) latest.set(row.subject, row)
  const bought = ttRows.find(({ action }) => action === 'purchase.recorded')
  if (latest.size === 0) {
    const alert = ttRows.findLast(({ action }) => action.startsWith('alert.'))
    if (alert !== undefined) return { state: 'attention', says: `Needs a person: ${alert.action}.` }
    return bought === undefined
      ? { state: 'waiting', says: 'Total TypeScript has not told about this purchase.' }
      : { state: 'nothing-to-sync', says: 'Nothing of it is on AI Hero.' }
  }
  const settled = [...latest.values()].map((row) => ({ row, receipt: receiptOf(ttRows, row) }))
  const open = settled.filter(({ receipt }) => receipt === undefined)
  const refused = open.find(({ row }) => isRefused(ttRows, row))
  if (refused !== undefined)
    return { state: 'attention', says: 'AI Hero refused it for good: a person has to look.' }
  const round = roundOf([...latest.values()], bought)
  if (open.length > 0) {
    const since = Math.min(...open.map(({ row }) => row.time))
    return {
      state: 'waiting',
      says: `Waiting for AI Hero: ${open.length} of ${latest.size} ${latest.size === 1 ? 'course' : 'courses'}, for ${span(now - since)}.`,
    }
  }
  const last = Math.max(...settled.map(({ receipt }) => receipt?.time ?? 0))
  const statuses = settled.map(({ row }) => lastStatus(ttRows, row))
  const active = statuses.filter((status) => status === 'active').length
  const what = statuses.includes('pending')
    ? 'Waits on AI Hero to be claimed, told'
    : active === statuses.length
      ? 'Open on AI Hero'
      : active > 0
        ? `${active} of ${statuses.length} courses open on AI Hero, told`
        : 'Closed on AI Hero'
  return { state: 'settled', says: `${what} ${span(last - round.time)} after ${round.name}.` }
}

/** What set the latest revisions off. */
function roundOf(
  latest: readonly PlacedRow[],
  bought: PlacedRow | undefined,
): { time: number; name: string } {
  const time = Math.min(...latest.map((row) => row.time))
  const revised = latest.find(({ action }) => action === 'sync.revised')
  if (revised === undefined) return { time: bought?.time ?? time, name: 'Stripe’s webhook' }
  const reason = textOf(revised, 'reason')
  return {
    time: Math.min(...latest.filter((row) => row.action === 'sync.revised').map((row) => row.time)),
    name: reason === '' ? 'the change' : `the ${reason}`,
  }
}

function receiptOf(ttRows: readonly PlacedRow[], wanted: PlacedRow): PlacedRow | undefined {
  const revision = numberOf(wanted, 'revision') ?? 0
  return ttRows.find(
    (row) =>
      row.action === 'sync.acknowledged' &&
      row.subject === wanted.subject &&
      (numberOf(row, 'revision') ?? 0) >= revision,
  )
}

function isRefused(ttRows: readonly PlacedRow[], wanted: PlacedRow): boolean {
  return ttRows.some(
    (row) =>
      (row.action === 'alert.sync-refused' || row.action === 'alert.send-refused') &&
      row.subject === wanted.subject &&
      numberOf(row, 'revision') === numberOf(wanted, 'revision'),
  )
}

function lastStatus(ttRows: readonly PlacedRow[], wanted: PlacedRow): string {
  const told = ttRows.findLast(
    (row) =>
      (row.action === 'sync.acknowledged' || row.action === 'sync.mirrored') &&
      row.subject === wanted.subject,
  )
  return told === undefined ? '' : textOf(told, 'status')
}
