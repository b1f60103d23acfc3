import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { AppPinger } from './apps/app-pinger.ts'
import { Registry } from './apps/registry.ts'
import { AdjustableClock, type Clock, systemClock } from './clock.ts'
import { CronScheduler } from './crons/cron-scheduler.ts'
import { StartError } from './errors.ts'
import { acceptEvents } from './executor/accept-events.ts'
import { flatBackoff, realBackoff } from './executor/backoff.ts'
import { AppCaller } from './executor/call-app.ts'
import type { ExecutorContext } from './executor/context.ts'
import { Executor } from './executor/executor.ts'
import { createHandler } from './http/create-handler.ts'
import { bareSigningKey } from './protocol/signatures.ts'
import { Queue } from './queue/queue.ts'
import { openStore } from './store/store.ts'
import { defaultRetention, type Retention } from './store/trim.ts'
import { startTrimming } from './store/trimming.ts'

/** How a server is started. Everything has a default. */
export type InngestServerOptions = {
  /** `dev` takes any event key and signs nothing; `start` enforces both keys. */
  mode?: 'dev' | 'start'
  /** Default 127.0.0.1. */
  host?: string
  /** 0, the default, takes any free port. */
  port?: number
  /** Apps to register, by the URL of their Inngest endpoint. */
  appUrls?: string[]
  /** Whether to look for new functions of registered apps from time to time. Default true. */
  poll?: boolean
  /** How often, in milliseconds. Default five seconds. */
  pollIntervalMs?: number
  /** Wait after each failed attempt instead of the real backoff, in milliseconds. */
  retryIntervalMs?: number
  /** How long an app may take to answer one call. Default two minutes. */
  callTimeoutMs?: number
  /** Needed in `start` mode. */
  eventKeys?: string[]
  /** Hex, with or without its `signkey-…-` prefix. Needed in `start` mode. */
  signingKey?: string
  /** Folder of the state; without it, everything is in memory and gone with the server. */
  sqliteDirectory?: string
  retention?: Partial<Retention>
  /** Where the time comes from: tests move it. */
  clock?: Clock
  /** Told what happens, one line each, without payloads. Silent by default. */
  log?: (line: string) => void
  /**
   * ONLY for the control of the kill test: answers before the commit, and commits so many milliseconds later.
   * Not on the command line.
   */
  answerBeforeCommitMs?: number
}

export type InngestServer = {
  url: string
  port: number
  /**
   * Puts the server's clock forward: what is due by then is done now, each cron once. Survives a restart. The clocks of
   * the apps stay as they are.
   *
   * @returns the server's time afterwards, in milliseconds since 1970
   * @throws StartError in `start` mode, whose signatures need the real time
   */
  advanceClock: (milliseconds: number) => Promise<number>
  /** Finishes calls under way (two seconds at most), writes everything down and frees the port. */
  close: () => Promise<void>
}

/** Shown by `/dev` in the place of the real server's version. */
const version = 'stand-in-0.1.0'
const pollMs = 5000
const defaultCallTimeoutMs = 120_000
const closeGraceMs = 2000
/** How far the clock was put forward, in milliseconds. */
const clockSetting = 'clock ahead'

/**
 * Starts a stand-in for an Inngest server in this process; runs left over in `sqliteDirectory` go on.
 *
 * @throws StartError when keys are missing, the port is taken or the folder is in use
 */
