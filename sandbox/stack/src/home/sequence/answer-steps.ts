import type { TimedStep } from './build-sequence.ts'
import type { Answer, Messages } from './match-messages.ts'
import { productName } from './names.ts'
import type { Tone } from './sequence.ts'
import { numberOf, type PlacedRow, textOf } from './timeline-row.ts'

/** The messages from AI Hero back to Total TypeScript. */
export function answerSteps(
  { answers, orphanReceipts }: Messages,
  { ttAnswers }: { ttAnswers: boolean },
): TimedStep[] {
  const steps: TimedStep[] = []
  for (const answer of answers) {
    const tone = toneOf(answer, answers, ttAnswers)
    if (tone === undefined) continue
    const { row, receipt } = answer
    steps.push({
      key: `${row.id}:answer`,
      time: row.time,
      from: 'ah',
      to: 'tt',
      title: receipt !== undefined && textOf(receipt, 'via') === 'pull' ? 'read by pull' : eventOf(row),
      detail: detailOf(answer.productId, receipt ?? row, receipt) + wordsFor(tone, answer),
      tone,
      tookMs: receipt === undefined ? undefined : receipt.time - row.time,
    })
  }
  for (const { row, productId } of orphanReceipts) {
    steps.push({
      key: row.id,
      time: row.time,
      from: 'ah',
      to: 'tt',
      title: textOf(row, 'via') === 'pull' ? 'read by pull' : eventOf(row),
      detail: detailOf(productId, row, row),
      tone: row.action.startsWith('alert.') ? 'alert' : 'plain',
      tookMs: undefined,
    })
  }
  return steps
}

function detailOf(productId: string, row: PlacedRow, receipt: PlacedRow | undefined): string {
  const name = `${productName(productId)}, rev ${numberOf(row, 'revision') ?? numberOf(row, 'answeredRevision') ?? 0}`
  return receipt?.action === 'sync.acknowledged' ? `${name}, settled` : name
}

/** Undefined: not worth a line, such as the answer to a message that came twice when the first answer was taken in. */
function toneOf(answer: Answer, answers: readonly Answer[], ttAnswers: boolean): Tone | undefined {
  const { row, receipt, productId } = answer
  if (receipt !== undefined) return receipt.action.startsWith('alert.') ? 'alert' : 'plain'
  const version = numberOf(row, 'stateVersion') ?? 0
  const others = answers.filter((each) => each !== answer && each.productId === productId)
  const told = others.some(
    (each) => each.receipt !== undefined && (numberOf(each.row, 'stateVersion') ?? 0) >= version,
  )
  const changedNothing = row.action === 'grant.repeated' || row.action === 'grant.stale'
  if (told) return changedNothing ? undefined : 'lost'
  const laterOne = others.some((each) => each.row.time > row.time)
  if (laterOne) return 'lost'
  // Total TypeScript's side is not known at all: nothing can be said.
  return ttAnswers ? 'waiting' : 'plain'
}

function wordsFor(tone: Tone, { sent }: Answer): string {
  if (tone === 'lost') return ' · lost'
  if (tone !== 'waiting') return ''
  return sent ? ' · waiting' : ' · not sent yet'
}

function eventOf(row: PlacedRow): string {
  if (row.action === 'alert.revision-refused' || row.action === 'alert.sync-refused')
    return 'entitlement/failed'
  const state = textOf(row, 'state') || textOf(row, 'answeredState')
  return state === 'granted' || state === '' ? 'entitlement/granted' : 'entitlement/revoked'
}
