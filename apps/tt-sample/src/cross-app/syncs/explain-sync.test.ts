import {describe, expect, it} from 'vitest'
import {explainSync, type SyncToExplain} from './explain-sync'

const now = new Date('2026-03-01T12:00:00.000Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

const open: SyncToExplain = {
  status: 'synced',
  desiredState: 'granted',
  reason: 'purchase',
  revision: 2,
  ackedRevision: 2,
  refusedRevision: null,
  errorMessage: null,
  ownerProven: true,
  mirrorStatus: 'active',
  frozenAt: null,
  holdReason: null,
  dueSince: null,
}
const unacknowledged = {...open, status: 'pending', ackedRevision: 1, dueSince: minutesAgo(0)}

const cases: [string, Partial<SyncToExplain>, boolean, string, 'fine' | 'waiting' | 'problem' | 'closed'][] =
  [
    ['open', open, true, 'Open', 'fine'],
    ['just sent', unacknowledged, true, 'On its way', 'waiting'],
    ['sent long ago', {...unacknowledged, dueSince: minutesAgo(16)}, true, 'Takes too long', 'problem'],
    ['never answered', {...unacknowledged, status: 'failed'}, true, 'AI Hero does not answer', 'problem'],
    [
      'an unknown course',
      {
        ...unacknowledged,
        status: 'failed',
        refusedRevision: 2,
        errorMessage: 'unknown-product: No such product.',
      },
      true,
      'Refused: unknown course',
      'problem',
    ],
    [
      'refused for another reason',
      {...unacknowledged, status: 'failed', refusedRevision: 2, errorMessage: 'invalid: Bad country.'},
      true,
      'Refused by AI Hero',
      'problem',
    ],
    ['frozen', {...open, frozenAt: now, ackedRevision: 1}, true, 'Stopped: AI Hero knows more', 'problem'],
    ['refunded', {...open, desiredState: 'revoked', reason: 'refund'}, true, 'Closed: refunded', 'closed'],
    [
      'a lost dispute',
      {...open, desiredState: 'revoked', reason: 'dispute'},
      true,
      'Closed: dispute lost',
      'closed',
    ],
    [
      'an open dispute',
      {...open, desiredState: 'suspended', reason: 'dispute'},
      true,
      'Closed while disputed',
      'closed',
    ],
    [
      'on hold',
      {...open, desiredState: 'suspended', reason: 'hold', holdReason: 'card under review'},
      true,
      'On hold',
      'closed',
    ],
    [
      'a guest',
      {...open, mirrorStatus: 'pending', ownerProven: false},
      false,
      'Address not confirmed',
      'waiting',
    ],
    ['not linked', {...open, mirrorStatus: 'pending'}, false, 'Reserved, not claimed', 'waiting'],
    ['being claimed', {...open, mirrorStatus: 'pending'}, true, 'Reserved, being claimed', 'waiting'],
  ]

describe('explainSync', () => {
  it.each(cases)('has words of its own for %s', (_name, over, linked, label, tone) => {
    expect(explainSync({...open, ...over}, {linked, now})).toMatchObject({label, tone})
  })

  it('says what to do about every problem', () => {
    const problems = cases.map(([, over, linked]) => explainSync({...open, ...over}, {linked, now}))
    for (const {tone, next} of problems) if (tone === 'problem') expect(next).toMatch(/\.$/)
  })

  it('uses no word that a supporter would have to look up', () => {
    for (const [, over, linked] of cases) {
      const {label, detail, next} = explainSync({...open, ...over}, {linked, now})
      expect(`${label} ${detail} ${next}`).not.toMatch(/revision|entitlement|acknowledg|stateVersion|mirror/i)
    }
  })

  it('gives the reason of a hold to whoever has to release it', () => {
    const held = {...open, desiredState: 'suspended', reason: 'hold', holdReason: 'card under review'}
    expect(explainSync(held, {linked: true, now}).detail).toContain('“card under review”')
  })
})