export async function startInngestServer(options: InngestServerOptions = {}): Promise<InngestServer> {
  const mode = options.mode ?? 'dev'
  const signingKey = checkKeys(mode, options)
  const log = options.log ?? (() => {})
  const onError = (error: unknown) =>
    log(`fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  const store = openStore(options.sqliteDirectory, options.answerBeforeCommitMs ?? 0, log)

  const aheadMs = mode === 'dev' ? Number(store.settings.find(clockSetting) ?? 0) : 0
  const clock = new AdjustableClock(options.clock ?? systemClock, aheadMs)
  const registry = new Registry(store, clock)
  const context: ExecutorContext = {
    store,
    registry,
    clock,
    enqueue: (job) => queue.add(job),
    accept: (transaction, events) => {
      acceptEvents(context, transaction, events)
      trimming.noticeEvents(events.length)
    },
  }
  const trimming = startTrimming(store, { ...defaultRetention, ...options.retention }, clock.now, onError)
  const caller = new AppCaller(options.callTimeoutMs ?? defaultCallTimeoutMs)
  const crons = new CronScheduler(context, onError)
  const pinger = new AppPinger({
    urls: options.appUrls ?? [],
    serverKind: mode === 'dev' ? 'dev' : 'cloud',
    caller,
    pollMs: options.poll === false ? undefined : (options.pollIntervalMs ?? pollMs),
    log,
  })
  const executor = new Executor({
    context,
    caller,
    backoff: options.retryIntervalMs === undefined ? realBackoff : flatBackoff(options.retryIntervalMs),
    signingKey,
    onUnreachable: (target) => pinger.noticeUnreachable(target.config.url),
  })
  const queue = new Queue({
    jobs: store.jobs,
    clock,
    placeOf: (job) => executor.placeOf(job),
    execute: (job) => executor.execute(job),
    onError,
  })
  const advanceClock = async (milliseconds: number) => {
    if (mode !== 'dev') throw new StartError('The clock can be put forward in dev mode only.')
    await store.transactions.run(() => {
      store.settings.save(clockSetting, String(clock.aheadMs + Math.max(milliseconds, 0)))
    })
    clock.advance(milliseconds)
    queue.wake()
    await crons.wake()
    return clock.now()
  }
  const handler = createHandler({
    context,
    advanceClock,
    crons,
    pinger,
    mode,
    version,
    eventKeys: options.eventKeys ?? [],
    signingKey,
    formToken: randomBytes(18).toString('base64url'),
    answerBeforeCommit: options.answerBeforeCommitMs !== undefined,
    log,
  })

  const server = createServer({ keepAliveTimeout: 65_000 }, handler)
  const host = options.host ?? '127.0.0.1'
  let port: number
  try {
    port = await listen(server, host, options.port ?? 0)
  } catch (error) {
    trimming.stop()
    store.close()
    throw error
  }
  queue.start()
  await crons.synchronise()
  pinger.start()

  let closing: Promise<void> | undefined
  const close = async () => {
    pinger.stop()
    crons.stop()
    trimming.stop()
    server.close()
    server.closeIdleConnections()
    const grace = setTimeout(() => caller.close(), closeGraceMs)
    await queue.stop()
    clearTimeout(grace)
    caller.close()
    store.transactions.flush()
    // Answers to events just committed go out before the connections are cut.
    await new Promise((resolve) => setImmediate(resolve))
    server.closeAllConnections()
    store.close()
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    advanceClock,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

function checkKeys(mode: 'dev' | 'start', options: InngestServerOptions): string | undefined {
  const { eventKeys = [], signingKey } = options
  if (mode === 'dev') {
    if (eventKeys.length === 0 && signingKey === undefined) return undefined
    throw new StartError(
      'Event and signing keys are enforced in start mode only; leave them out in dev mode.',
    )
  }
  if (signingKey === undefined)
    throw new StartError('start mode needs --signing-key: an even number of hex digits.')
  const bare = bareSigningKey(signingKey)
  if (!/^([0-9a-f]{2})+$/i.test(bare)) {
    throw new StartError(
      '--signing-key must be an even number of hex digits, such as the output of: openssl rand -hex 32',
    )
  }
  if (eventKeys.length === 0) throw new StartError('start mode needs at least one --event-key.')
  return bare
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(
        new StartError(
          taken
            ? `Port ${port} on ${host} is taken; stop what listens there or choose another --port.`
            : `Can't listen on ${host}:${port}: ${error.message}`,
        ),
      )
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
