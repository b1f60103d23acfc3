import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts'
import { createObjectCheck, type ObjectCheck } from './create-object-check.ts'
import { createRequestJudge, type RequestJudge } from './create-request-judge.ts'
import { doEverythingOnce } from './do-everything-once.ts'
import type { Finding } from './finding.ts'
import { DescriptionError, findGo, prepareDescription } from './prepare-description.ts'
import { readAppCalls, readCalls } from './read-app-calls.ts'
import { type Description, readDescription } from './read-description.ts'
import { createRecordingStripe, type RecordedCall } from './record-calls.ts'
import { type StripeMock, startStripeMock } from './start-stripe-mock.ts'
import { FIELD_DIFFERENCES, PARAMETER_DIFFERENCES, withFields } from './version-differences.ts'

/** The first run of a checkout fetches and compiles: half a minute, and far more on a machine that is busy. */
const FIRST_RUN_MS = 10 * 60_000

const go = findGo()
const reason = go === null ? ' (skipped: it is fetched with Go, which is not installed here)' : ''

describe.skipIf(go === null)(`Stripe's own description${reason}`, { timeout: 60_000 }, () => {
  let description: Description
  let check: ObjectCheck
  let judge: RequestJudge
  let mock: StripeMock
  let sandbox: TestSandbox
  let calls: RecordedCall[]
  let webhooks: unknown[]

  beforeAll(async () => {
    const prepared = await prepareDescription()
    ;[description, mock, sandbox] = await Promise.all([
      readDescription(prepared.specPath),
      startStripeMock(prepared.program),
      startTestSandbox(),
    ])
    check = createObjectCheck(withFields(description, FIELD_DIFFERENCES))
    judge = createRequestJudge({ mock, description, differences: PARAMETER_DIFFERENCES })
    const recording = createRecordingStripe(
      { host: '127.0.0.1', port: sandbox.sandbox.port },
      sandbox.secretKey,
    )
    sandbox.stripe = recording.stripe
    calls = recording.calls
    await doEverythingOnce(sandbox)
    webhooks = sandbox.receiver.received.map(({ body }): unknown => JSON.parse(body))
  }, FIRST_RUN_MS)
  afterAll(async () => {
    await mock?.close()
    await sandbox?.close()
  })

  function findingsWith(objectCheck: ObjectCheck): Finding[] {
    return [
      ...calls.flatMap((call) => objectCheck.answer(call, call.answer)),
      ...webhooks.flatMap((event) => objectCheck.object(event)),
    ]
  }

  describe('the objects of the sandbox', () => {
    it('are of every kind, in answers and in webhooks', () => {
      const kinds = new Set(JSON.stringify([calls, webhooks]).match(/(?<="object":")[a-z_.]+(?=")/g))
      expect([...kinds].toSorted()).toEqual([
        'account',
        'balance_transaction',
        'charge',
        'checkout.session',
        'coupon',
        'customer',
        'dispute',
        'event',
        'item',
        'list',
        'payment_intent',
        'payment_method',
        'price',
        'product',
        'promotion_code',
        'refund',
        'webhook_endpoint',
      ])
      expect(new Set(sandbox.receiver.types()).size).toBeGreaterThan(30)
      expect(new Set(calls.map(({ status }) => status))).toEqual(new Set([200, 400, 404]))
    })

    it('are as it describes them, in answers and in webhooks', () => {
      expect(findingsWith(check)).toEqual([])
    })

    it('differ from it in nothing that is not on the list, and in everything that is', () => {
      const unlisted = createObjectCheck(description)
      const differing = webhooks
        .flatMap((event) => unlisted.object(event))
        .map(({ subject, at, says }) => `${`${subject} ${at}`.trim()}: ${/“(\w+)”/.exec(says)?.[1] ?? says}`)
      expect([...new Set(differing)].toSorted()).toEqual(
        FIELD_DIFFERENCES.map(({ at, field }) => `${at}: ${field}`).toSorted(),
      )
    })

    it.each<[string, (charge: Record<string, unknown>) => Record<string, unknown>, string]>([
      ['a field that Stripe does not have', (charge) => ({ ...charge, paid_at: 1 }), 'has a field “paid_at”'],
      ['a number as text', (charge) => ({ ...charge, amount: '4900' }), 'must be integer'],
      ['a status that does not exist', (charge) => ({ ...charge, status: 'paid' }), 'must be one of'],
      [
        'a field that is missing',
        ({ currency: _currency, ...charge }) => charge,
        "must have required property 'currency'",
      ],
      [
        'another object where one can be expanded',
        (charge) => ({ ...charge, payment_intent: { id: 'p', object: 'price' } }),
        'must be equal to constant',
      ],
    ])('would be found wrong with %s, as the control', (_what, spoil, says) => {
      const call = calls.find(({ path }) => path === '/v1/charges')
      // The scenario lists charges, so there is such an answer, and it is a list.
      const { data } = (call as RecordedCall).answer as { data: Record<string, unknown>[] }
      const [charge] = data
      expect(check.object(charge)).toEqual([])
      expect(
        check
          .object(spoil({ ...charge }))
          .map((finding) => finding.says)
          .join('; '),
      ).toContain(says)
    })
  })

  describe('the requests of the apps', () => {
    it('are found in the source of both, their checkouts among them, and of what their seeds share', () => {
      const found = readAppCalls().map(({ where, method }) => `${where.split('/')[1]} ${method.join('.')}`)
      expect(found).toEqual(
        expect.arrayContaining([
          'tt-sample checkout.sessions.create',
          'tt-sample checkout.sessions.retrieve',
          'tt-sample refunds.list',
          'tt-sample disputes.list',
          'ah-sample checkout.sessions.create',
          'stack products.create',
          'stack prices.create',
          'stack coupons.create',
          'stack promotionCodes.create',
        ]),
      )
    })

    it('are taken by Stripe, down to the last parameter', async () => {
      const findings = await Promise.all(readAppCalls().map(judge.appCall))
      expect(findings.flat()).toEqual([])
    })

    it.each([
      ['an unknown parameter', "checkout.sessions.create({mode: 'payment', user_id: id})", 'user_id'],
      [
        'an unknown parameter deep inside',
        'checkout.sessions.create({line_items: [{price: id, quantitty: 1}]})',
        'quantitty',
      ],
      ['an unknown parameter of a list', 'refunds.list({charge_id: id})', 'charge_id'],
      ['a value of the wrong type', "refunds.create({charge: id, amount: 'all'})", 'must be integer'],
      ['a value that does not exist', "checkout.sessions.create({mode: 'buy'})", 'must be one of'],
      ['a missing parameter', 'prices.create({product: id})', 'currency'],
      ['a field that can not be expanded', "checkout.sessions.retrieve(id, {expand: ['buyer']})", '“buyer”'],
      ['a method that the SDK does not have', 'checkout.sessions.open({})', 'makes no request'],
    ])('would be found wrong with %s, as the control', async (_what, source, says) => {
      const [call, ...others] = readCalls('apps/x/src/x.ts', `await context.stripe.${source}`)
      expect(others).toEqual([])
      const findings = call === undefined ? [] : await judge.appCall(call)
      expect(findings.map((finding) => finding.says).join('; ')).toContain(says)
    })
  })

  describe('the requests that the sandbox takes', () => {
    it('are such as Stripe takes too', async () => {
      const taken = calls.filter(({ status }) => status === 200)
      const findings = (await Promise.all(taken.map(judge.recordedCall))).flat()
      expect([...new Set(findings.map(({ where, says }) => `${where}: ${says}`))]).toEqual([])
    })

    it('differ only where the list says so', async () => {
      const { recordedCall } = createRequestJudge({ mock, description, differences: [] })
      const sessions = calls.filter(
        ({ path, method }) => method === 'POST' && path === '/v1/checkout/sessions',
      )
      const findings = (await Promise.all(sessions.map(recordedCall))).flat()
      expect(findings.map(({ says }) => says).join('; ')).toContain(PARAMETER_DIFFERENCES[0]?.parameter)
    })
  })

  it('is fetched and built once and then kept', async () => {
    // Without a network and without Go's own settings: nothing is fetched any more.
    const { specPath, program } = await prepareDescription({ environment: { GOPROXY: 'off' } })
    expect([existsSync(specPath), existsSync(program)]).toEqual([true, true])
  })
})

