import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stripeIds } from '../catalogue.ts'
import type { StackError } from '../errors.ts'
import { readOverrides } from '../overrides.ts'
import { nodeProgram } from '../paths.ts'
import { freePort } from '../ports/free-port.ts'
import { setupStripe } from './setup-stripe.ts'
import { startTwoAccounts, type TwoAccounts } from './testing/two-accounts.ts'
import { wantedOnStripe } from './wanted-on-stripe.ts'

const wanted = { tt: wantedOnStripe('tt'), ah: wantedOnStripe('ah') }

/** The overrides as these variables alone give them: a person's own `.env` stays out of the tests. */
function given(variables: Record<string, string>) {
  return readOverrides(variables, {})
}

async function setup(variables: Record<string, string>): Promise<string> {
  const lines: string[] = []
  await setupStripe({
    overrides: given(variables),
    print: (line) => lines.push(stripVTControlCharacters(line)),
  })
  return lines.join('\n')
}

async function refusal(variables: Record<string, string>): Promise<StackError> {
  return setup(variables).then(
    (printed) => Promise.reject(new Error(`It was not refused: ${printed}`)),
    (error: StackError) => error,
  )
}

function variablesOf({ sandbox, keys }: TwoAccounts): Record<string, string> {
  return { TT_STRIPE_SECRET_KEY: keys.tt, AH_STRIPE_SECRET_KEY: keys.ah, STRIPE_API_BASE_URL: sandbox.url }
}

