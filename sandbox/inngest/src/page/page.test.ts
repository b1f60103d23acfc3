import { describe, expect, it } from 'vitest'
import { finishedRuns } from '../testing/test-app.ts'
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
  const runId = (id: string) => runs.find((run) => run.function_id === `${app.id}-${id}`)?.run_id ?? ''
  return { server, app, eventId: ids[0] ?? '', good: runId('good'), bad: runId('bad') }
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
    for (const text of ['failed, again at', 'failed for good', '<td>2</td>', 'Error', 'message']) {
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
})
