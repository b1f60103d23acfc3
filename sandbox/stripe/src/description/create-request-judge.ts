import Stripe from 'stripe'
import { type Request as ApiRequest, createRequestCheck } from './create-request-check.ts'
import { fillSamples, withoutParameters } from './fill-samples.ts'
import type { AppCall } from './read-app-calls.ts'
import { type Description, findOperation } from './read-description.ts'
import type { RecordedCall } from './record-calls.ts'
import type { StripeMock } from './start-stripe-mock.ts'
import type { ParameterDifference } from './version-differences.ts'

/** By what requests are judged: Stripe's own stand-in, and its description, which sees further into nested parameters. */
export interface Judgement {
  mock: StripeMock
  description: Description
  /** What the description lacks and the sandbox takes. */
  differences: ParameterDifference[]
}

/** A request that Stripe would refuse as it is written. */
export interface RequestFinding {
  /** The line of the source, or the call, that makes it. */
  where: string
  says: string
}

const KEY = 'sk_test_123'

export interface RequestJudge {
  /** Makes one call of an app's source with Stripe's own SDK, with samples of the right type for what is not written there. */
  appCall(call: AppCall): Promise<RequestFinding[]>
  /** Judges a call that the sandbox took. */
  recordedCall(call: RecordedCall): Promise<RequestFinding[]>
}

/** A judge of requests. Keep it: what it has compiled is used again. */
export function createRequestJudge({ mock, description, differences }: Judgement): RequestJudge {
  const check = createRequestCheck(description)

  async function judge(request: ApiRequest): Promise<{ response: Response; says: string[] }> {
    const response = await ask(mock, request)
    const refusal = response.status < 400 ? [] : [await response.clone().text()]
    const findings = check(request).map(({ subject, at, says }) => `${subject} ${at} ${says}`)
    return { response, says: [...findings, ...refusal] }
  }

  return {
    async appCall(call) {
      const said: string[] = []
      let requests = 0
      const askInstead: typeof fetch = async (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input)
        const method = init?.method ?? 'GET'
        const form = method === 'POST' ? String(init?.body ?? '') : url.search.slice(1)
        const sent = { method, path: url.pathname, form }
        const { response, says } = await judge({ ...sent, form: fillSamples(description, sent) })
        requests += 1
        said.push(...says)
        return response
      }
      const refusal = await callSdk(createStripe(mock, askInstead), call).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      )
      if (requests === 0) said.push(`makes no request: ${refusal}`)
      return said.map((says) => ({ where: call.where, says: `${call.method.join('.')}: ${says}` }))
    },
    async recordedCall({ method, path, form }) {
      const where = `${method} ${findOperation(description, method, path)?.template ?? path}`
      const known = differences.filter(({ call }) => call === where).map(({ parameter }) => parameter)
      const { says } = await judge({ method, path, form: withoutParameters(form, known) })
      return says.map((each) => ({ where, says: each }))
    },
  }
}

function createStripe({ host, port }: StripeMock, askInstead: typeof fetch): Stripe {
  return new Stripe(KEY, {
    host,
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
    httpClient: Stripe.createFetchHttpClient(askInstead),
  })
}

function ask(mock: StripeMock, { method, path, form }: ApiRequest): Promise<Response> {
  const isPost = method === 'POST'
  return fetch(`${mock.url}${path}${isPost || form === '' ? '' : `?${form}`}`, {
    method,
    headers: {
      authorization: `Bearer ${KEY}`,
      ...(isPost ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(isPost ? { body: form } : {}),
  })
}

async function callSdk(stripe: Stripe, call: AppCall): Promise<void> {
  let owner: unknown = stripe
  let member: unknown = stripe
  for (const name of call.method) {
    owner = member
    member = typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined
  }
  if (typeof member !== 'function') throw new Error(`Stripe's SDK has no ${call.method.join('.')}.`)
  await Reflect.apply(member, owner, call.arguments)
}
