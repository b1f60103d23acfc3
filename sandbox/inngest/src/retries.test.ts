import { NonRetriableError, RetryAfterError } from 'inngest'
import { describe, expect, it } from 'vitest'
import { realBackoff } from './executor/backoff.ts'
import type { Json } from './protocol/canonical-json.ts'
import { type LifecycleEvent, lifecycleEvents } from './testing/lifecycle-events.ts'
import { finishedRuns, type RecordedCall, sendAndFinish, type TestApp } from './testing/test-app.ts'
import { pause, waitFor } from './testing/wait-for.ts'
import { against, openServerAndApp } from './testing/with-server.ts'

function contextOf(call: RecordedCall | undefined): { attempt?: Json; max_attempts?: Json } {
  const context = call?.body.ctx
  return typeof context === 'object' && context !== null && !Array.isArray(context) ? context : {}
}

function attempts(calls: RecordedCall[]): unknown[] {
  return calls.map((call) => contextOf(call).attempt)
}

/** The failures the server tells of, as soon as there are some: another server may write them down later. */
function failedEvents(app: TestApp, serverUrl: string): Promise<LifecycleEvent[]> {
  return waitFor('a failure', async () => {
    const events = await lifecycleEvents(app, serverUrl, 'inngest/function.failed')
    return events.length > 0 ? events : undefined
  })
}

/** What a run fails with when something answered in the place of the SDK. */
function beforeSdk(status: number): [string, object] {
  const message = `Your server returned HTTP ${status} before the SDK responded.`
  return [message, { error: message, message, name: 'Server returned a fatal error' }]
}

describe('a step that fails', () => {
  it('is called again with a higher attempt, and the next step starts at 0', async () => {
    let failures = 1
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'flaky' }, { event: 'test/flaky' }, async ({ step }) => {
        await step.run('flaky', () => {
          if (failures-- > 0) throw new Error('not yet')
        })
        await step.run('steady', () => null)
      }),
    ])
    expect(await sendAndFinish(app, server.url, { name: 'test/flaky' })).toMatchObject({
      status: 'Completed',
    })
    expect(attempts(app.callsOf('flaky'))).toEqual([0, 1, 0, 0])
  })

  it('out of attempts can be caught in the function', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'catch', retries: 1 }, { event: 'test/catch' }, async ({ step }) => {
        try {
          await step.run('bad', () => {
            throw new Error('always')
          })
          return 'no error'
        } catch (error) {
          return error instanceof Error ? error.message : 'no error object'
        }
      }),
    ])
    expect(await sendAndFinish(app, server.url, { name: 'test/catch' })).toMatchObject({
      status: 'Completed',
      output: 'always',
    })
    expect(attempts(app.callsOf('catch'))).toEqual([0, 1, 0])
  })

  it('out of attempts fails the run when nobody catches it, after one more call', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'bad', retries: 0 }, { event: 'test/bad' }, async ({ step }) => {
        await step.run('bad', () => {
          throw new Error('always')
        })
      }),
    ])
    const run = await sendAndFinish(app, server.url, { name: 'test/bad' })
    expect(run).toMatchObject({ status: 'Failed', output: { message: 'always' } })
    expect(app.callsOf('bad')).toHaveLength(2)
  })

  it('among parallel steps is the only one that is called again', async () => {
    let failures = 1
    const ran = { good: 0, bad: 0 }
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'par' }, { event: 'test/par' }, async ({ step }) =>
        Promise.all([
          step.run('good', () => ++ran.good),
          step.run('bad', () => {
            ran.bad++
            if (failures-- > 0) throw new Error('not yet')
          }),
        ]),
      ),
    ])
    expect(await sendAndFinish(app, server.url, { name: 'test/par' })).toMatchObject({ status: 'Completed' })
    expect(ran).toEqual({ good: 1, bad: 2 })
  })
})

