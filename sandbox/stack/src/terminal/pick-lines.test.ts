import { describe, expect, it } from 'vitest'
import type { Pick } from '../picking/pick.ts'
import { pickLines } from './pick-lines.ts'

const pick = <Choice extends string>(
  choice: Choice,
  passedOver: Pick<Choice>['passedOver'] = [],
): Pick<Choice> => ({ choice, what: 'something', version: '1', forced: false, passedOver })

describe('pickLines', () => {
  it('is silent about a part whose first choice was taken', () => {
    expect(pickLines({ inngestTt: pick('binary'), inngestAh: pick('binary') })).toEqual([])
  })

  it('says once for both apps what differs only in the name of the variable', () => {
    const mysql = (variable: string) =>
      pick('package', [
        { choice: 'url', reason: `${variable} is not set` },
        { choice: 'docker', reason: 'the Docker daemon is not running' },
      ])
    expect(pickLines({ mysqlTt: mysql('TT_DATABASE_URL'), mysqlAh: mysql('AH_DATABASE_URL') })).toEqual([
      'databases  package  TT_/AH_DATABASE_URL is not set; the Docker daemon is not running',
    ])
  })

  it('gives each app a line when one is real', () => {
    const sandbox = pick('sandbox', [{ choice: 'test-mode', reason: 'AH_STRIPE_SECRET_KEY is not given' }])
    expect(pickLines({ stripeTt: pick('test-mode'), stripeAh: sandbox })).toEqual([
      'stripe ah  sandbox  AH_STRIPE_SECRET_KEY is not given',
    ])
  })

  it('says a reason once that stands for several choices', () => {
    const forced = pick('embedded', [
      { choice: 'binary', reason: '--inngest=embedded was asked for' },
      { choice: 'installed', reason: '--inngest=embedded was asked for' },
    ])
    expect(pickLines({ inngestTt: forced, inngestAh: forced })).toEqual([
      'inngest  embedded  --inngest=embedded was asked for',
    ])
  })
})
