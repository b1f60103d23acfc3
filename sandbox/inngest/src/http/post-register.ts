import { randomUUID } from 'node:crypto'
import { RegistrationError } from '../errors.ts'
import type { JsonObject } from '../protocol/canonical-json.ts'
import { parseRegistration } from '../protocol/parse-registration.ts'
import { isAuthorised } from '../protocol/signatures.ts'
import { type Exchange, sendJson, sendText } from './exchange.ts'
import type { Routes } from './routes.ts'

/** `POST /fn/register`: replaces an app's set of functions, or refuses all of it and keeps the old set. */
export async function postRegister(routes: Routes, exchange: Exchange): Promise<void> {
  if (exchange.method !== 'POST') {
    sendJson(exchange, 405, { error: 'Functions are registered with POST', status: 405 })
    return
  }
  if (!mayUseApi(routes, exchange)) {
    sendText(exchange, 401, 'Authentication failed')
    return
  }
  try {
    const registration = parseRegistration(await exchange.body())
    const { modified, appId } = await routes.context.registry.register(registration)
    await routes.crons.synchronise()
    if (modified) {
      routes.log(`registered ${registration.functions.length} functions of "${registration.appName}"`)
    }
    sendJson(exchange, 200, { ok: true, modified, sync_id: randomUUID(), app_id: appId })
  } catch (error) {
    if (!(error instanceof RegistrationError)) throw error
    routes.log(`refused a registration: ${error.message}`)
    const code: JsonObject = error.code === undefined ? {} : { code: error.code }
    sendJson(exchange, 400, { error: error.message, data: null, status: 400, ...code })
  }
}

/** Whether a request may use what the signing key guards: everything in `dev`. */
export function mayUseApi(routes: Routes, exchange: Exchange): boolean {
  return routes.signingKey === undefined || isAuthorised(exchange.header('authorization'), routes.signingKey)
}
