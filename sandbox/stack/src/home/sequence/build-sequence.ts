import { span } from '../span.ts'
import { clockCorrection } from './align-clocks.ts'
import { answerSteps } from './answer-steps.ts'
import { matchMessages } from './match-messages.ts'
import { buyerName, money, productName } from './names.ts'
import { noteSteps } from './note-steps.ts'
import { sendingSteps } from './sending-steps.ts'
import type { Sequence, SequenceStep } from './sequence.ts'
import { settlementOf } from './settlement.ts'
import { type AppRows, numberOf, type PlacedRow, placeRows, textOf } from './timeline-row.ts'

/** A step whose time is still one of the clock's. */
export type TimedStep = Omit<SequenceStep, 'atMs'> & { time: number }

/**
 * What both apps tell of one purchase, as one sequence: Stripe → Total TypeScript → AI Hero → Total TypeScript. Takes
 * rows in any order and more than once, clocks that differ, and the rows of one app only.
 *
 * @param tt, ah undefined: that app has never answered
 * @param now milliseconds since 1970, to say how long something has been waiting
 * @returns undefined when neither tells anything of this purchase
 */
export function buildSequence({
  purchaseId,
  tt,
  ah,
  now,
}: {
  purchaseId: string
  tt: AppRows | undefined
  ah: AppRows | undefined
  now: number
}): Sequence | undefined {
  const ofPurchase = (rows: AppRows | undefined) =>
    placeRows(rows ?? { rows: [], clockAheadMs: 0 }).filter((row) => row.purchaseId === purchaseId)
  const ttRows = causeFirst(ofPurchase(tt))
  const ahUncorrected = ofPurchase(ah)
  const correctedMs = clockCorrection(ttRows, ahUncorrected)
  const ahRows = ahUncorrected.map((row) => ({ ...row, time: row.time + correctedMs }))
  const first = [...ttRows, ...ahRows].reduce((least, { time }) => Math.min(least, time), Infinity)
  if (first === Infinity) return undefined

  const messages = matchMessages(ttRows, ahRows)
  const bought = ttRows.find(({ action }) => action === 'purchase.recorded')
  const timed: TimedStep[] = [
    ...noteSteps('tt', ttRows),
    ...sendingSteps(messages, { ahAnswers: ah !== undefined }),
    ...noteSteps('ah', ahRows),
    ...answerSteps(messages, { ttAnswers: tt !== undefined }),
  ]
  timed.sort((a, b) => a.time - b.time)
  const last = [...ttRows, ...ahRows].reduce((most, { time }) => Math.max(most, time), first)
  return {
    purchaseId,
    complete: bought !== undefined,
    what: bought === undefined ? 'Purchase' : describePurchase(bought),
    buyer: bought === undefined ? '' : buyerName(textOf(bought, 'userId')),
    startedAt: first,
    lastAt: last,
    steps: timed.map(({ time, ...step }) => ({ ...step, atMs: Math.round(time - first) })),
    ...settlementOf(ttRows, { now, span }),
    correctedMs: Math.round(correctedMs),
  }
}

function describePurchase(row: PlacedRow): string {
  const amount = numberOf(row, 'amount')
  const name = productName(textOf(row, 'productId'))
  return amount === undefined ? name : `${name}, ${money(amount, textOf(row, 'currency') || 'usd')}`
}

/** Rows of one transaction are written in no order that matters to it; people read the cause before the effect. */
function causeFirst(rows: readonly PlacedRow[]): PlacedRow[] {
  const ordered: PlacedRow[] = []
  for (const row of rows) {
    let at = ordered.length
    if (row.action.startsWith('charge.') || row.action === 'purchase.recorded') {
      for (; at > 0; at -= 1) {
        const before = ordered[at - 1]
        if (before === undefined || before.actor !== row.actor || !before.action.startsWith('sync.')) break
        if (row.time - before.time > SAME_TRANSACTION_MS) break
      }
    }
    const next = ordered[at]
    ordered.splice(at, 0, next === undefined ? row : { ...row, time: next.time })
  }
  return ordered
}

const SAME_TRANSACTION_MS = 500
