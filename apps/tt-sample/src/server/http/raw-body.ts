import type {IncomingMessage} from 'node:http'

/** The body is larger than anyone with good intentions sends. */
export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError'
}

/** The request's bytes as they were sent: a signature covers these, not what a parser makes of them. */
export async function readRawBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size > maxBytes) throw new BodyTooLargeError(`More than ${maxBytes} bytes.`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
