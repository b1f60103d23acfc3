import { type StripeSandbox, startStripeSandbox } from '@sandbox/stripe'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../../testing/temporary-folder.ts'

export interface TwoAccounts {
  sandbox: StripeSandbox
  keys: { tt: string; ah: string }
  /** Every event of an account: each write makes one. */
  eventTypes(app: 'tt' | 'ah'): Promise<string[]>
  /** One call of the API as an account, such as a person in the dashboard causes. @throws Error unless answered 200 */
  call(
    app: 'tt' | 'ah',
    method: string,
    path: string,
    form?: Record<string, string>,
  ): Promise<Record<string, unknown>>
}

/** A Stripe with two empty test accounts for one test: the stand-in, at an address of its own. */
export async function startTwoAccounts(): Promise<TwoAccounts> {
  const key = () => `sk_test_${crypto.randomUUID().replaceAll('-', '')}`
  const keys = { tt: key(), ah: key() }
  const sandbox = await startStripeSandbox({
    dataDir: temporaryFolder(),
    accounts: [
      { name: 'Total TypeScript', key: 'tt', secretKey: keys.tt, webhooks: [] },
      { name: 'AI Hero', key: 'ah', secretKey: keys.ah, webhooks: [] },
    ],
  })
  onTestFinished(() => sandbox.close())
  const call: TwoAccounts['call'] = async (app, method, path, form) => {
    const response = await fetch(sandbox.url + path, {
      method,
      headers: { authorization: `Bearer ${keys[app]}` },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    })
    const answer = (await response.json()) as Record<string, unknown>
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
    return answer
  }
  return {
    sandbox,
    keys,
    call,
    async eventTypes(app) {
      const { data } = await call(app, 'GET', '/v1/events?limit=100')
      return (data as { type: string }[]).map(({ type }) => type)
    },
  }
}
