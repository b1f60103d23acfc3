import { type AppCaller, CallAborted } from '../executor/call-app.ts'
import { isJsonObject, type Json, parseJson, textMember } from '../protocol/canonical-json.ts'

export type AppPingerOptions = {
  /** The `-u` URLs. */
  urls: string[]
  /** `dev` or `cloud`, as the SDK calls the two modes. */
  serverKind: 'dev' | 'cloud'
  caller: AppCaller
  /** How often to look for new functions in an app that is registered; undefined for never (`--no-poll`). */
  pollMs: number | undefined
  log: (line: string) => void
}

/** Between two pings of an app that does not answer: short at first, so that an app just started is found at once. */
const firstPauseMs = 200
const longestPauseMs = 5000

/** Asks apps to register their functions until they do, and again when they stop answering. */
export class AppPinger {
  readonly #options: AppPingerOptions
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #failing = new Set<string>()
  #stopped = false

  constructor(options: AppPingerOptions) {
    this.#options = options
  }

  start(): void {
    for (const url of this.#options.urls) this.#schedule(url, 0, firstPauseMs)
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  /** A call to a function at `functionUrl` failed: have its app register again as soon as it answers. */
  noticeUnreachable(functionUrl: string): void {
    const { origin, pathname } = new URL(functionUrl)
    for (const url of this.#options.urls) {
      const known = new URL(url)
      if (known.origin !== origin || known.pathname !== pathname || this.#failing.has(url)) continue
      this.#failing.add(url)
      this.#schedule(url, firstPauseMs, firstPauseMs)
    }
  }

  #schedule(url: string, afterMs: number, pauseMs: number): void {
    if (this.#stopped) return
    clearTimeout(this.#timers.get(url))
    this.#timers.set(
      url,
      setTimeout(() => this.#ping(url, pauseMs), afterMs),
    )
  }

  async #ping(url: string, pauseMs: number): Promise<void> {
    let problem: string | undefined
    try {
      problem = await this.#put(url)
    } catch (error) {
      if (error instanceof CallAborted) return
      problem = error instanceof Error ? error.message : String(error)
    }
    if (problem !== undefined) {
      if (!this.#failing.has(url)) this.#options.log(`app at ${url} is not registered: ${problem}`)
      this.#failing.add(url)
      this.#schedule(url, pauseMs, Math.min(pauseMs * 2, longestPauseMs))
      return
    }
    if (this.#failing.delete(url)) this.#options.log(`app at ${url} is registered`)
    const { pollMs } = this.#options
    if (pollMs !== undefined) this.#schedule(url, pollMs, firstPauseMs)
  }

  /** Has the app register; returns what went wrong, if anything. */
  async #put(url: string): Promise<string | undefined> {
    const reply = await this.#options.caller.call({
      method: 'PUT',
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Inngest',
        'x-inngest-server-kind': this.#options.serverKind,
      },
      body: JSON.stringify({ url }),
    })
    if (reply.kind === 'failure') return reply.message
    if (reply.status === 200) return undefined
    return `HTTP ${reply.status} ${readMessage(reply.body)}`
  }
}

function readMessage(body: string): string {
  let value: Json
  try {
    value = parseJson(body)
  } catch {
    return ''
  }
  return (isJsonObject(value) ? textMember(value, 'message') : undefined) ?? ''
}
