import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { RawReply } from '../protocol/parse-reply.ts'

/** Replies beyond this are not read to the end: the run would fail anyway. */
const maximumReplyBytes = 32 * 1024 * 1024

/**
 * A kept connection that breaks this soon was closed before the request got anywhere. Later than that the app may have
 * done its work and only the answer is lost, which is a failed attempt.
 */
const staleWithinMs = 15

export type AppRequest = {
  method: 'POST' | 'PUT'
  url: string
  headers: Record<string, string>
  body: string
}

/** The call was given up because the server is closing; it counts for nothing. */
export class CallAborted extends Error {
  override name = 'CallAborted'
}

/** Calls apps over connections that are kept open. */
export class AppCaller {
  readonly #timeoutMs: number
  readonly #closing = new AbortController()
  readonly #http = new HttpAgent({ keepAlive: true, scheduling: 'lifo' })
  readonly #https = new HttpsAgent({ keepAlive: true, scheduling: 'lifo' })

  /** @param timeoutMs how long an app may take for one call, from the first byte to the last */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  /**
   * Sends one request. A refused or broken connection, a time-out and an oversized reply are failures, not errors.
   *
   * @throws CallAborted when the server is closing
   */
  async call(request: AppRequest): Promise<RawReply> {
    try {
      return await this.#send(request)
    } catch (error) {
      if (!isStaleConnection(error)) return this.#failure(error)
    }
    // The app closed an idle connection just as it was used again: nothing was done there, so this is no attempt.
    try {
      return await this.#send(request)
    } catch (error) {
      return this.#failure(error)
    }
  }

  /** Gives up whatever is under way and closes all connections. */
  close(): void {
    this.#closing.abort()
    this.#http.destroy()
    this.#https.destroy()
  }

  #failure(error: unknown): RawReply {
    if (this.#closing.signal.aborted) throw new CallAborted()
    return { kind: 'failure', message: describe(error) }
  }

  #send({ method, url, headers, body }: AppRequest): Promise<RawReply> {
    return new Promise((resolve, reject) => {
      const secure = url.startsWith('https:')
      const options = {
        method,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        agent: secure ? this.#https : this.#http,
        signal: this.#closing.signal,
      }
      const request = secure ? httpsRequest(url, options) : httpRequest(url, options)
      const timer = setTimeout(
        () => request.destroy(new Error(`The app did not answer within ${this.#timeoutMs / 1000} s`)),
        this.#timeoutMs,
      )
      const sentAt = performance.now()
      let answered = false
      const fail = (error: Error) => {
        clearTimeout(timer)
        const stale = request.reusedSocket && !answered && performance.now() - sentAt < staleWithinMs
        reject(stale ? new StaleConnection(error) : error)
      }
      request.on('error', fail)
      request.on('response', (response) => {
        answered = true
        readReply(response).then((reply) => {
          clearTimeout(timer)
          resolve(reply)
        }, fail)
      })
      request.end(body)
    })
  }
}

class StaleConnection extends Error {
  override name = 'StaleConnection'
  readonly reason: Error
  constructor(reason: Error) {
    super(describe(reason))
    this.reason = reason
  }
}

function isStaleConnection(error: unknown): boolean {
  if (!(error instanceof StaleConnection)) return false
  const code = 'code' in error.reason ? error.reason.code : undefined
  return code === 'ECONNRESET' || code === 'EPIPE'
}

async function readReply(response: IncomingMessage): Promise<RawReply> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maximumReplyBytes) throw new Error(`The app's reply is over ${maximumReplyBytes} bytes`)
    chunks.push(bytes)
  }
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    headers[name] = Array.isArray(value) ? value[0] : value
  }
  return { kind: 'reply', status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString() }
}

function describe(error: unknown): string {
  if (error instanceof AggregateError) return describe(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (code === 'ECONNREFUSED') return `The app could not be reached: ${error.message}`
  if (code === 'ECONNRESET' || code === 'EPIPE') return `The app broke off the connection: ${error.message}`
  return error.message
}
