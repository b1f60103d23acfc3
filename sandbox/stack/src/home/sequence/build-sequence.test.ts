import { describe, expect, it } from 'vitest'
import { stepSentence } from '../page/sequence-diagram.ts'
import { buildSequence } from './build-sequence.ts'
import type { Sequence } from './sequence.ts'
import type { TimelineRow } from './timeline-row.ts'

const PURCHASE = 'purchase-1'
const COURSE = 'product-ai-sdk-crash-course'
const START = Date.parse('2026-11-21T12:00:00.000Z')
let rowsMade = 0

function row(atMs: number, action: string, subject: string, data: TimelineRow['data'] = {}): TimelineRow {
  rowsMade += 1
  const at = new Date(START + atMs).toISOString()
  const actor = action.startsWith('purchase.') || action.startsWith('charge.') ? 'stripe' : 'system'
  return { id: `row-${rowsMade}`, at, actor, action, purchaseId: PURCHASE, subject, data }
}

const bought = (atMs = 0) =>
  row(atMs, 'purchase.recorded', PURCHASE, {
    productId: 'product-typescript-plus-ai',
    amount: 49_900,
    currency: 'usd',
    userId: 'user_tt_ada',
    signedIn: true,
  })
const recorded = (atMs: number, productId = COURSE, sync = 'sync-1') =>
  row(atMs, 'sync.recorded', sync, { revision: 1, state: 'granted', targetProductId: productId })
const revised = (atMs: number, revision: number) => ({
  ...row(atMs, 'sync.revised', 'sync-1', {
    revision,
    state: 'revoked',
    reason: 'refund',
    targetProductId: COURSE,
  }),
  actor: 'stripe',
})
const sending = (
  atMs: number,
  { revision = 1, attempt = 1, event = 'bundle/purchased', sync = 'sync-1' } = {},
) => row(atMs, 'sync.sending', sync, { event, revision, state: 'granted', attempt })
const acknowledged = (
  atMs: number,
  { revision = 1, stateVersion = 1, status = 'active', via = 'event' } = {},
) =>
  row(atMs, 'sync.acknowledged', 'sync-1', {
    revision,
    stateVersion,
    status,
    via,
    state: status === 'revoked' ? 'revoked' : 'granted',
  })
const applied = (
  atMs: number,
  { revision = 1, stateVersion = 1, status = 'active', action = 'grant.applied' } = {},
) =>
  row(atMs, action, 'grant-1', {
    productId: COURSE,
    revision,
    stateVersion,
    status,
    state: status === 'revoked' ? 'revoked' : 'granted',
  })

function sequenceOf(
  tt: TimelineRow[] | undefined,
  ah: TimelineRow[] | undefined,
  { ahClockAheadMs = 0, now = START + 60_000 } = {},
): Sequence {
  const sequence = buildSequence({
    purchaseId: PURCHASE,
    tt: tt && { rows: tt, clockAheadMs: 0 },
    ah: ah && { rows: ah, clockAheadMs: ahClockAheadMs },
    now,
  })
  if (sequence === undefined) throw new Error('There is no sequence.')
  return sequence
}

const sentences = ({ steps }: Sequence) => steps.map(stepSentence)
const told = [bought(), recorded(10), sending(50), acknowledged(160)]
const done = [applied(100)]

