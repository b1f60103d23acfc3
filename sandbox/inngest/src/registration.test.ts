import { describe, expect, it } from 'vitest'
import { canonicalJson, type Json } from './protocol/canonical-json.ts'
import { runsOf, sendAndFinish } from './testing/test-app.ts'
import { waitFor } from './testing/wait-for.ts'
import { against, openApp, openServer, openServerAndApp } from './testing/with-server.ts'

/** A function that no event starts: there is no app behind these registrations. */
function plain(app: string): Record<string, Json> {
  return {
    id: `${app}-fn`,
    name: 'fn',
    triggers: [{ event: `${app}/never` }],
    steps: stepAt('http://127.0.0.1:9/x'),
  }
}

/** A server may be asked by many tests: each has an app of its own. */
function newApp(): string {
  return `app-${Math.random().toString(36).slice(2, 10)}`
}

function stepAt(url: string, type = 'http'): Json {
  return { step: { id: 'step', name: 'step', runtime: { type, url } } }
}

function bodyWith(app: string, changes: Record<string, Json>, sdk = 'js:v3.54.2'): string {
  const functions = [{ ...plain(app), ...changes }]
  return canonicalJson({
    url: `http://127.0.0.1:9/${app}`,
    appName: app,
    sdk,
    framework: 'nodejs',
    functions,
  })
}

async function post(serverUrl: string, body: string) {
  const response = await fetch(`${serverUrl}/fn/register`, { method: 'POST', body })
  const answer: { ok?: boolean; modified?: boolean; error?: string; code?: string } = await response.json()
  return { status: response.status, ...answer }
}

/** The functions of an app that the server knows, in order. */
async function functionIds(serverUrl: string, app: string): Promise<string[]> {
  const response = await fetch(`${serverUrl}/dev`)
  const body: { functions: { slug: string }[] } = await response.json()
  return body.functions
    .map(({ slug }) => slug)
    .filter((slug) => slug.startsWith(`${app}-`))
    .sort()
}

