import type { HttpAnswer, HttpRequest } from '../http/messages.ts'
import { jsonAnswer } from '../http/messages.ts'
import { isKnownHost } from '../http/origin.ts'
import { startServer } from '../http/start-server.ts'
import { createGrants } from '../oauth/grants.ts'
import { fieldsOf, SeedError } from '../seed-fields.ts'
import { answerAuthorize } from '../sign-in/answer-authorize.ts'
import type { SignInProvider } from '../sign-in/provider.ts'
import { answerControls, queueSignIn } from '../stand-in-controls.ts'
import { answerAsset, problemPage } from '../ui/page.ts'
import { answerApiCall } from './answer-api-call.ts'
import type { DiscordClient, DiscordContext } from './context.ts'
import { type DiscordGuild, openGuilds } from './guilds.ts'
import { renderHome } from './home-page.ts'
import { discordScopes } from './scopes.ts'
import { readDiscordSeed } from './seed.ts'
import { type DiscordUser, type NewDiscordUser, readDiscordUser } from './users.ts'

export interface DiscordOptions {
  /** Default 0: any free port of 127.0.0.1. */
  port?: number
  clients: readonly DiscordClient[]
  users?: readonly DiscordUser[]
  guilds?: readonly DiscordGuild[]
  /** How long a code can be exchanged, in milliseconds, at most a minute. Default 30 000. */
  codeLifetimeMs?: number
  /** Default 604 800 000: a week, as at Discord. */
  accessTokenLifetimeMs?: number
  /** What answers call their sender (`iss`). Default: the stand-in's address, as Discord sends its own; null: nothing. */
  issuer?: string | null
  /** The clock, in milliseconds since 1970. */
  now?: () => number
}

export interface Discord {
  /** Base of the pages: `<url>/oauth2/authorize`. At Discord this is `https://discord.com`. */
  url: string
  /** Base of the API: `<apiUrl>/oauth2/token`, `<apiUrl>/users/@me`. At Discord this is `https://discord.com/api`. */
  apiUrl: string
  port: number
  /** Adds a user, who is then on the sign-in page. @throws SeedError when a field is wrong or the id is taken */
  addUser(user: NewDiscordUser): DiscordUser
  /**
   * Lets the next sign-in happen without a click. Several wait in line.
   *
   * @param userId null: the person declines
   * @throws SeedError for a user or application that isn't there
   */
  signInNext(userId: string | null, options?: { clientId?: string }): void
  /** Frees the port. All codes and tokens are gone. */
  close(): Promise<void>
}

const BRAND = 'Discord'
const AUTHORIZE = /^(\/api(\/v(9|10))?)?\/oauth2\/authorize$/

/**
 * Starts a Discord stand-in.
 *
 * @throws SeedError when clients, users or guilds are wrong
 * @throws RangeError for a code lifetime above a minute
 */
export async function startDiscord(options: DiscordOptions): Promise<Discord> {
  const { now = Date.now } = options
  const seed = readDiscordSeed({
    clients: options.clients,
    users: options.users ?? [],
    guilds: options.guilds ?? [],
  })
  const clients = new Map(seed.clients.map((client) => [client.id, client]))
  const users = new Map(seed.users.map((user) => [user.id, user]))
  let url = ''
  const provider: SignInProvider = {
    brand: BRAND,
    clients,
    knownScopes: discordScopes,
    grants: createGrants({
      now,
      codeLifetimeMs: options.codeLifetimeMs ?? 30_000,
      accessTokenLifetimeMs: options.accessTokenLifetimeMs ?? 604_800_000,
      tokenPrefix: '',
    }),
    issuer: () => (options.issuer === undefined ? url : options.issuer),
    people: () =>
      [...users.values()].map(({ id, username, global_name, email, verified }) => ({
        id,
        name: global_name ?? username,
        handle: username,
        email,
        emailVerified: verified,
      })),
    hasUser: (userId) => users.has(userId),
    nextSignIns: [],
  }
  const context: DiscordContext = {
    provider,
    clients,
    users,
    guilds: openGuilds(seed.guilds, now),
    now,
    url: () => url,
  }
  const addUser = (user: DiscordUser): DiscordUser => {
    if (users.has(user.id)) throw new SeedError(`There is a user ${user.id} already.`)
    users.set(user.id, user)
    return user
  }

  const server = await startServer({
    name: 'discord stand-in',
    port: options.port ?? 0,
    answer: (request) => answer(context, request, addUser),
  })
  url = server.url
  return {
    url,
    apiUrl: `${url}/api`,
    port: server.port,
    addUser: (user) => addUser(readDiscordUser(fieldsOf(user, 'user'))),
    signInNext: (userId, { clientId } = {}) => queueSignIn(provider, userId, clientId),
    close: server.close,
  }
}

function answer(
  context: DiscordContext,
  request: HttpRequest,
  addUser: (user: DiscordUser) => DiscordUser,
): HttpAnswer {
  const { provider } = context
  const { pathname } = request.url
  const isAuthorize = AUTHORIZE.test(pathname)
  if (pathname.startsWith('/api/') && !isAuthorize) {
    return answerApiCall(context, request, pathname.slice('/api'.length))
  }
  if (!isKnownHost(request)) {
    const text = `Open the stand-in at ${context.url()}.`
    return problemPage({ brand: BRAND, title: 'Wrong address', text, status: 421 })
  }
  if (isAuthorize) return answerAuthorize(provider, request)
  const controls = answerControls(provider, request, (fields) => addUser(readDiscordUser(fields)))
  if (controls !== undefined) return controls
  if (request.method === 'GET' || request.method === 'HEAD') {
    const asset = answerAsset(pathname)
    if (asset !== undefined) return asset
    if (pathname === '/') return renderHome(context)
    if (pathname === '/.well-known/oauth-authorization-server') {
      return jsonAnswer(200, metadata(context.url(), provider.issuer()))
    }
  }
  return problemPage({
    brand: BRAND,
    title: 'Nothing here',
    text: 'The stand-in has no such page.',
    status: 404,
  })
}

/** RFC 8414, as Discord publishes it; only what the stand-in does. */
function metadata(url: string, issuer: string | null): Record<string, unknown> {
  return {
    issuer: issuer ?? url,
    authorization_endpoint: `${url}/api/oauth2/authorize`,
    token_endpoint: `${url}/api/oauth2/token`,
    revocation_endpoint: `${url}/api/oauth2/token/revoke`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: issuer !== null,
  }
}
