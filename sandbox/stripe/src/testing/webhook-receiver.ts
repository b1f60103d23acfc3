import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { waitFor } from './wait-for.ts'

export interface Received {
  body: string
  signature: string
  event: Stripe.Event
}

/** A real HTTP endpoint for webhooks that checks every signature with Stripe's own SDK. */
export interface WebhookReceiver {
  url: string
  received: Received[]
  /** The event types that arrived, in order of arrival. */
  types(): string[]
  /** What the next requests are answered with; once the list is used up, 200. */
  answerWith(...statuses: number[]): void
  waitForEvent(type: string): Promise<Received>
  close(): Promise<void>
}

export async function startWebhookReceiver(secret: string, port = 0): Promise<WebhookReceiver> {
  const received: Received[] = []
  let statuses: number[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const status = statuses.shift() ?? 200
      const body = Buffer.concat(chunks).toString('utf8')
      const signature = String(request.headers['stripe-signature'])
      if (status < 300) {
        received.push({ body, signature, event: Stripe.webhooks.constructEvent(body, signature, secret) })
      }
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(`answered ${status}`)
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as AddressInfo // a TCP server has one once it listens
  return {
    url: `http://127.0.0.1:${address.port}/webhook`,
    received,
    types: () => received.map(({ event }) => event.type),
    answerWith: (...next) => {
      statuses = next
    },
    waitForEvent: (type) =>
      waitFor(`the event ${type}`, () => received.find(({ event }) => event.type === type)),
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
