import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http'

export interface Answer {
  status: number
  message: string
  headers: IncomingMessage['headers']
  body: Buffer
}

/** A request failed after the head of its answer had come. */
export class BrokenAnswerError extends Error {
  readonly status: number
  readonly bytes: number

  constructor(status: number, bytes: number) {
    super(`The answer broke off after ${bytes} bytes.`)
    this.status = status
    this.bytes = bytes
  }
}

export interface SendOptions {
  body?: Buffer
  agent?: Agent
  method?: string
  /** Sends the body in pieces, without announcing its length. */
  chunked?: boolean
  signal?: AbortSignal
  headers?: Record<string, string>
}

/** Sends one real request. Rejects with what happened to the connection. */
export function send(
  url: string,
  { body, agent, method = 'POST', chunked = false, signal, headers = {} }: SendOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      {
        method,
        ...(agent ? { agent } : {}),
        ...(signal ? { signal } : {}),
        headers: { ...headers, ...(chunked ? { 'transfer-encoding': 'chunked' } : {}) },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', () =>
          reject(new BrokenAnswerError(response.statusCode ?? 0, Buffer.concat(chunks).byteLength)),
        )
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            message: response.statusMessage ?? '',
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
