import { describe, expect, it } from 'vitest'
import { appEnvironment, cookiePrefix } from './app-environment.ts'
import { portsOf } from './ports/ports-of.ts'
import { stackSecrets } from './secrets.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

function environments(options: Partial<Parameters<typeof appEnvironment>[0]> = {}) {
  const secrets = stackSecrets(temporaryFolder())
  const of = (app: 'tt' | 'ah') =>
    appEnvironment({
      app,
      stackName: 'dev',
      ports: portsOf(),
      secrets,
      databaseUrl: `mysql://127.0.0.1/${app}`,
      ...options,
    })
  return { tt: of('tt'), ah: of('ah') }
}

describe('appEnvironment', () => {
  it("gives each app the other one's event key and its own signing key", () => {
    const { tt, ah } = environments()
    expect(tt.AI_HERO_INNGEST_EVENT_KEY).toBe(ah.INNGEST_EVENT_KEY)
    expect(ah.TT_INNGEST_EVENT_KEY).toBe(tt.INNGEST_EVENT_KEY)
    expect(tt.INNGEST_SIGNING_KEY).toMatch(/^signkey-test-[0-9a-f]{64}$/)
    expect(tt.INNGEST_SIGNING_KEY).not.toBe(ah.INNGEST_SIGNING_KEY)
  })

  it('shares the secret of the bridge and nothing else that is secret', () => {
    const { tt, ah } = environments()
    expect(tt.CROSS_APP_SECRET).toBe(ah.CROSS_APP_SECRET)
    for (const name of [
      'STRIPE_SECRET_KEY',
      'STRIPE_WEBHOOK_SECRET',
      'CRON_SECRET',
      'GITHUB_CLIENT_SECRET',
      'DISCORD_CLIENT_SECRET',
    ]) {
      expect(tt[name]).not.toBe(ah[name])
    }
  })

  it('never uses the development mode in which signatures are not checked', () => {
    const { tt, ah } = environments()
    expect([tt.INNGEST_DEV, ah.INNGEST_DEV]).toEqual(['0', '0'])
  })

  it('sends one leg of the bridge through another address when told', () => {
    const { tt, ah } = environments({ routes: { ttToAhInngest: 'http://127.0.0.1:1' } })
    expect(tt.AI_HERO_INNGEST_BASE_URL).toBe('http://127.0.0.1:1')
    expect(ah.TT_INNGEST_BASE_URL).toBe('http://127.0.0.1:8288')
    expect(ah.INNGEST_BASE_URL).toBe('http://127.0.0.1:8388')
  })

  it('gives the browser other names for the sites when told, and the parts the same addresses as ever', () => {
    const secrets = stackSecrets(temporaryFolder())
    const usual = environments({ secrets })
    const named = environments({ secrets, hosts: { tt: 'tt.test', ah: 'ah.test' } })
    expect(named.tt).toEqual({
      ...usual.tt,
      NEXTAUTH_URL: 'http://tt.test:3000',
      AI_HERO_URL: 'http://ah.test:3001',
    })
    expect(named.ah).toEqual({
      ...usual.ah,
      AUTH_URL: 'http://ah.test:3001',
      TT_URL: 'http://tt.test:3000',
    })
    expect(usual.tt.NEXTAUTH_URL).toBe('http://localhost:3000')
  })

  it('sends the browser and the app to the Discord stand-in', () => {
    const { tt, ah } = environments()
    expect(tt).toMatchObject({
      DISCORD_BASE_URL: 'http://127.0.0.1:4022',
      DISCORD_API_BASE_URL: 'http://127.0.0.1:4022/api',
    })
    expect(tt.DISCORD_CLIENT_ID).not.toBe(ah.DISCORD_CLIENT_ID)
  })

  it('sets no variable to an empty text', () => {
    for (const environment of Object.values(environments()))
      expect(Object.values(environment)).not.toContain('')
  })
})

describe('cookiePrefix', () => {
  it('differs for every app and stack on localhost', () => {
    const all = ['dev', 'test'].flatMap((name) => [cookiePrefix(name, 'tt'), cookiePrefix(name, 'ah')])
    expect(new Set(all).size).toBe(4)
  })
})