describe('reading the calls of an app', () => {
  it('follows constants, spreads and conditions, and marks what only running would tell', () => {
    const source = `
      const metadata = {productId: input.productId, ...(input.viewer === null ? {} : {userId: input.viewer.id})}
      for await (const refund of context.stripe.refunds.list({charge: chargeId, limit: 100})) use(refund)
      await stripe().checkout.sessions.create({metadata, mode: 'payment', success_url: \`\${site}/thanks\`})
      stripe.webhooks.constructEvent(body, signature, secret)
      db.products.create({name})
    `
    const unknown = 'value-known-at-run-time'
    expect(readCalls('apps/x/src/x.ts', source)).toEqual([
      {
        where: 'apps/x/src/x.ts:3',
        method: ['refunds', 'list'],
        arguments: [{ charge: unknown, limit: 100 }],
      },
      {
        where: 'apps/x/src/x.ts:4',
        method: ['checkout', 'sessions', 'create'],
        arguments: [
          { metadata: { productId: unknown, userId: unknown }, mode: 'payment', success_url: 'x/thanks' },
        ],
      },
    ])
  })
})

describe('the list of differences', () => {
  const description: Description = {
    info: { version: 'x' },
    paths: {},
    components: { schemas: { charge: { type: 'object', properties: { id: { type: 'string' } } } } },
  }

  it('gives a reason for each', () => {
    for (const { reason: why } of [...FIELD_DIFFERENCES, ...PARAMETER_DIFFERENCES]) {
      expect(why.length).toBeGreaterThan(20)
    }
  })

  it('is refused where the description has caught up, and where it has no such object', () => {
    const entry = { at: 'charge', field: 'id', is: { type: 'string' }, reason: 'for this test' }
    expect(() => withFields(description, [{ schema: 'charge', ...entry }])).toThrow('names charge.id itself')
    expect(() => withFields(description, [{ schema: 'refund', ...entry }])).toThrow('has no refund')
  })
})

it.skipIf(go === null)('says what Go said when the description can not be fetched', async () => {
  const environment = { GOPROXY: 'off', GOFLAGS: '' }
  await expect(prepareDescription({ version: 'v0.0.1', environment })).rejects.toThrow(DescriptionError)
})
