import { spawn } from 'node:child_process'
import { afterAll, describe, expect, it } from 'vitest'
import { fetchOnThisMachine } from '../src/fetch-on-this-machine.ts'
import { openFixture } from '../src/fixture.ts'

const fixture = openFixture()
afterAll(() => fixture.close())

type Result = {
  exitCode: number | null
  text: string
  report: {
    ok: boolean
    steps: { name: string; ok: boolean; ms: number }[]
    figures: Record<string, number> | null
  }
}

/** Runs the demo as a person would, against the stack that is already running. */
function runDemo(): Promise<Result> {
  const child = spawn(
    process.execPath,
    ['e2e/src/demo.ts', '--once', '--json', '--name', fixture.info.name],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => {
      const lastLine = output.trimEnd().split('\n').at(-1) ?? ''
      try {
        resolve({ exitCode, text, report: JSON.parse(lastLine) })
      } catch (cause) {
        reject(new Error(`The demo's last line is no JSON:\n${text}\n${output}`, { cause }))
      }
    })
  })
}

describe('the demo', () => {
  it('uses a stack that is already running, walks every step, and leaves it running', async () => {
    const { exitCode, text, report } = await runDemo()
    expect(report.steps.filter(({ ok }) => !ok)).toEqual([])
    expect(exitCode).toBe(0)
    expect(report.ok).toBe(true)
    expect(text).toContain('already running')
    expect(report.figures?.webhookToAccessMs).toBeGreaterThanOrEqual(0)
    expect((await fetchOnThisMachine(`${fixture.info.tt.url}/api/health`)).status).toBe(200)
  })

  it('control: with AI Hero’s Inngest stopped it exits 1 and names the step', async () => {
    await fixture.part('inngest-ah', 'kill')
    try {
      const { exitCode, text, report } = await runDemo()
      expect(exitCode).toBe(1)
      expect(report.ok).toBe(false)
      expect(report.steps.at(-1)).toMatchObject({
        name: 'the thank-you page says Ready, by itself',
        ok: false,
      })
      expect(text).toContain('The demo failed at: the thank-you page says Ready, by itself')
    } finally {
      await fixture.part('inngest-ah', 'start')
    }
  })
})
