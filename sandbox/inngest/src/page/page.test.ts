import { describe, expect, it } from 'vitest'
import { finishedRuns, runsOf } from '../testing/test-app.ts'
import { waitFor } from '../testing/wait-for.ts'
import { openServer, openServerAndApp } from '../testing/with-server.ts'

async function open(url: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url)
  return { status: response.status, text: await response.text() }
}

const nasty = '<script>alert("x")</script>'

async function openWithRuns() {
  const { server, app } = await openServerAndApp((inngest) => [
    inngest.createFunction({ id: 'good' }, { event: 'test/page' }, async ({ step }) => {
      return step.run(`name ${nasty}`, () => ({ nasty }))
    }),
    inngest.createFunction({ id: 'bad', retries: 1 }, { event: 'test/page' }, () => {
      throw new Error(`message ${nasty}`)
    }),
  ])
  const { ids } = await app.inngest.send({ name: 'test/page', data: { nasty } })
  const runs = await finishedRuns(server.url, ids[0] ?? '', 2)
  const runId = (status: string) => runs.find((run) => run.status === status)?.run_id ?? ''
  return { server, app, eventId: ids[0] ?? '', good: runId('Completed'), bad: runId('Failed') }
}

describe('the page', () => {
  it('says on every page that it is a stand-in', async () => {
    const { server, eventId, good } = await openWithRuns()
    for (const path of ['/', `/runs/${good}`, `/events/${eventId}`, '/runs/unknown', '/events/unknown']) {
      expect((await open(server.url + path)).text).toContain('<strong>Stand-in</strong>')
    }
  })

  it('lists runs and events, and runs by status and function', async () => {
    const { server, app, eventId, good, bad } = await openWithRuns()
    const all = await open(server.url)
    for (const text of [good, bad, eventId, 'test/page', 'inngest/function.failed', app.url]) {
      expect(all.text).toContain(text)
    }
    const failed = await open(`${server.url}/?status=Failed`)
    expect(failed.text).toContain(bad)
    expect(failed.text).not.toContain(good)
    const ofGood = await open(`${server.url}/?function=${app.id}-good`)
    expect(ofGood.text).toContain(good)
    expect(ofGood.text).not.toContain(bad)
    const both = await open(`${server.url}/?function=${app.id}-good&status=Failed`)
    expect(both.text).toContain('No runs.')
  })

  it('shows a run with its event, steps, attempts, errors and output', async () => {
    const { server, good, bad } = await openWithRuns()
    const ofGood = (await open(`${server.url}/runs/${good}`)).text
    for (const text of ['step ran', 'function finished', 'Output', 'test/page'])
      expect(ofGood).toContain(text)
    const ofBad = (await open(`${server.url}/runs/${bad}`)).text
    for (const text of ['failed, again at', 'failed for good', '>2</td>', 'Error', 'message']) {
      expect(ofBad).toContain(text)
    }
  })

  it('shows nothing of what others wrote as markup', async () => {
    const { server, eventId, good, bad } = await openWithRuns()
    for (const path of ['/', `/runs/${good}`, `/runs/${bad}`, `/events/${eventId}`, `/?function=${nasty}`]) {
      const { text } = await open(server.url + path)
      expect(text).not.toContain('<script')
    }
    expect((await open(`${server.url}/runs/${good}`)).text).toContain('&#60;script&#62;')
  })

  it('shows an empty state before anything happened', async () => {
    const server = await openServer()
    const { text } = await open(server.url)
    for (const part of ['No app has registered yet', 'No runs.', 'No events yet.'])
      expect(text).toContain(part)
  })

  it('goes back to older runs and events page by page', async () => {
    const server = await openServer()
    const events = Array.from({ length: 60 }, (_, index) => ({ name: `test/${index}.` }))
    await fetch(`${server.url}/e/k`, { method: 'POST', body: JSON.stringify(events) })
    const first = (await open(server.url)).text
    expect(first).toContain('test/59.')
    expect(first).not.toContain('test/5.')
    const older = /href="(\/\?events=\d+)"/.exec(first)?.[1]
    expect((await open(`${server.url}${older}`)).text).toContain('test/5.')
  })

  it('answers 404 for what it does not know', async () => {
    const server = await openServer()
    for (const path of ['/runs/unknown', '/events/unknown', '/unknown']) {
      expect((await open(server.url + path)).status).toBe(404)
    }
  })

  it('lists runs and events of one event name', async () => {
    const { server, app, good, eventId } = await openWithRuns()
    const other = await app.inngest.send({ name: 'test/other' })
    const { text } = await open(`${server.url}/?event=test/page`)
    expect(text).toContain(good)
    expect(text).toContain(eventId)
    expect(text).not.toContain(other.ids[0])
    expect((await open(`${server.url}/?event=test/nothing`)).text).toContain('No runs.')
  })

  it('shows what each step of a run was asked with, what came of it and how often it was tried', async () => {
    let failures = 1
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'rich' }, { event: 'test/rich' }, async ({ step }) => {
        await step.run('with input', (one: number) => one + 1, 41)
        await step.run('shaky', () => {
          if (failures-- > 0) throw new Error('not this time')
          return 'steady'
        })
        await step.waitForEvent('the answer', { event: 'test/rich-answer', timeout: '1h', match: 'data.k' })
      }),
    ])
    const { ids } = await app.inngest.send({ name: 'test/rich', data: { k: 5 } })
    const runId = await waitFor('the run', async () => (await runsOf(server.url, ids[0] ?? ''))[0]?.run_id)
    const runPage = () => open(`${server.url}/runs/${runId}`)
    const waiting = await waitFor('the wait', async () => {
      const { text } = await runPage()
      return text.includes('stops waiting') ? text : undefined
    })
    for (const part of [
      'with input',
      '[\n  41\n]',
      '42',
      'shaky',
      'attempt 1: step failed',
      'not this time',
    ]) {
      expect(waiting.replaceAll('&#34;', '"')).toContain(part)
    }
    expect(waiting).toContain('event.data.k == async.data.k')
    await app.inngest.send({ name: 'test/rich-answer', data: { k: 5, n: 'answered' } })
    await finishedRuns(server.url, ids[0] ?? '')
    expect((await runPage()).text).toContain('answered')
  })
})

