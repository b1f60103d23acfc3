import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { StackError } from '../errors.ts'
import { readOverrides } from '../overrides.ts'
import { nodeProgram } from '../paths.ts'
import type { StripeChoice } from '../picking/pick.ts'
import { freePort } from '../ports/free-port.ts'
import { fakeStripeCli } from '../stripe-test-mode/testing/fake-stripe-cli.ts'
import { startTwoAccounts } from '../stripe-test-mode/testing/two-accounts.ts'
import { pickStripe } from './pick-stripe.ts'

afterEach(() => vi.unstubAllEnvs())

/** The overrides as these variables alone give them: a person's own `.env` stays out of the tests. */
function pick(variables: Record<string, string>, forced?: StripeChoice, app: 'tt' | 'ah' = 'tt') {
  return pickStripe({ app, overrides: readOverrides(variables, {}), forced })
}

async function refusal(...input: Parameters<typeof pick>): Promise<StackError> {
  return pick(...input).then(
    (picked) => Promise.reject(new Error(`It was not refused: ${picked.pick.what}`)),
    (error: StackError) => error,
  )
}

function useCli(options?: Parameters<typeof fakeStripeCli>[0]) {
  const cli = fakeStripeCli(options)
  vi.stubEnv('PATH', cli.path)
  return cli
}

/** A PATH with Node and nothing else on it. */
function useNoCli(): void {
  vi.stubEnv('PATH', dirname(nodeProgram()))
}

async function testAccounts() {
  const accounts = await startTwoAccounts()
  return {
    accounts,
    variables: {
      TT_STRIPE_SECRET_KEY: accounts.keys.tt,
      AH_STRIPE_SECRET_KEY: accounts.keys.ah,
      STRIPE_API_BASE_URL: accounts.sandbox.url,
    },
  }
}

