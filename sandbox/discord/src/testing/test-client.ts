import { createHash, randomBytes } from 'node:crypto'
import { get } from 'node:http'
import { onTestFinished } from 'vitest'
import { type DiscordOptions, startDiscord } from '../discord/start-discord.ts'
import type { OAuthClient } from '../oauth/clients.ts'

/** Two applications: most guards are about one taking what belongs to the other. */
export const shop = {
  id: '1190000000000000001',
  secret: 'the shop’s secret: with a colon, é & a space',
  name: 'The Shop',
  redirectUris: ['http://shop.test:3000/api/auth/callback'],
  botToken: 'bot-token-of-the-shop',
} as const satisfies OAuthClient & { botToken: string }
export const school = {
  id: '1190000000000000002',
  secret: 'the-secret-of-the-school',
  name: 'The School',
  redirectUris: ['http://school.test:3001/callback', 'http://school.test:3001/other'],
  botToken: 'bot-token-of-the-school',
} as const satisfies OAuthClient & { botToken: string }

export const ada = {
  id: '1180000000000000001',
  username: 'ada.park',
  global_name: 'Ada Park',
  email: 'ada@example.com',
  verified: true,
}

/** A stand-in with both applications and Ada; closed when the test has finished. */
export async function startTestDiscord(options: Partial<DiscordOptions> = {}) {
  const discord = await startDiscord({ clients: [shop, school], users: [ada], ...options })
  onTestFinished(() => discord.close())
  return discord
}

/** A verifier and its S256 challenge, made as a client makes them. */
export function newPkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** The parameters of a good authorization request; `null` takes one out. */
export function authorizeParameters(
  client: OAuthClient,
  changes: Record<string, string | null> = {},
): URLSearchParams {
  const parameters = new URLSearchParams()
  const all = {
    client_id: client.id,
    redirect_uri: client.redirectUris[0] ?? '',
    response_type: 'code',
    scope: 'identify email',
    state: 'the-state',
    ...changes,
  }
  for (const [name, value] of Object.entries(all)) if (value !== null) parameters.set(name, value)
  return parameters
}

/** Presses a user's button on the sign-in page and returns where the browser is sent. */
export async function pressButton(
  authorizeUrl: string,
  fields: Record<string, string>,
): Promise<{ status: number; location: URL | undefined; text: string }> {
  const response = await fetch(authorizeUrl, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: new URL(authorizeUrl).origin },
    redirect: 'manual',
  })
  const location = response.headers.get('location')
  return {
    status: response.status,
    location: location === null ? undefined : new URL(location),
    text: await response.text(),
  }
}

/** Signs in up to the code, by the sign-in page. */
export async function signInForCode(
  authorizeEndpoint: string,
  client: OAuthClient,
  userId: string,
  changes: Record<string, string | null> = {},
): Promise<string> {
  const { location, text } = await pressButton(
    `${authorizeEndpoint}?${authorizeParameters(client, changes)}`,
    {
      user_id: userId,
    },
  )
  const code = location?.searchParams.get('code')
  if (!code) throw new Error(`There is no code: ${location?.href ?? text}`)
  return code
}

/** An answer with its JSON body. */
export interface JsonResponse {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

export async function jsonOf(response: Response): Promise<JsonResponse> {
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  }
}

/** Exchanges a code with the credentials in the form; `null` takes a field out. */
export async function exchange(
  tokenEndpoint: string,
  client: OAuthClient,
  code: string,
  changes: Record<string, string | null> = {},
): Promise<JsonResponse> {
  return postForm(tokenEndpoint, {
    grant_type: 'authorization_code',
    client_id: client.id,
    client_secret: client.secret,
    redirect_uri: client.redirectUris[0] ?? '',
    code,
    ...changes,
  })
}

export async function postForm(
  url: string,
  fields: Record<string, string | null>,
  headers: Record<string, string> = {},
): Promise<JsonResponse> {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value !== null) body.set(name, value)
  return jsonOf(
    await fetch(url, { method: 'POST', body, headers: { accept: 'application/json', ...headers } }),
  )
}

/** The status of a GET with exactly these headers: `fetch` sets some by itself and won't set others. */
export function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).once('error', reject)
  })
}

/** GET with an `Authorization` header. */
export async function getAs(url: string, authorization: string | undefined): Promise<JsonResponse> {
  return jsonOf(await fetch(url, { headers: authorization === undefined ? {} : { authorization } }))
}
