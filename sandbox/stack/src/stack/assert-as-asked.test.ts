import { describe, expect, it } from 'vitest'
import type { StackInfo } from '../stack-info.ts'
import { assertAsAsked } from './assert-as-asked.ts'

const pick = <Choice extends string>(choice: Choice, what: string) => ({
  choice,
  what,
  version: '',
  forced: false,
  passedOver: [],
})
const app = (url: string) => ({ url, databaseUrl: '', inngestUrl: '', eventKey: '', cronSecret: '' })
const account = { secretKey: '', webhookSecret: '' }
const info: StackInfo = {
  name: 'two',
  apps: 'dev',
  tt: app('http://localhost:19000'),
  ah: app('http://ah.test:19001'),
  stripe: { url: '', tt: account, ah: account },
  inbox: { url: '' },
  github: { url: '' },
  discord: { url: '' },
  parts: [],
  picks: {
    mysqlTt: pick('installed', 'MariaDB 10.11.19, installed'),
    mysqlAh: pick('installed', 'MariaDB 10.11.19, installed'),
    stripeTt: pick('test-mode', 'Stripe test mode'),
    stripeAh: pick('sandbox', 'Stripe stand-in'),
  },
  kinds: { mysql: '', inngest: '', stripe: '' },
}

describe('assertAsAsked', () => {
  it.each([
    [
      { choices: { mysql: 'docker' } },
      'is running with MariaDB 10.11.19, installed; mysql docker was asked for',
    ],
    [{ portBase: 20_000 }, 'is running at port 19000; 20000 was asked for'],
    [{ hosts: { tt: 'tt.test', ah: 'ah.test' } }, 'other names were asked for'],
  ] as const)('refuses a running stack that is not what was asked for: %j', (asked, message) => {
    expect(() => assertAsAsked(info, { apps: 'dev', ...asked })).toThrow(message)
    expect(() => assertAsAsked(info, { apps: 'dev', ...asked })).toThrow(
      expect.objectContaining({
        code: 'already-running',
        nextStep: expect.stringContaining('npm run stack -- down --name two'),
      }),
    )
  })

  it.each([
    {},
    { choices: {} },
    { choices: { mysql: 'installed', stripe: 'test-mode' } },
    { choices: { stripe: 'sandbox', github: 'stand-in' } },
    { choices: { inngest: 'docker' } },
    { portBase: 19_000, hosts: { tt: 'localhost', ah: 'ah.test' } },
  ] as const)('takes one that is, or of which nothing else was asked (control): %j', (asked) => {
    expect(() => assertAsAsked(info, { apps: 'dev', ...asked })).not.toThrow()
  })
})