describe('pickStripe with a key', () => {
  it('is the test mode: the app gets the key and the signing secret that the CLI gave before it starts', async () => {
    const { accounts, variables } = await testAccounts()
    const cli = useCli()
    const picked = await pick(variables)
    expect(picked).toMatchObject({
      pick: { choice: 'test-mode', version: '1.99.0', forced: true, passedOver: [] },
      environment: { STRIPE_SECRET_KEY: accounts.keys.tt, STRIPE_WEBHOOK_SECRET: cli.secret },
      listen: true,
      dashboardUrl: 'https://dashboard.stripe.com/acct_sandbox_tt/test/payments',
    })
    expect(picked.pick.what).toBe('Stripe test mode (acct_sandbox_tt), events by the Stripe CLI')
  })

  it('lets the app call Stripe itself, or what a person gave in its place', async () => {
    const { accounts, variables } = await testAccounts()
    useCli()
    expect((await pick(variables)).environment.STRIPE_API_BASE_URL).toBe(accounts.sandbox.url)
    const { STRIPE_API_BASE_URL: stripeApi, ...keys } = variables
    const overrides = readOverrides(keys, {})
    const { environment } = await pickStripe({ app: 'tt', overrides, forced: undefined, stripeApi })
    expect(environment).toHaveProperty('STRIPE_API_BASE_URL', undefined)
  })

  it('never shows the key to the CLI’s command line', async () => {
    const { accounts, variables } = await testAccounts()
    const cli = useCli()
    await pick(variables)
    expect(cli.calls()).toEqual(['--version', 'listen --print-secret'])
    expect(cli.environment()).toContain(`STRIPE_API_KEY=${accounts.keys.tt}`)
    expect(cli.environment()).toContain('STRIPE_DEVICE_NAME=')
  })

  it('is picked for one app and leaves the other its stand-in', async () => {
    const { variables } = await testAccounts()
    useCli()
    const { AH_STRIPE_SECRET_KEY: _ah, ...onlyTt } = variables
    expect((await pick(onlyTt, undefined, 'tt')).pick.choice).toBe('test-mode')
    expect(await pick(onlyTt, undefined, 'ah')).toMatchObject({
      pick: {
        choice: 'sandbox',
        forced: false,
        passedOver: [{ choice: 'test-mode', reason: 'AH_STRIPE_SECRET_KEY is not given' }],
      },
      environment: {},
      listen: false,
    })
    expect((await pick(onlyTt, 'test-mode', 'ah')).pick.choice).toBe('sandbox')
  })

  it('needs no CLI when a person forwards the events and gives the endpoint’s secret', async () => {
    const { variables } = await testAccounts()
    useNoCli()
    const own = { ...variables, TT_STRIPE_WEBHOOK_SECRET: 'whsec_own' }
    expect(await pick(own)).toMatchObject({
      pick: { choice: 'test-mode', version: '' },
      environment: { STRIPE_WEBHOOK_SECRET: 'whsec_own' },
      listen: false,
    })
    expect((await refusal({ ...own, TT_STRIPE_WEBHOOK_SECRET: 'we_123' })).message).toContain(
      'TT_STRIPE_WEBHOOK_SECRET is no signing secret',
    )
  })

  it('says what is missing without the CLI, and each way out', async () => {
    const { variables } = await testAccounts()
    useNoCli()
    expect(await refusal(variables)).toMatchObject({
      code: 'not-available',
      message: expect.stringContaining('the Stripe CLI, which brings'),
      nextStep: expect.stringMatching(/install.*TT_STRIPE_WEBHOOK_SECRET.*--stripe=sandbox/),
    })
  })

  it('shows why the CLI gave no secret, without what is secret in it', async () => {
    const { accounts, variables } = await testAccounts()
    useCli({ printSecret: `echo "no permission for $STRIPE_API_KEY" >&2; exit 1` })
    const error = await refusal(variables)
    expect(error.message).toContain('gave no signing secret for TT_STRIPE_SECRET_KEY: exit code 1')
    expect(error.lastLines).toEqual(['no permission for sk_test_…'])
    expect(JSON.stringify(error)).not.toContain(accounts.keys.tt)
  })

  it('refuses a live key, whatever else is asked for, and never shows it', async () => {
    const live = { TT_STRIPE_SECRET_KEY: 'sk_live_neverShown' }
    for (const forced of [undefined, 'sandbox', 'test-mode'] as const) {
      const error = await refusal(live, forced)
      expect(error.message).toContain('TT_STRIPE_SECRET_KEY is a live key')
      expect(JSON.stringify(error) + error.message).not.toContain('neverShown')
    }
  })

  it('refuses a key that Stripe does not know', async () => {
    const { accounts } = await testAccounts()
    const variables = { TT_STRIPE_SECRET_KEY: 'sk_test_rolled', STRIPE_API_BASE_URL: accounts.sandbox.url }
    expect((await refusal(variables)).message).toContain('Stripe does not know the key')
  })

  it('does not fall back in silence when Stripe can not be reached', async () => {
    const variables = {
      TT_STRIPE_SECRET_KEY: 'sk_test_any',
      STRIPE_API_BASE_URL: `http://127.0.0.1:${await freePort()}`,
    }
    expect(await refusal(variables)).toMatchObject({
      message: expect.stringContaining("Stripe can't be reached"),
      nextStep: expect.stringContaining('--stripe=sandbox'),
    })
  })

  it('takes a restricted key that may not read its account', async () => {
    const server = createServer((_request, response) => response.writeHead(403).end('{"error":{}}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    useCli()
    const picked = await pick({
      TT_STRIPE_SECRET_KEY: 'rk_test_restricted',
      STRIPE_API_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    })
    expect(picked).toMatchObject({
      pick: { choice: 'test-mode', what: 'Stripe test mode, events by the Stripe CLI' },
      dashboardUrl: 'https://dashboard.stripe.com/test/payments',
    })
  })
})

describe('pickStripe without a key', () => {
  it('is the stand-in', async () => {
    expect((await pick({})).pick).toMatchObject({ choice: 'sandbox', what: 'Stripe stand-in', forced: false })
  })

  it('is the stand-in with a key too, when it is asked for', async () => {
    expect((await pick({ TT_STRIPE_SECRET_KEY: 'sk_test_kept' }, 'sandbox')).pick).toMatchObject({
      choice: 'sandbox',
      forced: true,
    })
  })

  it('refuses the test mode that was asked for', async () => {
    expect((await refusal({}, 'test-mode')).message).toContain('--stripe=test-mode needs a key')
  })

  it('names the key that a signing secret lacks', async () => {
    expect((await refusal({ AH_STRIPE_WEBHOOK_SECRET: 'whsec_x' }, undefined, 'ah')).message).toBe(
      'AH_STRIPE_WEBHOOK_SECRET is given, and AH_STRIPE_SECRET_KEY is missing.',
    )
  })

  it('refuses one key for both apps', async () => {
    const key = 'sk_test_same'
    expect((await refusal({ TT_STRIPE_SECRET_KEY: key, AH_STRIPE_SECRET_KEY: key })).message).toContain(
      'are the same key',
    )
  })
})
