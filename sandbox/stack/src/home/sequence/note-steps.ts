import { redact } from '../redact.ts'
import type { TimedStep } from './build-sequence.ts'
import { money, productName } from './names.ts'
import type { Lane, Tone } from './sequence.ts'
import { numberOf, type PlacedRow, textOf } from './timeline-row.ts'

type Note = Pick<TimedStep, 'title' | 'detail' | 'tone'> & Partial<Pick<TimedStep, 'from' | 'to'>>

/** What happened inside one app, and what Stripe told it. Nothing is left out: an action without words keeps its name. */
export function noteSteps(lane: 'tt' | 'ah', rows: readonly PlacedRow[]): TimedStep[] {
  const steps: TimedStep[] = []
  const bought = rows.find(({ action }) => action === 'purchase.recorded')
  const currency = (bought && textOf(bought, 'currency')) || 'usd'
  for (const row of rows) {
    if (HIDDEN.has(row.action)) continue
    const describe = Object.hasOwn(NOTES, row.action) ? NOTES[row.action] : undefined
    const note = describe?.(row) ?? (row.action.startsWith('charge.') ? charge(row, currency) : other(row))
    steps.push({ key: row.id, time: row.time, from: lane, to: undefined, tookMs: undefined, ...note })
  }
  return steps
}

/** Told by the arrows of the messages. */
const HIDDEN = new Set(['sync.sending', 'sync.acknowledged', 'sync.mirrored', 'grant.answered'])

const FROM_STRIPE = { from: 'stripe' as Lane, to: 'tt' as Lane }

const NOTES: Record<string, (row: PlacedRow) => Note> = {
  'purchase.recorded': (row) => ({
    ...FROM_STRIPE,
    title: 'checkout.session.completed',
    detail: `${money(numberOf(row, 'amount') ?? 0, textOf(row, 'currency') || 'usd')} paid${
      row.data.signedIn === false ? ', as a guest' : ''
    }`,
    tone: 'plain',
  }),
  'sync.recorded': (row) => ({
    title: 'Sync recorded',
    detail: `${productName(textOf(row, 'targetProductId'))}, rev ${numberOf(row, 'revision') ?? 1}${
      row.data.ownerProven === false ? ', buyer not proven yet' : ''
    }`,
    tone: 'plain',
  }),
  'sync.revised': (row) => ({
    title: `Now ${textOf(row, 'state')}: ${textOf(row, 'reason')}`,
    detail: `${productName(textOf(row, 'targetProductId'))}, rev ${numberOf(row, 'revision') ?? 0}`,
    tone: textOf(row, 'state') === 'granted' ? 'plain' : 'ended',
  }),
  'sync.held': (row) => ({ title: 'Held by support', detail: redact(textOf(row, 'reason')), tone: 'ended' }),
  'sync.hold-released': () => ({ title: 'Hold released', detail: 'by support', tone: 'plain' }),
  'sync.retried': () => ({ title: 'Sent again', detail: 'by support', tone: 'plain' }),
  'grant.applied': (row) => ({ ...outcomeOf(row), detail: productOf(row) }),
  'grant.claimed': (row) => ({ ...outcomeOf(row), detail: `${productOf(row)}, claimed through the link` }),
  'grant.released': (row) => ({ title: 'Claim released', detail: productOf(row), tone: 'ended' }),
  'grant.repeated': (row) => ({
    title: 'Known already',
    detail: `${productOf(row)}: nothing changed`,
    tone: 'repeat',
  }),
  'grant.stale': (row) => ({
    title: 'Older than what is here',
    detail: `${productOf(row)}, rev ${numberOf(row, 'revision') ?? 0}: nothing changed`,
    tone: 'repeat',
  }),
  'grant.tombstoned': (row) => ({
    title: 'Kept closed',
    detail: `${productOf(row)}: revoked before it was granted`,
    tone: 'ended',
  }),
  'email.sent': (row) => ({
    title: `Mail: ${textOf(row, 'template')}`,
    detail: 'accepted by the provider',
    tone: 'plain',
  }),
  'email.skipped': (row) => ({
    title: `No mail: ${textOf(row, 'template')}`,
    detail: 'no longer true by now',
    tone: 'repeat',
  }),
}

function productOf(row: PlacedRow): string {
  return productName(textOf(row, 'productId'))
}

const OUTCOMES: Record<string, { title: string; tone: Tone }> = {
  active: { title: 'Course open', tone: 'good' },
  pending: { title: 'Waits to be claimed', tone: 'plain' },
  suspended: { title: 'Course on hold', tone: 'ended' },
  revoked: { title: 'Course closed', tone: 'ended' },
}

function outcomeOf(row: PlacedRow): { title: string; tone: Tone } {
  return OUTCOMES[textOf(row, 'status')] ?? { title: 'Applied', tone: 'plain' }
}

function charge(row: PlacedRow, currency: string): Note {
  const kind = row.action.slice('charge.'.length)
  const status = textOf(row, 'status')
  return {
    ...FROM_STRIPE,
    title: kind === 'refund' ? 'charge.refunded' : `charge.${kind}`,
    detail: `${money(numberOf(row, 'amount') ?? 0, currency)}, ${status.replaceAll('_', ' ')}`,
    tone: 'plain',
  }
}

function other(row: PlacedRow): Note {
  if (!row.action.startsWith('alert.')) return { title: row.action, detail: '', tone: 'plain' }
  const words = textOf(row, 'summary') || textOf(row, 'error') || 'a person should look at this'
  return { title: row.action, detail: redact(words).slice(0, 160), tone: 'alert' }
}
