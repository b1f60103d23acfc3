import type { IncomingHttpHeaders } from 'node:http'

export interface PageRequest {
  method: string
  url: URL
  body: string
  headers: IncomingHttpHeaders
}

export interface PageAnswer {
  status: number
  headers: Record<string, string>
  body: string
}