describe('the sequence of a purchase', () => {
  it('goes from Stripe to Total TypeScript, to AI Hero and back, with the time each message took', () => {
    const sequence = sequenceOf(told, done)
    expect(sentences(sequence)).toEqual([
      'Stripe → Total TypeScript: checkout.session.completed ($499.00 paid).',
      'Total TypeScript: Sync recorded (AI SDK Crash Course, rev 1).',
      'Total TypeScript → AI Hero: bundle/purchased (AI SDK Crash Course, rev 1), took 50 ms.',
      'AI Hero: Course open (AI SDK Crash Course).',
      'AI Hero → Total TypeScript: entitlement/granted (AI SDK Crash Course, rev 1, settled), took 60 ms.',
    ])
    expect(sequence.steps.map(({ atMs }) => atMs)).toEqual([0, 10, 50, 100, 100])
    expect(sequence).toMatchObject({
      state: 'settled',
      says: 'Open on AI Hero 160 ms after Stripe’s webhook.',
      what: 'TypeScript + AI, $499.00',
      buyer: 'Ada Park',
      correctedMs: 0,
    })
  })

  it('is the same for rows in any order, and for rows that come twice', () => {
    const wanted = sequenceOf(told, done)
    expect(sequenceOf([...told].reverse(), done)).toEqual(wanted)
    expect(sequenceOf([...told, ...told], [...done, ...done])).toEqual(wanted)
  })

  it('leaves out rows of other purchases', () => {
    const other = { ...sending(55), purchaseId: 'purchase-2' }
    expect(sequenceOf([...told, other], done)).toEqual(sequenceOf(told, done))
  })

  it('is nothing when neither app tells of the purchase', () => {
    const empty = { rows: [], clockAheadMs: 0 }
    expect(buildSequence({ purchaseId: PURCHASE, tt: empty, ah: empty, now: START })).toBeUndefined()
  })

  it('waits, and says for how long, while AI Hero has no trace of what was sent', () => {
    const sequence = sequenceOf([bought(), recorded(10), sending(50)], [], { now: START + 12_010 })
    expect(sequence.steps.at(-1)).toMatchObject({ tone: 'waiting', tookMs: undefined })
    expect(sequence).toMatchObject({
      state: 'waiting',
      says: 'Waiting for AI Hero: 1 of 1 course, for 12 s.',
    })
  })

  it('shows a message that was sent again as lost, and the later one as the one that came', () => {
    const again = sending(5_000, { attempt: 2 })
    const sequence = sequenceOf(
      [bought(), recorded(10), sending(50), again, acknowledged(5_200)],
      [applied(5_100)],
    )
    expect(sentences(sequence)).toContain(
      'Total TypeScript → AI Hero: bundle/purchased (AI SDK Crash Course, rev 1 · lost).',
    )
    expect(sentences(sequence)).toContain(
      'Total TypeScript → AI Hero: bundle/purchased (AI SDK Crash Course, rev 1, try 2), took 100 ms.',
    )
    expect(sequence.state).toBe('settled')
  })

  it('gives a late message its own time when the one after it has overtaken it', () => {
    const again = sending(5_000, { attempt: 2 })
    const late = applied(9_050, { action: 'grant.repeated' })
    const sequence = sequenceOf(
      [bought(), recorded(10), sending(50), again, acknowledged(5_200)],
      [applied(5_100), late],
    )
    const sent = sequence.steps.filter(({ title }) => title === 'bundle/purchased')
    expect(sent.map(({ tookMs }) => tookMs)).toEqual([9_000, 100])
    expect(sequence.steps.at(-1)).toMatchObject({ title: 'Known already', tone: 'repeat' })
  })

  it('shows a message that came twice, and no second answer to wait for', () => {
    const twice = applied(104, { action: 'grant.repeated' })
    const sequence = sequenceOf(told, [...done, twice])
    expect(sequence.steps.filter(({ tone }) => tone === 'repeat').map(stepSentence)).toEqual([
      'Total TypeScript → AI Hero: bundle/purchased (AI SDK Crash Course, rev 1, once more).',
      'AI Hero: Known already (AI SDK Crash Course: nothing changed).',
    ])
    expect(sequence.steps.some(({ tone }) => tone === 'waiting')).toBe(false)
    expect(sequence.state).toBe('settled')
  })

  it('does not take a repetition after the answer for a clock that is wrong', () => {
    const sequence = sequenceOf(told, [...done, applied(9_000, { action: 'grant.repeated' })])
    expect(sequence.correctedMs).toBe(0)
  })

  it('waits for an answer that was lost, until it is read by pull', () => {
    const open = sequenceOf([bought(), recorded(10), sending(50)], done)
    expect(open.steps.at(-1)).toMatchObject({ from: 'ah', to: 'tt', tone: 'waiting' })
    const pulled = sequenceOf(
      [bought(), recorded(10), sending(50), acknowledged(30_000, { via: 'pull' })],
      done,
    )
    expect(sentences(pulled).at(-1)).toBe(
      'AI Hero → Total TypeScript: read by pull (AI SDK Crash Course, rev 1, settled), took 30 s.',
    )
  })

  it('says of an answer whether AI Hero has sent it yet', () => {
    const tt = [bought(), recorded(10), sending(50)]
    expect(sequenceOf(tt, done).steps.at(-1)?.detail).toMatch(/not sent yet$/)
    const sent = row(120, 'grant.answered', 'grant-1', { productId: COURSE, revision: 1, stateVersion: 1 })
    expect(sequenceOf(tt, [...done, sent]).steps.at(-1)?.detail).toMatch(/waiting$/)
  })

  it('goes on with the refund: cause first, then what it changes, then the round to AI Hero and back', () => {
    const refund = { ...row(1_010, 'charge.refund', 're_1', { status: 'succeeded', amount: 49_900 }) }
    const sequence = sequenceOf(
      [
        ...told,
        revised(1_000, 2),
        refund,
        sending(1_050, { revision: 2, event: 'entitlement/revoke' }),
        acknowledged(1_200, { revision: 2, stateVersion: 2, status: 'revoked' }),
      ],
      [...done, applied(1_100, { revision: 2, stateVersion: 2, status: 'revoked' })],
    )
    expect(sentences(sequence).slice(5)).toEqual([
      'Stripe → Total TypeScript: charge.refunded ($499.00, succeeded).',
      'Total TypeScript: Now revoked: refund (AI SDK Crash Course, rev 2).',
      'Total TypeScript → AI Hero: entitlement/revoke (AI SDK Crash Course, rev 2), took 50 ms.',
      'AI Hero: Course closed (AI SDK Crash Course).',
      'AI Hero → Total TypeScript: entitlement/revoked (AI SDK Crash Course, rev 2, settled), took 100 ms.',
    ])
    expect(sequence).toMatchObject({ state: 'settled', says: 'Closed on AI Hero 200 ms after the refund.' })
  })

  it('is not settled again until the newest revision is', () => {
    const sequence = sequenceOf([...told, revised(1_000, 2)], done, { now: START + 3_000 })
    expect(sequence).toMatchObject({
      state: 'waiting',
      says: 'Waiting for AI Hero: 1 of 1 course, for 2.0 s.',
    })
  })

  it('says that a course waits to be claimed, and shows the claim when it comes', () => {
    const pendingTt = [bought(), recorded(10), sending(50), acknowledged(160, { status: 'pending' })]
    const pendingAh = [applied(100, { status: 'pending' })]
    expect(sequenceOf(pendingTt, pendingAh).says).toBe(
      'Waits on AI Hero to be claimed, told 160 ms after Stripe’s webhook.',
    )
    const mirrored = row(9_100, 'sync.mirrored', 'sync-1', {
      revision: 1,
      stateVersion: 2,
      status: 'active',
      via: 'event',
    })
    const claimed = applied(9_000, { stateVersion: 2, action: 'grant.claimed' })
    const sequence = sequenceOf([...pendingTt, mirrored], [...pendingAh, claimed])
    expect(sentences(sequence).slice(-2)).toEqual([
      'AI Hero: Course open (AI SDK Crash Course, claimed through the link).',
      'AI Hero → Total TypeScript: entitlement/granted (AI SDK Crash Course, rev 1), took 100 ms.',
    ])
    expect(sequence.says).toMatch(/^Open on AI Hero/)
  })

  it('keeps the two courses of a bundle apart', () => {
    const other = 'product-evals-for-typescript'
    const sequence = sequenceOf(
      [...told, recorded(12, other, 'sync-2'), sending(52, { sync: 'sync-2' })],
      done,
    )
    expect(sequence.says).toMatch(/^Waiting for AI Hero: 1 of 2 courses/)
    expect(sequence.steps.find(({ tone }) => tone === 'waiting')?.detail).toContain('Evals for TypeScript')
  })

  it('asks for a person when AI Hero refuses for good', () => {
    const refusal = row(200, 'alert.sync-refused', 'sync-1', { revision: 1, code: 'unknown-product' })
    const refused = applied(100, { action: 'alert.revision-refused' })
    const sequence = sequenceOf([bought(), recorded(10), sending(50), refusal], [refused])
    expect(sequence.state).toBe('attention')
    const answer = sequence.steps.find(({ title }) => title === 'entitlement/failed')
    expect(answer).toMatchObject({ from: 'ah', to: 'tt', tone: 'alert', tookMs: 100 })
  })

  it('has nothing to sync for a purchase without courses of AI Hero', () => {
    expect(sequenceOf([bought()], [])).toMatchObject({ state: 'nothing-to-sync' })
  })

  it('shows an action it has no words for by its name', () => {
    const sequence = sequenceOf([...told, row(300, 'sync.thawed', 'sync-1')], done)
    expect(sequence.steps.at(-1)).toMatchObject({ title: 'sync.thawed', tone: 'plain' })
  })

  it('shows no address that got into an alert', () => {
    const alert = row(300, 'alert.email-refused', 'mail-1', { error: 'no such person: ada@example.com' })
    const [last] = sequenceOf([...told, alert], done).steps.slice(-1)
    expect(last?.detail).toBe('no such person: [email]')
  })
})