/** Sends the form of a page as a browser does. */
async function submit(
  pageUrl: string,
  action: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const { text } = await open(pageUrl)
  const token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const { origin } = new URL(pageUrl)
  return fetch(origin + action, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin, 'sec-fetch-site': 'same-origin', ...headers },
    body: new URLSearchParams({ token, ...fields }),
  })
}

describe('a button of the page', () => {
  it('runs a function again with the same event, from the top', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'again' }, { event: 'test/again' }, ({ event }) => event.data.n),
    ])
    const { ids } = await app.inngest.send({ id: 'once-only', name: 'test/again', data: { n: 3 } })
    const [first] = await finishedRuns(server.url, ids[0] ?? '')
    const page = `${server.url}/runs/${first?.run_id}`
    const response = await submit(page, `/runs/${first?.run_id}/rerun`)
    expect(response.status).toBe(303)
    const runs = await finishedRuns(server.url, ids[0] ?? '', 2)
    expect(runs.map(({ output }) => output)).toEqual([3, 3])
    expect(response.headers.get('location')).toBe(`/runs/${runs[1]?.run_id}`)
  })

  it('cancels a run under way, and is not there for one that is over', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'stop' }, { event: 'test/stop' }, async ({ step }) => {
        await step.sleep('long', '1h')
      }),
    ])
    const { ids } = await app.inngest.send({ name: 'test/stop' })
    const runId = await waitFor('the run', async () => (await runsOf(server.url, ids[0] ?? ''))[0]?.run_id)
    const page = `${server.url}/runs/${runId}`
    expect((await open(page)).text).toContain('>Cancel</button>')
    expect((await submit(page, `/runs/${runId}/cancel`)).status).toBe(303)
    expect(await runsOf(server.url, ids[0] ?? '')).toMatchObject([{ status: 'Cancelled' }])
    expect((await open(page)).text).not.toContain('>Cancel</button>')
  })

  it('sends a test event, and says what is wrong with one', async () => {
    const { server } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'sent' }, { event: 'test/sent' }, ({ event }) => event.data.n),
    ])
    const page = `${server.url}/send`
    const sent = await submit(page, '/send', { name: 'test/sent', data: '{"n":5}' })
    expect(sent.status).toBe(303)
    const eventId = sent.headers.get('location')?.replace('/events/', '') ?? ''
    expect(await finishedRuns(server.url, eventId)).toMatchObject([{ output: 5 }])
    expect((await open(`${page}?like=${eventId}`)).text).toContain('test/sent')
    for (const fields of [
      { name: '', data: '{}' },
      { name: 'test/sent', data: '{' },
      { name: 'test/sent', data: '[1]' },
      { name: 'inngest/function.failed', data: '{}' },
    ]) {
      const refused = await submit(page, '/send', fields)
      expect(refused.status).toBe(400)
      expect(await refused.text()).toContain('Not sent')
    }
  })

  it('does nothing for a page of another site', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'safe' }, { event: 'test/safe' }, () => null),
    ])
    const { ids } = await app.inngest.send({ name: 'test/safe' })
    const [run] = await finishedRuns(server.url, ids[0] ?? '')
    const page = `${server.url}/runs/${run?.run_id}`
    const action = `/runs/${run?.run_id}/rerun`
    for (const [fields, headers] of [
      [{ token: '' }, {}],
      [{ token: 'guessed' }, {}],
      [{}, { 'sec-fetch-site': 'cross-site' }],
      [{}, { 'sec-fetch-site': 'same-site' }],
      [{}, { origin: 'http://elsewhere.example' }],
      [{}, { origin: 'null' }],
    ] as const) {
      expect((await submit(page, action, fields, headers)).status).toBe(403)
    }
    expect(await runsOf(server.url, ids[0] ?? '')).toHaveLength(1)
    expect((await submit(page, action)).status).toBe(303)
  })
})