describe('registration', () => {
  it('is new the first time and unchanged the second', async () => {
    const server = await openServer()
    const app = await openApp(server.url, (inngest) => [
      inngest.createFunction({ id: 'fn' }, { event: 'test/fn' }, () => null),
    ])
    expect(await app.register()).toEqual({ status: 200, message: 'Successfully registered', modified: true })
    expect(await app.register()).toMatchObject({ status: 200, modified: false })
    expect(await functionIds(server.url, app.id)).toEqual([`${app.id}-fn`])
  })

  it('makes a handler of its own of onFailure', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'fn', onFailure: () => {} }, { event: 'test/fn' }, () => null),
    ])
    expect(await functionIds(server.url, app.id)).toEqual([`${app.id}-fn`, `${app.id}-fn-failure`])
  })

  it('replaces the set: a function that is gone starts nothing', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'f' }, { event: 'test/f' }, () => null),
      inngest.createFunction({ id: 'g' }, { event: 'test/g' }, () => null),
    ])
    app.define((inngest) => [inngest.createFunction({ id: 'f' }, { event: 'test/f' }, () => 'new')])
    expect(await app.register()).toMatchObject({ modified: true })
    const { ids } = await app.inngest.send({ name: 'test/g' })
    expect(await sendAndFinish(app, server.url, { name: 'test/f' })).toMatchObject({ output: 'new' })
    expect(await runsOf(server.url, ids[0] ?? '')).toEqual([])
  })

  it('is asked for by the server until the app answers', async () => {
    const app = await openApp('http://127.0.0.1:9', () => [])
    await app.stop()
    const server = await openServer({ appUrls: [app.url], poll: false })
    app.define(
      (inngest) => [inngest.createFunction({ id: 'fn' }, { event: 'test/fn' }, () => null)],
      server.url,
    )
    await app.resume()
    await waitFor('the registration', async () =>
      (await functionIds(server.url, app.id)).includes(`${app.id}-fn`),
    )
  })

  it('is asked for again when an app that could not be reached is back', async () => {
    const app = await openApp('http://127.0.0.1:9', () => [])
    const server = await openServer({ appUrls: [app.url], poll: false })
    const functionNamed = (id: string) => {
      app.define((inngest) => [inngest.createFunction({ id }, { event: 'test/fn' }, () => null)], server.url)
    }
    functionNamed('old')
    await waitFor('the registration', async () => (await functionIds(server.url, app.id)).length === 1)
    await app.stop()
    functionNamed('new')
    await fetch(`${server.url}/e/key`, { method: 'POST', body: '{"name":"test/fn"}' })
    await app.resume()
    await waitFor('the new set', async () =>
      (await functionIds(server.url, app.id)).includes(`${app.id}-new`),
    )
  })

  it.each([
    ['batchEvents', { batchEvents: { maxSize: 3, timeout: '2s' } }],
    ['rateLimit', { rateLimit: { limit: 1, period: '1s' } }],
    ['singleton', { singleton: { mode: 'skip' } }],
    ['timeouts', { timeouts: { finish: '1s' } }],
    ['somethingNew', { somethingNew: 1 }],
    ['concurrency.scope', { concurrency: { limit: 1, scope: 'account', key: '"x"' } }],
    ['cancelOn.match', { cancel: [{ event: 'a', match: 'data.k' }] }],
    ['debounce.other', { debounce: { period: '1s', other: 1 } }],
    ['throttle.other', { throttle: { limit: 1, period: '1s', other: 1 } }],
    ['priority.step', { priority: { step: '1' } }],
    ['concurrency.other', { concurrency: { limit: 1, other: 1 } }],
  ])('that uses %s is refused, naming function and option', async (option, changes) => {
    const server = await openServer()
    const app = newApp()
    const answer = await post(server.url, bodyWith(app, changes))
    expect(answer.status).toBe(400)
    expect(answer.error).toContain(`function "${app}-fn": option "${option}"`)
    expect(await functionIds(server.url, app)).toEqual([])
  })

  it('without such an option is accepted (control)', async () => {
    const server = await openServer()
    const app = newApp()
    expect(await post(server.url, bodyWith(app, {}))).toMatchObject({ status: 200, ok: true, modified: true })
    expect(
      await post(server.url, bodyWith(app, { concurrency: { limit: 1, key: null }, debounce: null })),
    ).toMatchObject({
      status: 200,
    })
  })

  it.each([
    ['a cron that is none', { triggers: [{ cron: 'every day' }] }],
    ['a cron with an unknown time zone', { triggers: [{ cron: 'TZ=Mars/Olympus 0 9 * * *' }] }],
    ['a condition that does not parse', { triggers: [{ event: 'a', expression: 'event.data.n >' }] }],
    ['a condition on something unknown', { triggers: [{ event: 'a', expression: 'evnt.data.n > 1' }] }],
    ['a star in the middle', { triggers: [{ event: 'a/*/b' }] }],
    ['a trigger without event', { triggers: [{}] }],
    ['triggers that are no list', { triggers: 'a' }],
    ['a concurrency key that does not parse', { concurrency: { limit: 1, key: '((' } }],
    ['a negative concurrency limit', { concurrency: -1 }],
    ['three concurrency rules', { concurrency: [1, 2, 3] }],
    ['a cancelOn that is no list', { cancel: { event: 'a' } }],
    ['a cancelOn without event', { cancel: [{ if: 'true' }] }],
    ['a cancelOn whose condition does not parse', { cancel: [{ event: 'a', if: '((' }] }],
    ['a cancelOn with a timeout that is none', { cancel: [{ event: 'a', timeout: 'soon' }] }],
    ['a debounce without period', { debounce: {} }],
    ['a debounce shorter than a second', { debounce: { period: '500ms' } }],
    ['a debounce longer than a week', { debounce: { period: '8d' } }],
    ['a debounce key that does not parse', { debounce: { period: '1s', key: '((' } }],
    ['a throttle without limit', { throttle: { period: '1s' } }],
    ['a throttle of nothing', { throttle: { limit: 0, period: '1s' } }],
    ['a throttle with half a burst', { throttle: { limit: 1, period: '1s', burst: 0.5 } }],
    ['a priority that does not parse', { priority: { run: '((' } }],
    ['an idempotency that is a number', { idempotency: 1 }],
    ['a call address that is no URL', { steps: stepAt('nowhere') }],
    ['a connect runtime', { steps: stepAt('http://127.0.0.1:9/x', 'ws') }],
  ])('with %s is refused and keeps the old set', async (_what, changes: Record<string, Json>) => {
    const server = await openServer()
    const app = newApp()
    expect(await post(server.url, bodyWith(app, {}))).toMatchObject({ status: 200 })
    const answer = await post(server.url, bodyWith(app, { id: `${app}-other`, ...changes }))
    expect(answer.status).toBe(400)
    // The real server does not say which, and calls a value of the wrong type an invalid request.
    expect(answer.error).toMatch(
      against === undefined
        ? `At least one function is invalid: function "${app}-other"`
        : /^(At least one function is invalid|Invalid request)/,
    )
    expect(await functionIds(server.url, app)).toEqual([`${app}-fn`])
  })

  it.each([
    '',
    '{',
    '[]',
    'null',
    '{}',
    '{"appName":"a","url":"ftp://x"}',
    '{"appName":"a","url":"http://x","sdk":"js:v3.54.2","functions":1}',
  ])('of %j is refused as an invalid request', async (body) => {
    const server = await openServer()
    const answer = await post(server.url, body)
    expect(answer.status).toBe(400)
  })

  it.each(['js:v3.27.0', 'js:v4.24.0', 'py:v0.5.0'])('by SDK %s is refused', async (sdk) => {
    const server = await openServer()
    const app = newApp()
    expect(await post(server.url, bodyWith(app, {}, sdk))).toMatchObject({
      status: 400,
      code: 'sdk_version_denied',
    })
  })

  it('of a function id that another app has is refused', async () => {
    const server = await openServer()
    const app = newApp()
    await post(server.url, bodyWith(app, {}))
    const answer = await post(
      server.url,
      bodyWith(app, {}).replace(`"appName":"${app}"`, '"appName":"app-y"'),
    )
    expect(answer).toMatchObject({ status: 400 })
  })
})