describe('facts about money and courses', () => {
  it('gives a refund in the currency of its purchase', () => {
    const yen = { ...bought(), data: { ...bought().data, amount: 49_900, currency: 'jpy' } }
    const refund = row(500, 'charge.refund', 're_1', { amount: 49_900, status: 'succeeded' })
    const sequence = sequenceOf([yen, refund], [])
    expect(sequence.what).toContain('¥49,900')
    expect(sentences(sequence)).toContain('Stripe → Total TypeScript: charge.refunded (¥49,900, succeeded).')
  })

  it('does not call a bundle open when one of its courses is closed', () => {
    const second = {
      ...acknowledged(900, { revision: 2, stateVersion: 2, status: 'revoked' }),
      subject: 'sync-2',
    }
    const tt = [
      bought(),
      recorded(10),
      recorded(11, 'product-evals-for-typescript', 'sync-2'),
      acknowledged(160),
      second,
    ]
    expect(sequenceOf(tt, []).says).toMatch(/^1 of 2 courses open on AI Hero, told /)
  })

  it('shows an action that is called like something every object has by its name', () => {
    expect(
      sentences(sequenceOf([bought(), row(5, 'constructor', 'x'), row(6, 'toString', 'x')], [])),
    ).toEqual(expect.arrayContaining(['Total TypeScript: constructor.', 'Total TypeScript: toString.']))
  })
})