describe('a function that fails', () => {
  it('is called five times when it does not say how often', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'five' }, { event: 'test/five' }, () => {
        throw new Error('always')
      }),
    ])
    expect(await sendAndFinish(app, server.url, { name: 'test/five' })).toMatchObject({ status: 'Failed' })
    expect(attempts(app.callsOf('five'))).toEqual([0, 1, 2, 3, 4])
    expect(contextOf(app.callsOf('five')[0]).max_attempts).toBe(5)
    expect(await failedEvents(app, server.url)).toMatchObject([
      { data: { error: { error: 'invalid status code: 500' } } },
    ])
  })

  it('with a NonRetriableError is called once', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'final' }, { event: 'test/final' }, () => {
        throw new NonRetriableError('bang')
      }),
    ])
    const run = await sendAndFinish(app, server.url, { name: 'test/final' })
    expect(run).toMatchObject({
      status: 'Failed',
      output: { __serialized: true, name: 'Error', message: 'bang', stack: expect.any(String) },
    })
    expect(app.callsOf('final')).toHaveLength(1)
    const error = { error: 'NonRetriableError', name: 'Error', message: 'bang' }
    expect(await failedEvents(app, server.url)).toMatchObject([
      { data: { function_id: `${app.id}-final`, error, result: run.output } },
    ])
  })

  it('with a RetryAfterError is called again after the time it asked for', async () => {
    let failures = 1
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'after' }, { event: 'test/after' }, () => {
        if (failures-- > 0) throw new RetryAfterError('busy', 2000)
      }),
    ])
    await sendAndFinish(app, server.url, { name: 'test/after' })
    const [first, second] = app.callsOf('after')
    // The real server counts from the beginning of the second it is in.
    const earliest = against === undefined ? 2000 : 1000
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(earliest)
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeLessThan(6000)
  })

  it('tells of it twice, as a failure and as an end, to a function that listens to both', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'ended', retries: 0 }, { event: 'test/ended' }, () => {
        throw new Error('bang')
      }),
      inngest.createFunction(
        { id: 'listener' },
        [{ event: 'inngest/function.failed' }, { event: 'inngest/function.finished' }],
        () => null,
      ),
    ])
    await sendAndFinish(app, server.url, { name: 'test/ended' })
    const names = await waitFor('both', () => {
      const about = app.callsOf('listener').filter(({ text }) => text.includes(`"${app.id}-ended"`))
      const heard = about.map(({ text }) => /"name":"(inngest[^"]+)"/.exec(text)?.[1])
      return heard.length >= 2 ? heard.sort() : undefined
    })
    expect(names).toEqual(['inngest/function.failed', 'inngest/function.finished'])
  })

  it('for good has its onFailure called with the original event and message', async () => {
    const seen: unknown[] = []
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        {
          id: 'watched',
          retries: 0,
          onFailure: ({ event, error }) => {
            seen.push({ data: event.data.event.data, message: error.message, of: event.data.function_id })
          },
        },
        { event: 'test/watched' },
        () => {
          throw new Error('bang')
        },
      ),
    ])
    await sendAndFinish(app, server.url, { name: 'test/watched', data: { k: 1 } })
    await waitFor('onFailure', () => seen.length > 0)
    expect(seen).toEqual([{ data: { k: 1 }, message: 'bang', of: `${app.id}-watched` }])
  })

  it('in its onFailure too gets two attempts of that and no more', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        {
          id: 'worse',
          retries: 0,
          onFailure: () => {
            throw new Error('again')
          },
        },
        { event: 'test/worse' },
        () => {
          throw new Error('bang')
        },
      ),
    ])
    await sendAndFinish(app, server.url, { name: 'test/worse' })
    await waitFor('both attempts', () => app.callsOf('worse-failure')[1]?.status)
    await pause(100)
    expect(attempts(app.callsOf('worse-failure'))).toEqual([0, 1])
    expect(await failedEvents(app, server.url)).toHaveLength(1)
  })

  it('is started by its own failure once, if it listens to failures, and not by that of this run', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'loop', retries: 0 },
        [{ event: 'test/loop' }, { event: 'inngest/function.failed' }],
        () => {
          throw new Error('bang')
        },
      ),
    ])
    await sendAndFinish(app, server.url, { name: 'test/loop' })
    await waitFor('the second run', () => app.callsOf('loop').length === 2)
    await pause(200)
    expect(app.callsOf('loop')).toHaveLength(2)
  })
})

