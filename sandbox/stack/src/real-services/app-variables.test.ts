import { afterEach, describe, expect, it, vi } from 'vitest'
import { readOverrides } from '../overrides.ts'
import { pickServices } from '../picking/pick-services.ts'
import { neededParts } from '../picking/picked-parts.ts'
import { partNames, portsOf } from '../ports/ports-of.ts'
import { stackSecrets } from '../secrets.ts'
import { localhostOnly } from '../site-hosts.ts'
import { appEnvironments } from '../stack/app-environments.ts'
import { fakeStripeCli } from '../stripe-test-mode/testing/fake-stripe-cli.ts'
import { startTwoAccounts } from '../stripe-test-mode/testing/two-accounts.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

afterEach(() => vi.unstubAllEnvs())

const secretsOf = () => stackSecrets(temporaryFolder())

/** What both apps are told, and which parts there are, with these variables given and nothing else. */
async function stackWith(variables: Record<string, string>, secrets: ReturnType<typeof secretsOf>) {
  const overrides = readOverrides(variables, {})
  const ofApp = async (app: 'tt' | 'ah') => ({
    mysql: undefined,
    inngest: undefined,
    ...(await pickServices(app, overrides, {})),
  })
  const picked = { tt: await ofApp('tt'), ah: await ofApp('ah') }
  const environments = await appEnvironments({
    stackName: 'dev',
    ports: portsOf(),
    secrets,
    hosts: localhostOnly,
    routes: {},
    overrides,
    picked,
  })
  return { ...environments, parts: neededParts(new Set(partNames), picked) }
}

describe('the apps of a stack with keys of real services', () => {
  it('are told those keys and no stand-in’s address, each its own, and nothing else changes', async () => {
    const accounts = await startTwoAccounts()
    const cli = fakeStripeCli()
    vi.stubEnv('PATH', cli.path)
    const secrets = secretsOf()
    const usual = await stackWith({}, secrets)
    const real = await stackWith(
      {
        TT_STRIPE_SECRET_KEY: accounts.keys.tt,
        STRIPE_API_BASE_URL: accounts.sandbox.url,
        TT_GITHUB_CLIENT_ID: 'github id',
        TT_GITHUB_CLIENT_SECRET: 'github secret',
        AH_DISCORD_CLIENT_ID: 'discord id',
        AH_DISCORD_CLIENT_SECRET: 'discord secret',
        AH_RESEND_API_KEY: 're_key',
        AH_EMAIL_FROM: 'AI Hero <hello@ours.example>',
      },
      secrets,
    )
    const { GITHUB_BASE_URL, GITHUB_API_BASE_URL, ...tt } = usual.tt
    expect(real.tt).toEqual({
      ...tt,
      STRIPE_SECRET_KEY: accounts.keys.tt,
      STRIPE_WEBHOOK_SECRET: cli.secret,
      STRIPE_API_BASE_URL: accounts.sandbox.url,
      GITHUB_CLIENT_ID: 'github id',
      GITHUB_CLIENT_SECRET: 'github secret',
    })
    const { DISCORD_BASE_URL, DISCORD_API_BASE_URL, RESEND_BASE_URL, ...ah } = usual.ah
    expect(real.ah).toEqual({
      ...ah,
      DISCORD_CLIENT_ID: 'discord id',
      DISCORD_CLIENT_SECRET: 'discord secret',
      RESEND_API_KEY: 're_key',
      EMAIL_FROM: 'AI Hero <hello@ours.example>',
    })
    // Control: these addresses are there as long as the services are stand-ins.
    for (const address of [GITHUB_BASE_URL, GITHUB_API_BASE_URL, DISCORD_BASE_URL, RESEND_BASE_URL]) {
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:/)
    }
    expect(DISCORD_API_BASE_URL).toBeDefined()
    expect(partNames.filter((part) => usual.parts.has(part) !== real.parts.has(part))).toEqual([
      'stripe-listen-tt',
    ])
  })

  it('bring no stand-in of Stripe when both accounts are real', async () => {
    const accounts = await startTwoAccounts()
    vi.stubEnv('PATH', fakeStripeCli().path)
    const { parts } = await stackWith(
      {
        TT_STRIPE_SECRET_KEY: accounts.keys.tt,
        AH_STRIPE_SECRET_KEY: accounts.keys.ah,
        AH_STRIPE_WEBHOOK_SECRET: 'whsec_own',
        STRIPE_API_BASE_URL: accounts.sandbox.url,
      },
      secretsOf(),
    )
    expect([...parts].filter((part) => part.includes('stripe'))).toEqual(['stripe-listen-tt'])
  })
})
