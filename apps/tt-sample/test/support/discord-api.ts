import {createHash, randomUUID} from 'node:crypto'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface DiscordUser {
  id: string
  username: string
  email: string | null
  verified: boolean
}

export interface DiscordApi {
  url: string
  clientId: string
  clientSecret: string
  /** What Discord's page does when `user` agrees. @returns where it sends the browser: the app's callback */
  agree(authorizeUrl: string, user: DiscordUser, over?: {issuer?: string}): string
  close(): Promise<void>
}

interface Grant {
  user: DiscordUser
  challenge: string | null
  redirectUri: string | null
}

/** Discord's OAuth as strict as the real one: codes and tokens work once and for whom they were made; PKCE is checked. */
export async function startDiscordApi(): Promise<DiscordApi> {
  const clientId = '1190000000000000999'
  const clientSecret = randomUUID()
  const codes = new Map<string, Grant>()
  const tokens = new Map<string, DiscordUser>()

  const exchange = (form: URLSearchParams): string | null => {
    const code = form.get('code') ?? ''
    const grant = codes.get(code)
    codes.delete(code)
    const verifier = form.get('code_verifier') ?? ''
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const fits =
      grant !== undefined &&
      form.get('client_id') === clientId &&
      form.get('client_secret') === clientSecret &&
      form.get('redirect_uri') === grant.redirectUri &&
      challenge === grant.challenge
    if (!fits) return null
    const token = randomUUID()
    tokens.set(token, grant.user)
    return token
  }

  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body))
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8')
    })
    request.on('end', () => {
      if (request.url === '/api/oauth2/token') {
        const token = exchange(new URLSearchParams(body))
        return token === null
          ? answer(400, {error: 'invalid_grant'})
          : answer(200, {access_token: token, token_type: 'Bearer', expires_in: 60, scope: 'identify email'})
      }
      const user = tokens.get((request.headers.authorization ?? '').replace(/^Bearer /, ''))
      return user === undefined ? answer(401, {message: '401: Unauthorized'}) : answer(200, user)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    clientId,
    clientSecret,
    agree(authorizeUrl, user, {issuer = url} = {}) {
      const {searchParams} = new URL(authorizeUrl)
      const code = randomUUID()
      const redirectUri = searchParams.get('redirect_uri')
      codes.set(code, {user, challenge: searchParams.get('code_challenge'), redirectUri})
      const query = new URLSearchParams({code, state: searchParams.get('state') ?? '', iss: issuer})
      return `${redirectUri}?${query}`
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
