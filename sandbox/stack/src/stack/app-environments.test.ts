import { describe, expect, it } from 'vitest'
import { readOverrides } from '../overrides.ts'
import type { PickedForApp } from '../picking/picked-parts.ts'
import { standInServices } from '../picking/stand-in-services.ts'
import { portsOf } from '../ports/ports-of.ts'
import { stackSecrets } from '../secrets.ts'
import { localhostOnly } from '../site-hosts.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { appEnvironments } from './app-environments.ts'

function environments(
  tt: Partial<PickedForApp> = {},
  { given = {}, added }: { given?: Record<string, string>; added?: { tt: Record<string, string> } } = {},
) {
  const nothing: PickedForApp = { ...standInServices(), mysql: undefined, inngest: undefined }
  return appEnvironments({
    stackName: 'dev',
    ports: portsOf(),
    secrets: stackSecrets(temporaryFolder()),
    hosts: localhostOnly,
    routes: { ttToMail: 'http://127.0.0.1:1' },
    overrides: readOverrides(given, {}),
    picked: { tt: { ...nothing, ...tt }, ah: nothing },
    ...(added === undefined ? {} : { added }),
  })
}

const pick = { what: '', version: '', forced: true, passedOver: [] }

describe('appEnvironments', () => {
  it('sends mails over the road that was given', async () => {
    const { tt, ah } = await environments()
    expect(tt.RESEND_BASE_URL).toBe('http://127.0.0.1:1')
    expect(ah.RESEND_BASE_URL).toBe('http://127.0.0.1:4021')
  })

  it('gives an app the keys of its real service and takes the address of the stand-in away', async () => {
    const { tt, ah } = await environments({
      stripe: {
        pick: { ...pick, choice: 'test-mode' },
        environment: { STRIPE_SECRET_KEY: 'sk_test_given', STRIPE_API_BASE_URL: undefined },
        listen: true,
      },
    })
    expect(tt.STRIPE_SECRET_KEY).toBe('sk_test_given')
    expect(tt).not.toHaveProperty('STRIPE_API_BASE_URL')
    expect(ah.STRIPE_API_BASE_URL).toBe('http://127.0.0.1:4010')
    expect(ah.STRIPE_SECRET_KEY).not.toBe('sk_test_given')
  })

  it('uses a given database only if that was picked', async () => {
    const url = 'mysql://me:pw@db.test/shop'
    const given = { TT_DATABASE_URL: url }
    const fromUrl = { pick: { ...pick, choice: 'url' as const }, source: { kind: 'url' as const, url } }
    const fromDocker = { pick: { ...pick, choice: 'docker' as const }, source: { kind: 'docker' as const } }
    expect((await environments({ mysql: fromUrl }, { given })).tt.DATABASE_URL).toBe(url)
    expect((await environments({ mysql: fromDocker }, { given })).tt.DATABASE_URL).toContain(
      '127.0.0.1:3307/tt',
    )
    // A stack without databases of its own: the apps still need one.
    expect((await environments({}, { given })).tt.DATABASE_URL).toBe(url)
  })

  it('lets the caller’s variables win', async () => {
    const { tt } = await environments({}, { added: { tt: { RESEND_BASE_URL: 'http://127.0.0.1:2' } } })
    expect(tt.RESEND_BASE_URL).toBe('http://127.0.0.1:2')
  })
})
