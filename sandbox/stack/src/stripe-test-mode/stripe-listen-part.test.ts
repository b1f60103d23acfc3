import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { StackError } from '../errors.ts'
import { createGuard } from '../guard/guard.ts'
import { processStartTime } from '../process-identity.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { waitUntil } from '../wait-until.ts'
import { stripeListenPart } from './stripe-listen-part.ts'
import { fakeStripeCli } from './testing/fake-stripe-cli.ts'
import { webhookEvents } from './webhook-events.ts'

afterEach(() => vi.unstubAllEnvs())

const webhookUrl = 'http://127.0.0.1:3000/api/stripe/webhook'

function listening(options: Parameters<typeof fakeStripeCli>[0] & { deadlineMs?: number } = {}) {
  const cli = fakeStripeCli(options)
  vi.stubEnv('PATH', cli.path)
  const guard = createGuard()
  onTestFinished(() => guard.close())
  const secretKey = `sk_test_${crypto.randomUUID().replaceAll('-', '')}`
  const logFile = join(temporaryFolder(), 'stripe-listen-tt.log')
  const part = stripeListenPart({
    app: 'tt',
    secretKey,
    webhookUrl,
    logFile,
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
  })
  const refusal = () =>
    part.start(guard).then(
      () => Promise.reject(new Error('It started.')),
      (error: StackError) => error,
    )
  return { cli, guard, secretKey, part, refusal, log: () => readFileSync(logFile, 'utf8') }
}

describe('stripeListenPart', () => {
  it('is ready when the CLI is, and forwards the app’s own events to its webhook', async () => {
    const { cli, guard, part } = listening()
    const started = await part.start(guard)
    expect(started).toMatchObject({ version: '1.99.0', url: webhookUrl })
    const listen = cli.calls().at(-1)
    expect(listen).toContain(`--events ${webhookEvents.tt.join(',')}`)
    expect(listen).toContain(`--forward-to ${webhookUrl}`)
    expect(await started.process?.stop()).toMatchObject({ signal: null })
  })

  it('hands the key over by the environment: not by an argument, and not to the log', async () => {
    const { cli, guard, part, secretKey, log } = listening()
    await part.start(guard)
    expect(cli.calls().join('\n')).not.toContain(secretKey)
    expect(cli.environment()).toContain(`STRIPE_API_KEY=${secretKey}`)
    expect(log()).toContain('Your webhook signing secret is whsec_…')
    expect(log()).not.toContain(cli.secret)
  })

  it('starts again after it was killed', async () => {
    const { cli, guard, part } = listening()
    const first = await part.start(guard)
    first.process?.signal('SIGKILL')
    await first.process?.ended
    const second = await part.start(guard)
    expect(second.process?.pid).not.toBe(first.process?.pid)
    expect(cli.calls().filter((call) => call.startsWith('listen'))).toHaveLength(2)
  })

  it('shows the CLI’s last words when it ends at its start, without what is secret in them', async () => {
    const { refusal } = listening({
      listen: `echo 'Authorization failed, key rk_test_abc123, status=401' >&2; exit 1`,
    })
    const error = await refusal()
    expect(error.message).toBe('The part stripe-listen-tt ended at its start (code 1).')
    expect(error.lastLines.join('\n')).toBe('Authorization failed, key rk_test_…, status=401')
  })

  it('gives up on a CLI that never gets ready, and leaves none behind', async () => {
    const { refusal, log } = listening({ listen: 'echo process $$; exec sleep 3600', deadlineMs: 1_500 })
    expect((await refusal()).message).toContain('was not connected to Stripe within 1.5 s')
    const pid = Number(/process (\d+)/.exec(log())?.[1])
    await waitUntil(() => processStartTime(pid) === undefined, {
      deadlineMs: 5_000,
      describe: `The end of ${pid}`,
    })
  })
})
