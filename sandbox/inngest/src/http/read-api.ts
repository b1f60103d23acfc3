import { cancelRun } from '../executor/manage-runs.ts'
import { isJsonObject, type Json, type JsonObject, parseJson } from '../protocol/canonical-json.ts'
import { describeFunction } from '../protocol/parse-registration.ts'
import type { StoredEvent } from '../store/events.ts'
import type { Run } from '../store/runs.ts'
import { type Exchange, sendJson, sendText } from './exchange.ts'
import { mayUseApi } from './post-register.ts'
import type { Routes } from './routes.ts'

const defaultLimit = 50
const maximumLimit = 100

/** `GET /dev`: the mode and the functions that may start runs. */
export function getDev(routes: Routes, exchange: Exchange): void {
  if (!isReadable(routes, exchange)) return
  sendJson(exchange, 200, {
    version: routes.version,
    standIn: true,
    startOpts: { mode: routes.mode },
    functions: routes.context.registry.active().map(({ config }) => describeFunction(config)),
  })
}

/** `GET /v1/events`, newest first, without the server's own; `?name=` and `?limit=`. */
export function getEvents(routes: Routes, exchange: Exchange): void {
  if (!isReadable(routes, exchange)) return
  const name = exchange.query.get('name') ?? undefined
  const wanted = Number(exchange.query.get('limit') ?? defaultLimit)
  if (!Number.isInteger(wanted) || wanted < 1) {
    sendJson(exchange, 400, { error: 'limit must be a whole number, 1 or more', status: 400 })
    return
  }
  const limit = Math.min(wanted, maximumLimit)
  const events = routes.context.store.events.listOfApps({ limit, ...(name === undefined ? {} : { name }) })
  sendData(routes, exchange, events.map(describeEvent))
}

/** `GET /v1/events/{id}`. */
export function getEvent(routes: Routes, exchange: Exchange, id: string): void {
  if (!isReadable(routes, exchange)) return
  const event = routes.context.store.events.find(id)
  if (event) sendData(routes, exchange, describeEvent(event))
  else sendJson(exchange, 404, { error: `Unknown event: ${id}`, status: 404 })
}

/** `GET /v1/events/{id}/runs`: empty for an unknown event. */
export function getEventRuns(routes: Routes, exchange: Exchange, id: string): void {
  if (!isReadable(routes, exchange)) return
  sendData(
    routes,
    exchange,
    routes.context.store.runs.ofEvent(id).map((run) => describeRun(routes, run)),
  )
}

/** `GET /v1/runs/{id}`. The real server answers 200 with an error in the body when it knows no such run. */
export function getRun(routes: Routes, exchange: Exchange, id: string): void {
  if (!isReadable(routes, exchange)) return
  const run = routes.context.store.runs.find(id)
  if (run) sendData(routes, exchange, describeRun(routes, run))
  else sendJson(exchange, 200, { error: `Unable to load function run: ${id}`, status: 500 })
}

/** `DELETE /v1/runs/{id}`: cancels a run; one that is over stays as it is. 404 when it is unknown. */
export async function deleteRun(routes: Routes, exchange: Exchange, id: string): Promise<void> {
  if (!mayUseApi(routes, exchange)) {
    sendText(exchange, 401, 'Authentication failed')
    return
  }
  if (!routes.context.store.runs.find(id)) {
    sendJson(exchange, 404, { error: `Unable to load function run: ${id}`, data: null, status: 404 })
    return
  }
  await cancelRun(routes.context, id)
  sendText(exchange, 200, '')
}

function isReadable(routes: Routes, exchange: Exchange): boolean {
  if (exchange.method !== 'GET') {
    sendJson(exchange, 405, { error: 'Use GET', status: 405 })
    return false
  }
  if (mayUseApi(routes, exchange)) return true
  sendText(exchange, 401, 'Authentication failed')
  return false
}

function sendData(routes: Routes, exchange: Exchange, data: Json): void {
  const now = new Date(routes.context.clock.now()).toISOString()
  sendJson(exchange, 200, { data, metadata: { fetched_at: now, cached_until: now } })
}

function describeEvent(event: StoredEvent): JsonObject {
  const payload = parseJson(event.payload)
  return {
    internal_id: event.id,
    ...(isJsonObject(payload) ? payload : {}),
    received_at: new Date(event.receivedAt).toISOString(),
  }
}

function describeRun(routes: Routes, run: Run): JsonObject {
  return {
    run_id: run.id,
    run_started_at: new Date(run.startedAt).toISOString(),
    function_id: routes.context.registry.find(run.functionId)?.uuid ?? run.functionId,
    event_id: run.eventId,
    status: run.status,
    ended_at: run.endedAt === null ? null : new Date(run.endedAt).toISOString(),
    output: outputOf(run),
  }
}

/** As on the real server: nothing yet is null, nothing any more is an empty object. */
function outputOf(run: Run): Json {
  if (run.status === 'Cancelled') return {}
  return run.output === null ? null : parseJson(run.output)
}
