import type { IncomingHttpHeaders } from 'node:http'

/** A request, read to its end. */
export interface HttpRequest {
  method: string
  url: URL
  body: string
  headers: IncomingHttpHeaders
}

/** What is sent back. */
export interface HttpAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** A JSON answer; never kept by a cache, as it may hold a token or an address. */
export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  }
}

/** An answer without content. */
export function emptyAnswer(): HttpAnswer {
  return { status: 204, headers: { 'cache-control': 'no-store' }, body: '' }
}

/** Sends the browser on, by GET whatever the method was. */
export function redirectTo(location: string): HttpAnswer {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' }
}

/** The content type without its parameters. */
export function contentTypeOf(request: HttpRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

/** The fields of a form; none if the body is something else. */
export function formOf(request: HttpRequest): URLSearchParams {
  return new URLSearchParams(
    contentTypeOf(request) === 'application/x-www-form-urlencoded' ? request.body : '',
  )
}
