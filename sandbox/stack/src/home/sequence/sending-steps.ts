import type { TimedStep } from './build-sequence.ts'
import type { Messages, Sending } from './match-messages.ts'
import { productName } from './names.ts'
import type { Tone } from './sequence.ts'
import { numberOf, type PlacedRow, textOf } from './timeline-row.ts'

/** The messages from Total TypeScript to AI Hero. */
export function sendingSteps(messages: Messages, { ahAnswers }: { ahAnswers: boolean }): TimedStep[] {
  const steps = messages.sendings.map((sending): TimedStep => {
    const tone = toneOf(sending, messages, ahAnswers)
    const words = tone === 'waiting' || tone === 'lost' ? ` · ${tone}` : ''
    return {
      key: sending.row.id,
      time: sending.row.time,
      from: 'tt',
      to: 'ah',
      title: textOf(sending.row, 'event') || 'event',
      detail: detailOf(sending.productId, sending.revision, sending.attempt) + words,
      tone,
      tookMs: sending.arrival === undefined ? undefined : sending.arrival.time - sending.row.time,
    }
  })
  for (const { row, productId } of messages.repeats) {
    steps.push({
      key: `${row.id}:arrival`,
      time: row.time,
      from: 'tt',
      to: 'ah',
      title: eventOf(row),
      detail: `${detailOf(productId, numberOf(row, 'revision') ?? 0, 1)}, ${
        messages.sendings.length === 0 ? 'received' : 'once more'
      }`,
      tone: messages.sendings.length === 0 ? 'plain' : 'repeat',
      tookMs: undefined,
    })
  }
  return steps
}

function detailOf(productId: string, revision: number, attempt: number): string {
  const name = `${productName(productId)}, rev ${revision}`
  return attempt > 1 ? `${name}, try ${attempt}` : name
}

/** Without a trace on AI Hero, what came later tells whether it is still to be waited for. */
function toneOf(sending: Sending, { sendings, answers }: Messages, ahAnswers: boolean): Tone {
  if (sending.arrival !== undefined) return 'plain'
  const answered = answers.some(
    ({ row, productId, receipt }) =>
      receipt !== undefined && productId === sending.productId && row.time >= sending.row.time,
  )
  const laterOne = sendings.some(
    (each) => each.productId === sending.productId && each.row.time > sending.row.time,
  )
  if (answered || laterOne) return 'lost'
  // AI Hero's side is not known at all: nothing can be said.
  return ahAnswers ? 'waiting' : 'plain'
}

function eventOf(row: PlacedRow): string {
  return textOf(row, 'state') === 'granted' ? 'bundle/purchased' : 'entitlement/revoke'
}
