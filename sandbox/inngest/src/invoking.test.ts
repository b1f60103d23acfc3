import { NonRetriableError } from 'inngest'
import { describe, expect, it } from 'vitest'
import { type DefineFunctions, finishedRuns, sendAndFinish } from './testing/test-app.ts'
import { waitFor } from './testing/wait-for.ts'
import { openServerAndApp } from './testing/with-server.ts'

const parentAndChild: DefineFunctions = (inngest) => {
  const child = inngest.createFunction(
    { id: 'child', retries: 0 },
    { event: 'test/child' },
    async ({ event, step }) => {
      if (event.data.how === 'fail') throw new TypeError('the child fails')
      if (event.data.how === 'refuse') throw new NonRetriableError('the child refuses')
      if (event.data.how === 'sleep') await step.sleep('long', '1h')
      return { sum: event.data.one + event.data.two, trigger: event.name, inner: event.data._inngest }
    },
  )
  const parent = inngest.createFunction(
    { id: 'parent', retries: 3 },
    { event: 'test/parent' },
    async ({ event, step }) => {
      try {
        const timeout = event.data.how === 'sleep' ? '1s' : undefined
        const data = { ...event.data, one: 1, two: 2 }
        return await step.invoke('call', { function: child, data, ...(timeout ? { timeout } : {}) })
      } catch (error) {
        return error instanceof Error ? { name: error.name, message: error.message } : 'not an error'
      }
    },
  )
  return [parent, child]
}

describe('step.invoke', () => {
  it('gives the result of the other function, which sees who called it', async () => {
    const { server, app } = await openServerAndApp(parentAndChild)
    const run = await sendAndFinish(app, server.url, { name: 'test/parent' })
    expect(run.output).toMatchObject({
      sum: 3,
      trigger: 'inngest/function.invoked',
      inner: { fn_id: `${app.id}-child`, name: 'call' },
    })
    const { inner } = run.output as { inner: { correlation_id: string } }
    expect(inner.correlation_id).toContain(`${run.run_id}.`)
    expect(app.callsOf('child')).toHaveLength(1)
  })

  it.each([
    ['fail', 'TypeError', 'the child fails'],
    ['refuse', 'Error', 'the child refuses'],
  ])('throws the error of a function that ends with %s', async (how, name, message) => {
    const { server, app } = await openServerAndApp(parentAndChild)
    const run = await sendAndFinish(app, server.url, { name: 'test/parent', data: { how } })
    expect(run).toMatchObject({ status: 'Completed', output: { message } })
    if (how === 'fail') expect(run.output).toMatchObject({ name })
  })

  it('throws InngestInvokeTimeoutError when the function takes too long', async () => {
    const { server, app } = await openServerAndApp(parentAndChild)
    const run = await sendAndFinish(app, server.url, { name: 'test/parent', data: { how: 'sleep' } })
    expect(run).toMatchObject({ status: 'Completed', output: { name: 'InngestInvokeTimeoutError' } })
  })

  it('of a function that is cancelled throws nothing: it gives the event that tells of the end', async () => {
    const { server, app } = await openServerAndApp((inngest) => {
      const child = inngest.createFunction(
        { id: 'ended', cancelOn: [{ event: 'test/ended-stop' }] },
        { event: 'test/ended' },
        async ({ step }) => {
          await step.sleep('long', '1h')
        },
      )
      const parent = inngest.createFunction({ id: 'asks' }, { event: 'test/asks' }, async ({ step }) =>
        step.invoke('call', { function: child, data: { k: 1 } }),
      )
      return [child, parent]
    })
    const { ids } = await app.inngest.send({ name: 'test/asks' })
    await waitFor('the sleep', () => app.callsOf('ended')[0]?.status === 206)
    await app.inngest.send({ name: 'test/ended-stop' })
    expect(await finishedRuns(server.url, ids[0] ?? '')).toMatchObject([
      {
        status: 'Completed',
        output: {
          name: 'inngest/function.finished',
          data: {
            _inngest: { status: 'Cancelled' },
            function_id: `${app.id}-ended`,
            event: { name: 'inngest/function.invoked', data: { k: 1 } },
          },
        },
      },
    ])
  })

  it('throws when there is no such function', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'lost', retries: 0 }, { event: 'test/lost-call' }, async ({ step }) => {
        try {
          return await step.invoke('call', { function: 'no-such-function', data: {} })
        } catch (error) {
          return error instanceof Error ? error.message : 'not an error'
        }
      }),
    ])
    const run = await sendAndFinish(app, server.url, { name: 'test/lost-call' })
    expect(run.output).toBe('could not find function with ID: no-such-function')
  })

  it('fails the run that does not catch the error', async () => {
    const { server, app } = await openServerAndApp((inngest) => {
      const child = inngest.createFunction({ id: 'bad', retries: 0 }, { event: 'test/bad' }, () => {
        throw new Error('deep down')
      })
      const parent = inngest.createFunction(
        { id: 'careless', retries: 0 },
        { event: 'test/careless' },
        async ({ step }) => step.invoke('call', { function: child, data: {} }),
      )
      return [parent, child]
    })
    const run = await sendAndFinish(app, server.url, { name: 'test/careless' })
    expect(run.status).toBe('Failed')
    expect(JSON.stringify(run.output)).toContain('deep down')
  })

  it('of several functions in parallel gives all results', async () => {
    const { server, app } = await openServerAndApp((inngest) => {
      const square = inngest.createFunction(
        { id: 'square' },
        { event: 'test/square' },
        ({ event }) => event.data.n ** 2,
      )
      const sum = inngest.createFunction({ id: 'sum' }, { event: 'test/sum' }, async ({ step }) => {
        const squares = await Promise.all(
          [1, 2, 3].map((n) => step.invoke(`square ${n}`, { function: square, data: { n } })),
        )
        return squares.reduce((total: number, one: number) => total + one, 0)
      })
      return [square, sum]
    })
    expect(await sendAndFinish(app, server.url, { name: 'test/sum' })).toMatchObject({ output: 14 })
  })
})