describe('two clocks', () => {
  const shifted = (rows: TimelineRow[], ms: number) =>
    rows.map((each) => ({ ...each, at: new Date(Date.parse(each.at) + ms).toISOString() }))

  it('takes away how far an app’s clock is known to be ahead', () => {
    expect(sequenceOf(told, shifted(done, 5_000), { ahClockAheadMs: 5_000 })).toEqual(sequenceOf(told, done))
  })

  it('moves AI Hero’s rows as little as puts cause before effect when its clock is ahead', () => {
    const sequence = sequenceOf(told, shifted(done, 5_000))
    expect(sequence.correctedMs).toBe(-4_940)
    expect(sequence.steps.map(({ tookMs }) => tookMs)).toEqual([undefined, undefined, 110, undefined, 0])
  })

  it('and when it is behind', () => {
    const sequence = sequenceOf(told, shifted(done, -5_000))
    expect(sequence.correctedMs).toBe(4_950)
    expect(sequence.steps.map(({ tookMs }) => tookMs)).toEqual([undefined, undefined, 0, undefined, 110])
  })

  it('control: moves nothing when the rows agree', () => {
    expect(sequenceOf(told, shifted(done, 40)).correctedMs).toBe(0)
  })
})

describe('when only one app answers', () => {
  it('shows Total TypeScript’s half, with AI Hero’s answers as they came in', () => {
    const sequence = sequenceOf(told, undefined)
    expect(sentences(sequence)).toEqual([
      'Stripe → Total TypeScript: checkout.session.completed ($499.00 paid).',
      'Total TypeScript: Sync recorded (AI SDK Crash Course, rev 1).',
      'Total TypeScript → AI Hero: bundle/purchased (AI SDK Crash Course, rev 1).',
      'AI Hero → Total TypeScript: entitlement/granted (AI SDK Crash Course, rev 1, settled).',
    ])
    expect(sequence.state).toBe('settled')
  })

  it('shows AI Hero’s half, and claims nothing about the rest', () => {
    const sequence = sequenceOf(undefined, done)
    expect(sentences(sequence)).toEqual([
      'Total TypeScript → AI Hero: bundle/purchased (AI SDK Crash Course, rev 1, received).',
      'AI Hero: Course open (AI SDK Crash Course).',
      'AI Hero → Total TypeScript: entitlement/granted (AI SDK Crash Course, rev 1).',
    ])
    expect(sequence.says).toBe('Total TypeScript has not told about this purchase.')
  })
})