/** Runs the command as `npm run stripe:setup` does. */
function runCommand(variables: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const main = join(dirname(fileURLToPath(import.meta.url)), 'setup-main.ts')
  const child = spawn(nodeProgram(), [main], {
    env: { ...process.env, NO_COLOR: '1', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

// Each account is a program of its own, loaded by tsx: seconds when the machine has other work.
describe('setupStripe', { timeout: 90_000 }, () => {
  it('makes everything once on both accounts, and the second time finds all of it and writes nothing', async () => {
    const accounts = await startTwoAccounts()
    const first = await setup(variablesOf(accounts))
    // A product and a price each; a coupon and a promotion code for each discount code.
    const objects = (app: 'tt' | 'ah') => 2 * (wanted[app].products.length + wanted[app].discountCodes.length)
    expect(first).toContain(`${objects('tt')} created, 0 found, 0 changed`)
    expect(first).toContain(`${objects('ah')} created, 0 found, 0 changed`)
    expect(first).toContain('https://dashboard.stripe.com/acct_sandbox_tt/test/payments')
    const written = [await accounts.eventTypes('tt'), await accounts.eventTypes('ah')]
    expect(written.map(({ length }) => length)).toEqual([objects('tt'), objects('ah')])

    const second = await setup(variablesOf(accounts))
    expect(second).toContain(`0 created, ${objects('tt')} found, 0 changed`)
    expect(second).toContain(`0 created, ${objects('ah')} found, 0 changed`)
    expect([await accounts.eventTypes('tt'), await accounts.eventTypes('ah')]).toEqual(written)
  })

  it('puts right what differs: a new price under the same key, the old one archived; texts; a coupon', async () => {
    const accounts = await startTwoAccounts()
    const [product] = wanted.tt.products
    const [code] = wanted.tt.discountCodes
    if (product === undefined || code === undefined) throw new Error('The catalogue is empty.')
    const tt = (method: string, path: string, form?: Record<string, string>) =>
      accounts.call('tt', method, path, form)
    await tt('POST', '/v1/products', { id: product.stripeProductId, name: 'Its old name' })
    const old = await tt('POST', '/v1/prices', {
      product: product.stripeProductId,
      currency: 'usd',
      unit_amount: '100',
      lookup_key: product.lookupKey,
    })
    await tt('POST', `/v1/products/${product.stripeProductId}`, { default_price: String(old.id) })
    await tt('POST', '/v1/coupons', { id: code.couponId, percent_off: '1' })
    await tt('POST', '/v1/promotion_codes', {
      'promotion[type]': 'coupon',
      'promotion[coupon]': code.couponId,
      code: code.code,
    })

    const onlyTt = { ...variablesOf(accounts), AH_STRIPE_SECRET_KEY: '' }
    const printed = await setup(onlyTt)
    expect(printed).toMatch(/changed +product .*\(name, description, productId, slug\)/)
    expect(printed).toMatch(new RegExp(`changed +price .*\\(${String(old.id)} is archived\\)`))
    expect(printed).toMatch(/changed +coupon .*instead of 1 %/)
    expect(printed).toContain('AH_STRIPE_SECRET_KEY is not given: AI Hero was left out.')

    const found = await tt('GET', `/v1/prices?lookup_keys[]=${product.lookupKey}`)
    expect(found.data).toMatchObject([{ active: true, unit_amount: product.unitAmount }])
    expect(await tt('GET', `/v1/prices/${String(old.id)}`)).toMatchObject({ active: false, lookup_key: null })
    expect(await tt('GET', `/v1/coupons/${code.couponId}`)).toMatchObject({ percent_off: code.percentOff })
    const codes = await tt('GET', `/v1/promotion_codes?active=true&code=${code.code}`)
    expect(codes.data).toMatchObject([{ promotion: { coupon: code.couponId } }])
    // Control: what was put right is found from then on.
    expect(await setup(onlyTt)).toMatch(/0 created, \d+ found, 0 changed/)
  })

  it('leaves a code alone that somebody uses for a coupon of their own, and says which', async () => {
    const accounts = await startTwoAccounts()
    const [code] = wanted.tt.discountCodes
    if (code === undefined) throw new Error('The catalogue has no discount code.')
    await accounts.call('tt', 'POST', '/v1/coupons', { id: 'theirs', percent_off: '5' })
    await accounts.call('tt', 'POST', '/v1/promotion_codes', {
      'promotion[type]': 'coupon',
      'promotion[coupon]': 'theirs',
      code: code.code,
    })
    const { lastLines } = await refusal(variablesOf(accounts))
    expect(lastLines.join('\n')).toContain(`${code.code} is in use on this Stripe account for another coupon`)
    const codes = await accounts.call('tt', 'GET', `/v1/promotion_codes?active=true&code=${code.code}`)
    expect(codes.data).toMatchObject([{ promotion: { coupon: 'theirs' } }])
    // The other account has nothing to do with it.
    expect(await accounts.eventTypes('ah')).toHaveLength(2 * wanted.ah.products.length)
  })

  it('says where keys go when there are none', async () => {
    expect(await refusal({ STRIPE_API_BASE_URL: 'http://127.0.0.1:1' })).toMatchObject({
      message: 'There is no key of a Stripe test account.',
      nextStep: expect.stringContaining('TT_STRIPE_SECRET_KEY'),
    })
  })

  it('refuses a live key before it asks anybody, also beside a good one', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const variables = {
      TT_STRIPE_SECRET_KEY: 'sk_test_good',
      STRIPE_API_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    }
    const error = await refusal({ ...variables, AH_STRIPE_SECRET_KEY: 'rk_live_neverShown' })
    expect(error.message).toContain('AH_STRIPE_SECRET_KEY is a live key')
    expect(JSON.stringify(error)).not.toContain('neverShown')
    expect(asked).toBe(0)
  })

  it('says which key Stripe does not know, and changes nothing on the other account', async () => {
    const accounts = await startTwoAccounts()
    const wrong = { ...variablesOf(accounts), AH_STRIPE_SECRET_KEY: 'sk_test_unknown' }
    expect((await refusal(wrong)).message).toBe(
      'Stripe does not know the key in AH_STRIPE_SECRET_KEY (status 401).',
    )
    expect(await accounts.eventTypes('tt')).toEqual([])
  })

  it('says that Stripe can not be reached', async () => {
    const address = `http://127.0.0.1:${await freePort()}`
    const variables = { TT_STRIPE_SECRET_KEY: 'sk_test_any', STRIPE_API_BASE_URL: address }
    expect(await refusal(variables)).toMatchObject({
      message: `Stripe can't be reached at ${address}, and TT_STRIPE_SECRET_KEY asks for its test mode: ECONNREFUSED.`,
      nextStep: 'Check the network. Nothing was changed.',
    })
  })

  it('refuses two keys of one account', async () => {
    const server = createServer((_request, response) => response.end('{"id":"acct_same"}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { message } = await refusal({
      TT_STRIPE_SECRET_KEY: 'sk_test_one',
      AH_STRIPE_SECRET_KEY: 'sk_test_other',
      STRIPE_API_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    })
    expect(message).toContain('Both keys are of the same account, acct_same')
  })
})

describe('npm run stripe:setup', { timeout: 90_000 }, () => {
  it('prints the table and ends with 0', async () => {
    const accounts = await startTwoAccounts()
    const { code, output } = await runCommand(variablesOf(accounts))
    const [course] = wanted.ah.products
    expect(output).toContain(stripeIds('product-typescript-plus-ai').productId)
    expect(output).toContain(course?.name)
    for (const key of Object.values(accounts.keys)) expect(output).not.toContain(key)
    expect(code).toBe(0)
  })

  it('ends with 1 and one clear message when a key is no test key', async () => {
    const { code, output } = await runCommand({ TT_STRIPE_SECRET_KEY: 'sk_live_neverShown' })
    expect(code).toBe(1)
    expect(output).toMatch(/^TT_STRIPE_SECRET_KEY is a live key.*\nNext step: /)
    expect(output).not.toContain('neverShown')
  })
})
