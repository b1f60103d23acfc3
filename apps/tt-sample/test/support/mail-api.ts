import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface MailApi {
  url: string
  /** One per idempotency key: the provider sends the same key once. */
  delivered: {idempotencyKey: string; to: string; subject: string; text: string}[]
  available: boolean
  close(): Promise<void>
}

/** A mail provider that keeps Resend's promise about idempotency keys. */
export async function startMailApi(): Promise<MailApi> {
  const api: MailApi = {
    url: '',
    delivered: [],
    available: true,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8')
    })
    request.on('end', () => {
      response.setHeader('content-type', 'application/json')
      if (!api.available) {
        response.writeHead(503).end('{"name":"application_error","message":"down"}')
        return
      }
      const idempotencyKey = String(request.headers['idempotency-key'])
      const mail = JSON.parse(body) as {to: string | string[]; subject: string; text: string}
      if (String(mail.to).endsWith('@refused.example')) {
        response
          .writeHead(422)
          .end('{"statusCode":422,"name":"validation_error","message":"no such address"}')
        return
      }
      const known = api.delivered.find((delivered) => delivered.idempotencyKey === idempotencyKey)
      if (known === undefined) api.delivered.push({idempotencyKey, ...mail, to: String(mail.to)})
      else if (known.text !== mail.text || known.to !== String(mail.to)) {
        response
          .writeHead(409)
          .end('{"statusCode":409,"name":"invalid_idempotent_request","message":"another mail has this key"}')
        return
      }
      response.writeHead(200).end(JSON.stringify({id: idempotencyKey}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return api
}
