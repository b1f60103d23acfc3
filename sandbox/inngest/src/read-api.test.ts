import { describe, expect, it } from 'vitest'
import { type JsonObject, objectMember } from './protocol/canonical-json.ts'
import { finishedRuns, runsOf, sendAndFinish } from './testing/test-app.ts'
import { waitFor } from './testing/wait-for.ts'
import { openServer, openServerAndApp } from './testing/with-server.ts'

async function query<Data = JsonObject>(
  serverUrl: string,
  text: string,
  variables: JsonObject = {},
): Promise<{ status: number; data: Data; errors: JsonObject[] }> {
  const response = await fetch(`${serverUrl}/v0/gql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text, variables }),
  })
  const answer: { data: Data; errors?: JsonObject[] } = await response.json()
  return { status: response.status, data: answer.data, errors: answer.errors ?? [] }
}

const traceQuery = `query Trace($id: String!) {
  run(runID: $id) { ...about trace(preview: true) { ...span childrenSpans { ...span } } }
}
fragment about on FunctionRunV2 { status }
fragment span on RunTraceSpan { name status outputID stepOp attempts }`

async function openWithRun(fails = false) {
  const { server, app } = await openServerAndApp((inngest) => [
    inngest.createFunction({ id: 'traced', retries: 0 }, { event: 'test/traced' }, async ({ step }) => {
      await step.run('first', () => ({ one: 1 }))
      if (fails) throw new RangeError('out of it')
      return { all: 'well' }
    }),
  ])
  const { ids } = await app.inngest.send({ name: 'test/traced', data: { k: 1 } })
  const [run] = await finishedRuns(server.url, ids[0] ?? '')
  return { server, app, eventId: ids[0] ?? '', runId: run?.run_id ?? '' }
}

type Span = { name: string; status: string; outputID: string }
type Trace = Span & { childrenSpans: Span[] }

/** The trace as soon as it is complete: another server writes it down a little later than the run. */
async function traceOf(serverUrl: string, id: string): Promise<Trace> {
  return waitFor('the trace', async () => {
    const { trace } = (await query<{ run: { trace: Trace } }>(serverUrl, traceQuery, { id })).data.run
    return trace.outputID && trace.childrenSpans.some(({ name }) => name === 'first') ? trace : undefined
  })
}

async function outputOf(serverUrl: string, id: string): Promise<JsonObject> {
  const text =
    'query ($id: String!) { runTraceSpanOutputByID(outputID: $id) { data error { name message } } }'
  const { data } = await query(serverUrl, text, { id })
  return objectMember(data, 'runTraceSpanOutputByID')
}

describe('the GraphQL API', () => {
  it("tells a run's status, its steps and what came out of each", async () => {
    const { server, runId } = await openWithRun()
    const { data } = await query(server.url, traceQuery, { id: runId })
    expect(data.run).toMatchObject({ status: 'COMPLETED' })
    const trace = await traceOf(server.url, runId)
    const step = trace.childrenSpans.find(({ name }) => name === 'first')
    expect(step).toMatchObject({ status: 'COMPLETED' })
    const own = await outputOf(server.url, trace.outputID)
    expect(JSON.parse(String(own.data))).toEqual({ all: 'well' })
    const first = await outputOf(server.url, step?.outputID ?? '')
    expect(JSON.parse(String(first.data))).toEqual({ one: 1 })
  })

  it('tells the error of a run that failed', async () => {
    const { server, runId } = await openWithRun(true)
    const trace = await traceOf(server.url, runId)
    expect(trace.status).toBe('FAILED')
    expect(await outputOf(server.url, trace.outputID)).toMatchObject({
      error: { name: 'RangeError', message: 'out of it' },
    })
  })

  it('lists events with their runs', async () => {
    const { server, eventId, runId } = await openWithRun()
    const { data } = await query(
      server.url,
      '{ events(query: {}) { id name payload functionRuns { id status } } stream(query: { limit: 50 }) { id trigger runs { id } } }',
    )
    expect(data.events).toContainEqual({
      id: eventId,
      name: 'test/traced',
      payload: '{"k":1}',
      functionRuns: [{ id: runId, status: 'COMPLETED' }],
    })
    expect(data.stream).toContainEqual({ id: eventId, trigger: 'test/traced', runs: [{ id: runId }] })
  })

  it('answers null with an error for a run it does not know', async () => {
    const server = await openServer()
    const { status, data, errors } = await query(server.url, '{ again: run(runID: "x") { id } }')
    expect({ status, data }).toEqual({ status: 200, data: { again: null } })
    expect(errors).toMatchObject([{ path: ['again'] }])
  })

  it.each([
    '',
    '{',
    '{ nope }',
    '{ run(runID: "x")',
    '{ events }',
    '{ events(query: {}) { nope } }',
    'mutation { x }',
    '{ a } { b }',
    '{ ...unknown }',
    'fragment f on X { ...f } { ...f }',
    'fragment f on X { ...f ...f } { ...f }',
    '{ run '.repeat(100),
    '{ __proto__ { x } }',
  ])('refuses %j', async (text) => {
    const { server } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'one' }, { event: 'test/one' }, () => null),
    ])
    await fetch(`${server.url}/e/key`, { method: 'POST', body: '{"name":"test/other"}' })
    expect(await query(server.url, text)).toMatchObject({ status: 422 })
  })
})

describe('the REST API', () => {
  it('tells of a run by the id its event gave', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'told' }, { event: 'test/told-rest' }, () => 'out'),
    ])
    const run = await sendAndFinish(app, server.url, { name: 'test/told-rest' })
    const response = await fetch(`${server.url}/v1/runs/${run.run_id}?fresh=1`)
    const { data }: { data: JsonObject } = await response.json()
    expect(data).toMatchObject({ run_id: run.run_id, status: 'Completed', output: 'out' })
    expect(data.function_id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
    expect(data.ended_at).toEqual(expect.any(String))
  })

  it('answers with no data for an unknown event and with an error for an unknown run', async () => {
    const server = await openServer()
    expect(await runsOf(server.url, '01M7ZJMSV4QQE2V232TQ0436S8')).toEqual([])
    const response = await fetch(`${server.url}/v1/runs/01M7ZJMSV4QQE2V232TQ0436S8`)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('Unable to load function run')
  })

  it('refuses the checkpoint API, saying what to do', async () => {
    const server = await openServer()
    const response = await fetch(`${server.url}/v1/checkpoint/x/async`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('"checkpointing\\", which this stand-in does not implement')
  })
})
