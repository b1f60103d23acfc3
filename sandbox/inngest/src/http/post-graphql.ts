import { type Field, parseQuery, QueryError } from '../graphql/parse-query.ts'
import { NotFound, rootNode } from '../graphql/root.ts'
import { select } from '../graphql/select.ts'
import {
  isJsonObject,
  type Json,
  type JsonObject,
  objectMember,
  parseJson,
} from '../protocol/canonical-json.ts'
import { type Exchange, sendJson, sendText } from './exchange.ts'
import { mayUseApi } from './post-register.ts'
import type { Routes } from './routes.ts'

/** `POST /v0/gql`: reads runs, traces, outputs and events. Queries alone: nothing is changed by it. */
export async function postGraphql(routes: Routes, exchange: Exchange): Promise<void> {
  if (exchange.method !== 'POST') return sendErrors(exchange, 405, 'Queries are sent with POST')
  if (!mayUseApi(routes, exchange)) return sendText(exchange, 401, 'Authentication failed')
  let body: Json
  try {
    body = parseJson(await exchange.body())
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return sendErrors(exchange, 400, `json request body could not be decoded: ${error.message}`)
  }
  const query = isJsonObject(body) && typeof body.query === 'string' ? body.query : ''
  const variables = isJsonObject(body) ? objectMember(body, 'variables') : {}
  try {
    sendJson(exchange, 200, answer(routes, parseQuery(query, variables)))
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    sendErrors(exchange, 422, error.message, { code: 'GRAPHQL_VALIDATION_FAILED' })
  }
}

/** Each field by itself: what can't be found is null, with the reason beside it. */
function answer(routes: Routes, fields: Field[]): JsonObject {
  const root = rootNode(routes.context)
  const data: JsonObject = {}
  const errors: Json[] = []
  for (const field of fields) {
    try {
      Object.assign(data, select(root, [field], 'Query'))
    } catch (error) {
      if (!(error instanceof NotFound)) throw error
      data[field.alias] = null
      errors.push({ message: error.message, path: [field.alias] })
    }
  }
  return errors.length > 0 ? { errors, data } : { data }
}

function sendErrors(exchange: Exchange, status: number, message: string, extensions?: JsonObject): void {
  const error: JsonObject = extensions === undefined ? { message } : { message, extensions }
  sendJson(exchange, status, { errors: [error], data: null })
}
