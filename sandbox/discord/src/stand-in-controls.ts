import { contentTypeOf, emptyAnswer, type HttpAnswer, type HttpRequest, jsonAnswer } from './http/messages.ts'
import { type Fields, fieldsOf, SeedError } from './seed-fields.ts'
import type { SignInProvider } from './sign-in/provider.ts'

/**
 * What tests in other processes may do to a stand-in: `POST /stand-in/users` and `POST /stand-in/next-sign-in`. JSON
 * only and never from another site's page: a browser asks before it sends JSON elsewhere, and is not allowed to.
 *
 * @param addUser makes a user of the given fields and returns it as the seed file would write it
 * @returns undefined for every other path
 */
export function answerControls(
  provider: SignInProvider,
  request: HttpRequest,
  addUser: (fields: Fields) => unknown,
): HttpAnswer | undefined {
  const { pathname } = request.url
  if (!pathname.startsWith('/stand-in/')) return undefined
  if (request.method !== 'POST' || contentTypeOf(request) !== 'application/json') {
    return jsonAnswer(405, { message: 'Controls take POST with JSON.' })
  }
  try {
    const fields = fieldsOf(parse(request.body), 'body')
    if (pathname === '/stand-in/users') return jsonAnswer(201, addUser(fields))
    if (pathname === '/stand-in/next-sign-in') {
      const userId = fields.textOrNull('userId')
      const clientId = fields.optionalText('clientId')
      queueSignIn(provider, userId, clientId)
      return emptyAnswer()
    }
    return jsonAnswer(404, { message: `There is no control ${pathname}.` })
  } catch (error) {
    if (error instanceof SeedError) return jsonAnswer(400, { message: error.message })
    throw error
  }
}

/**
 * Sets who signs in next, without anybody pressing a button.
 *
 * @param userId null: the person declines
 * @throws SeedError for a user or application that isn't there
 */
export function queueSignIn(
  provider: SignInProvider,
  userId: string | null,
  clientId: string | undefined,
): void {
  if (userId !== null && !provider.hasUser(userId)) throw new SeedError(`There is no user ${userId}.`)
  if (clientId !== undefined && !provider.clients.has(clientId)) {
    throw new SeedError(`There is no application ${clientId}.`)
  }
  provider.nextSignIns.push({ userId, ...(clientId === undefined ? {} : { clientId }) })
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new SeedError('The body is not JSON.')
  }
}