describe('an app', () => {
  it('that is down gets called with the refusals counted when it is back', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'down', retries: 20 }, { event: 'test/down' }, () => 'back'),
    ])
    await app.stop()
    const response = await fetch(`${server.url}/e/any-key`, { method: 'POST', body: '{"name":"test/down"}' })
    const { ids }: { ids: string[] } = JSON.parse(await response.text())
    if (against !== undefined) await pause(4000)
    else
      await waitFor('a second attempt', async () => {
        const page = await fetch(server.url)
        const runPath = /\/runs\/\w+/.exec(await page.text())?.[0]
        const run = await fetch(`${server.url}${runPath}`)
        return ((await run.text()).match(/>none<\/td>/g)?.length ?? 0) >= 2
      })
    await app.resume()
    expect(await finishedRuns(server.url, ids[0] ?? '')).toMatchObject([
      { status: 'Completed', output: 'back' },
    ])
    expect(Number(contextOf(app.callsOf('down')[0]).attempt)).toBeGreaterThanOrEqual(2)
  })

  it('that does not answer in time is called again', async () => {
    const { server, app } = await openServerAndApp(
      (inngest) => [inngest.createFunction({ id: 'hang' }, { event: 'test/hang' }, () => 'answered')],
      { callTimeoutMs: 150 },
    )
    let hanging = 1
    app.intercept(() => hanging-- > 0)
    const run = await sendAndFinish(app, server.url, { name: 'test/hang' })
    expect(run.output).toBe('answered')
    expect(attempts(app.callsOf('hang'))).toEqual([0, 1])
  })

  it('that closed an idle connection is called over a new one, at no cost', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'idle' }, { event: 'test/idle' }, () => null),
    ])
    await sendAndFinish(app, server.url, { name: 'test/idle' })
    await app.stop()
    await app.resume()
    await sendAndFinish(app, server.url, { name: 'test/idle' })
    expect(attempts(app.callsOf('idle'))).toEqual([0, 0])
  })

  it('whose answer is lost after it did the work is called again, counted as a failure', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'lost' }, { event: 'test/lost' }, () => null),
    ])
    await sendAndFinish(app, server.url, { name: 'test/lost' })
    let losses = 1
    app.intercept((_call, response) => {
      if (losses-- <= 0) return false
      setTimeout(() => response.destroy(), 60)
      return true
    })
    await sendAndFinish(app, server.url, { name: 'test/lost' })
    expect(attempts(app.callsOf('lost'))).toEqual([0, 0, 1])
  })

  it.each([
    ['200 without the SDK', 200, 'The response did not come from an Inngest SDK', '<h1>hello</h1>'],
    ['500 without the SDK', 500, ...beforeSdk(500)],
    ['404 without the SDK', 404, ...beforeSdk(404)],
  ])('that answers %s is called again, and then the run has failed', async (_what, status, error, output) => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'odd', retries: 1 }, { event: 'test/odd' }, () => null),
    ])
    app.intercept((_call, response) => {
      response.writeHead(status).end('<h1>hello</h1>')
      return true
    })
    const run = await sendAndFinish(app, server.url, { name: 'test/odd' })
    expect(run).toMatchObject({ status: 'Failed', output })
    expect(app.callsOf('odd')).toHaveLength(2)
    expect(await failedEvents(app, server.url)).toMatchObject([
      { data: { error: { error }, result: output } },
    ])
  })

  it.each([
    ['nothing', '[]'],
    ['no list', '{"op":"StepRun"}'],
    ['a step without id', '[{"op":"StepRun"}]'],
    ['an unknown operation', '[{"op":"Dance","id":"x"}]'],
    ['a sleep that is none', '[{"op":"Sleep","id":"x","name":"for a while"}]'],
  ])('that answers 206 with %s can not make the server go round', async (_what, body) => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'round', retries: 2 }, { event: 'test/round' }, () => null),
    ])
    app.intercept((_call, response) => {
      response.writeHead(206, { 'x-inngest-sdk': 'js:v3.54.2' }).end(body)
      return true
    })
    expect(await sendAndFinish(app, server.url, { name: 'test/round' })).toMatchObject({ status: 'Failed' })
    expect(app.callsOf('round').length).toBeLessThanOrEqual(3)
  })

  it('that answers 206 with nothing for a planned step can not make the server go round', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'plan', retries: 1 }, { event: 'test/plan' }, () => null),
    ])
    app.intercept((call, response) => {
      const operations =
        call.target === 'step' ? '[{"op":"StepPlanned","id":"a"},{"op":"StepPlanned","id":"b"}]' : '[]'
      response.writeHead(206, { 'x-inngest-sdk': 'js:v3.54.2' }).end(operations)
      return true
    })
    expect(await sendAndFinish(app, server.url, { name: 'test/plan' })).toMatchObject({ status: 'Failed' })
    expect(app.callsOf('plan').length).toBeLessThanOrEqual(5)
  })

  it('whose step output is over 4 MiB has its run failed', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'big' }, { event: 'test/big' }, async ({ event, step }) => {
        const text = await step.run('big', () => 'x'.repeat(event.data.size))
        return text.length
      }),
    ])
    const run = (size: number) => sendAndFinish(app, server.url, { name: 'test/big', data: { size } })
    expect(await run(3_600_000)).toMatchObject({ status: 'Completed', output: 3_600_000 })
    expect(await run(4_600_000)).toMatchObject({ status: 'Failed' })
  })
})

describe('the real backoff', () => {
  it('grows from 15 s to 2 h, with up to 30 s on top', () => {
    const waits = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200, 7200]
    waits.forEach((seconds, attempt) => {
      const wait = realBackoff(attempt) / 1000
      expect(wait).toBeGreaterThanOrEqual(seconds)
      expect(wait).toBeLessThanOrEqual(seconds + 30)
    })
  })
})
