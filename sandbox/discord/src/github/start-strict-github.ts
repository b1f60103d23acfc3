import type { HttpAnswer, HttpRequest } from '../http/messages.ts'
import { isKnownHost } from '../http/origin.ts'
import { startServer } from '../http/start-server.ts'
import type { OAuthClient } from '../oauth/clients.ts'
import { createGrants } from '../oauth/grants.ts'
import { fieldsOf, SeedError } from '../seed-fields.ts'
import { answerAuthorize } from '../sign-in/answer-authorize.ts'
import type { SignInProvider } from '../sign-in/provider.ts'
import { answerControls, queueSignIn } from '../stand-in-controls.ts'
import { answerAsset, problemPage } from '../ui/page.ts'
import { answerUserCall } from './answer-user-call.ts'
import { githubScopes } from './scopes.ts'
import { answerAccessToken } from './token-endpoint.ts'
import { type GithubUser, type NewGithubUser, readGithubUser } from './users.ts'

export interface StrictGithubOptions {
  /** Default 0: any free port of 127.0.0.1. */
  port?: number
  clients: readonly OAuthClient[]
  users?: readonly NewGithubUser[]
  /** How long a code can be exchanged, in milliseconds, at most a minute. Default 30 000. */
  codeLifetimeMs?: number
  /** What answers call their sender (`iss`). Default: `<url>/login/oauth`, as at GitHub; null: nothing. */
  issuer?: string | null
  /** The clock, in milliseconds since 1970. */
  now?: () => number
}

export interface StrictGithub {
  /** Base of both the pages (at GitHub `https://github.com`) and the API (`https://api.github.com`). */
  url: string
  port: number
  /** Adds a user, who is then on the sign-in page. @throws SeedError when a field is wrong or the id is taken */
  addUser(user: NewGithubUser): GithubUser
  /** Changes what is on file for a user; what is left out stays. @throws SeedError when there is no such user */
  changeUser(userId: string, changes: Partial<Omit<GithubUser, 'id'>>): GithubUser
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

const BRAND = 'GitHub'

/**
 * Starts a GitHub stand-in that believes nobody: clients, redirect addresses, state, PKCE, codes and bearer tokens are
 * checked. For attack tests; the stack's own GitHub (`emulate`) takes any bearer token.
 *
 * @throws SeedError when a user is wrong
 * @throws RangeError for a code lifetime above a minute
 */
export async function startStrictGitHub(options: StrictGithubOptions): Promise<StrictGithub> {
  const clients = new Map(options.clients.map((client) => [client.id, client]))
  const users = new Map<string, GithubUser>()
  let url = ''
  const provider: SignInProvider = {
    brand: BRAND,
    clients,
    knownScopes: githubScopes,
    grants: createGrants({
      now: options.now ?? Date.now,
      codeLifetimeMs: options.codeLifetimeMs ?? 30_000,
      // An OAuth app's tokens stay until they are revoked.
      accessTokenLifetimeMs: null,
      tokenPrefix: 'gho_',
    }),
    issuer: () => (options.issuer === undefined ? `${url}/login/oauth` : options.issuer),
    people: () => [...users.values()].map(viewOf),
    hasUser: (userId) => users.has(userId),
    nextSignIns: [],
  }
  const addUser = (user: GithubUser): GithubUser => {
    if (users.has(user.id)) throw new SeedError(`There is a user ${user.id} already.`)
    users.set(user.id, user)
    return user
  }
  const readUser = (user: NewGithubUser) => readGithubUser(fieldsOf(user, 'user'))
  for (const user of options.users ?? []) addUser(readUser(user))

  const answer = (request: HttpRequest): HttpAnswer => {
    const { pathname } = request.url
    if (pathname === '/user' || pathname === '/user/emails') {
      return answerUserCall({ provider, users, url }, request)
    }
    if (pathname === '/login/oauth/access_token' && request.method === 'POST') {
      return answerAccessToken(provider, request)
    }
    if (!isKnownHost(request)) {
      const text = `Open the stand-in at ${url}.`
      return problemPage({ brand: BRAND, title: 'Wrong address', text, status: 421 })
    }
    if (pathname === '/login/oauth/authorize') return answerAuthorize(provider, request)
    return (
      answerControls(provider, request, (fields) => addUser(readGithubUser(fields))) ??
      answerAsset(pathname) ??
      problemPage({
        brand: BRAND,
        title: 'Nothing here',
        text: 'The stand-in has no such page.',
        status: 404,
      })
    )
  }
  const server = await startServer({ name: 'github stand-in', port: options.port ?? 0, answer })
  url = server.url
  return {
    url,
    port: server.port,
    addUser: (user) => addUser(readUser(user)),
    changeUser(userId, changes) {
      const user = users.get(userId)
      if (user === undefined) throw new SeedError(`There is no user ${userId}.`)
      const changed = readUser({ ...user, ...changes, id: userId })
      users.set(userId, changed)
      return changed
    },
    signInNext: (userId, { clientId } = {}) => queueSignIn(provider, userId, clientId),
    close: server.close,
  }
}

function viewOf({ id, login, name, emails }: GithubUser) {
  const shown = emails.find(({ primary }) => primary) ?? emails[0]
  return {
    id,
    name: name ?? login,
    handle: login,
    email: shown?.email ?? null,
    emailVerified: shown?.verified ?? false,
  }
}
