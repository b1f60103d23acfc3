import { describe, expect, it } from 'vitest'
import { partNames } from '../ports/ports-of.ts'
import type { Pick, ServiceChoice, StripeChoice } from './pick.ts'
import { neededParts, type PickedForApp, pickOfPart, picksOf } from './picked-parts.ts'

const pick = <Choice extends string>(choice: Choice): Pick<Choice> => ({
  choice,
  what: choice,
  version: '',
  forced: false,
  passedOver: [],
})
const service = (choice: ServiceChoice) => ({ pick: pick(choice), environment: {} })

function app({
  stripe = 'sandbox',
  listen = false,
  github = 'stand-in',
  mail = 'stand-in',
}: {
  stripe?: StripeChoice
  listen?: boolean
  github?: ServiceChoice
  mail?: ServiceChoice
} = {}): PickedForApp {
  return {
    mysql: { pick: pick('installed'), source: { kind: 'docker' } },
    inngest: { pick: pick('embedded'), source: { kind: 'embedded' } },
    stripe: { pick: pick(stripe), environment: {}, listen },
    github: service(github),
    discord: service('stand-in'),
    mail: service(mail),
  }
}
const all = new Set(partNames)

describe('neededParts', () => {
  it('is everything but the Stripe CLI when every service is a stand-in', () => {
    const needed = neededParts(all, { tt: app(), ah: app() })
    expect([...all].filter((part) => !needed.has(part))).toEqual(['stripe-listen-tt', 'stripe-listen-ah'])
  })

  it('keeps a stand-in as long as one app uses it', () => {
    const needed = neededParts(all, { tt: app({ stripe: 'test-mode', listen: true }), ah: app() })
    expect(needed.has('stripe')).toBe(true)
    expect(needed.has('stripe-listen-tt')).toBe(true)
    expect(needed.has('stripe-listen-ah')).toBe(false)
  })

  it('leaves out stand-ins that nobody uses', () => {
    const real = app({ stripe: 'test-mode', github: 'real', mail: 'real' })
    const needed = neededParts(all, { tt: real, ah: real })
    expect(['stripe', 'github', 'inbox', 'discord'].filter((part) => needed.has(part as 'stripe'))).toEqual([
      'discord',
    ])
  })

  it('adds nothing that was not wanted', () => {
    const listens = app({ stripe: 'test-mode', listen: true })
    expect([...neededParts(new Set(['inbox']), { tt: listens, ah: listens })]).toEqual(['inbox'])
  })
})

describe('pickOfPart', () => {
  it('is the pick of the app that uses the stand-in, when the other one is real', () => {
    const picks = picksOf(all, { tt: app({ stripe: 'test-mode', listen: true }), ah: app() })
    expect(pickOfPart('stripe', picks)?.choice).toBe('sandbox')
    expect(pickOfPart('stripe-listen-tt', picks)?.choice).toBe('test-mode')
  })

  it('knows one for every part but the apps', () => {
    const picks = picksOf(all, { tt: app(), ah: app() })
    expect(partNames.filter((part) => pickOfPart(part, picks) === undefined)).toEqual(['tt', 'ah'])
  })
})
