import type { IncomingMessage, ServerResponse } from 'node:http'
import { getEventPage } from '../page/event-page.ts'
import { getOverviewPage } from '../page/overview-page.ts'
import { getRunPage } from '../page/run-page.ts'
import { getSendPage } from '../page/send-page.ts'
import { handleClock } from './clock-api.ts'
import { type Exchange, openExchange, RequestError, sendJson } from './exchange.ts'
import { postCancel, postRerun, postTestEvent } from './page-actions.ts'
import { refuseCheckpoint } from './post-checkpoint.ts'
import { postEvents } from './post-events.ts'
import { postGraphql } from './post-graphql.ts'
import { postRegister } from './post-register.ts'
import { deleteRun, getDev, getEvent, getEventRuns, getEvents, getRun } from './read-api.ts'
import type { Routes } from './routes.ts'

/** The request listener of the server: whatever is sent, there is an answer, and the process lives on. */
export function createHandler(routes: Routes): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    handle(routes, request, response).catch((error: unknown) => {
      routes.log(`request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      response.destroy()
    })
  }
}

/** How long a sender may go on with a body that was refused already. */
const unreadBodyMs = 2000

async function handle(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let exchange: Exchange | undefined
  try {
    exchange = openExchange(request, response)
    refuseForeignPages(exchange)
    await route(routes, exchange)
  } catch (error) {
    // The sender hung up: there is nobody to answer.
    if (request.destroyed && !request.complete) return
    const known = error instanceof RequestError
    if (!known) routes.log(`request failed: ${error instanceof Error ? error.stack : String(error)}`)
    const status = known ? error.status : 500
    const message = known ? error.message : 'The server could not do this; its log says why'
    if (exchange) sendJson(exchange, status, { error: message, status })
    else if (!response.headersSent) response.writeHead(status, { 'content-type': 'text/plain' }).end(message)
    setTimeout(() => {
      if (!request.complete) request.destroy()
    }, unreadBodyMs).unref()
  }
}

/**
 * Any page in a browser on this machine can reach us; none but our own may change something. A name that leads here
 * (by DNS rebinding) makes a foreign page look like ours, so a browser has to ask for this machine by address.
 */
function refuseForeignPages(exchange: Exchange): void {
  const site = exchange.header('sec-fetch-site')
  const origin = exchange.header('origin')
  const host = exchange.header('host') ?? ''
  if (exchange.method === 'GET' || exchange.method === 'HEAD') return
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none'
  const isElsewhere = origin !== undefined && origin !== `http://${host}`
  const isRenamed = (site ?? origin) !== undefined && !/^(localhost|[\d.]+|\[[\da-f:]+\])(:\d+)?$/i.test(host)
  if (isForeign || isElsewhere || isRenamed) {
    throw new RequestError(403, 'Requests from pages of other sites are refused')
  }
}

async function route(routes: Routes, exchange: Exchange): Promise<void> {
  const { method, path } = exchange
  const [first, second, third, fourth] = path
  const length = path.length
  if (length === 0) return getOverviewPage(routes, exchange)
  if (first === 'e' && second !== undefined && length === 2) return postEvents(routes, exchange, second)
  if (first === 'fn' && second === 'register' && length === 2) return postRegister(routes, exchange)
  if (first === 'health' && length === 1) return sendJson(exchange, 200, { status: 200, message: 'OK' })
  if (first === 'dev' && length === 1) return getDev(routes, exchange)
  if (first === 'dev' && second === 'clock' && length === 2) return handleClock(routes, exchange)
  if (first === 'events' && second !== undefined && length === 2)
    return getEventPage(routes, exchange, second)
  if (first === 'runs' && second !== undefined) {
    if (length === 2) return getRunPage(routes, exchange, second)
    if (third === 'rerun' && length === 3) return postRerun(routes, exchange, second)
    if (third === 'cancel' && length === 3) return postCancel(routes, exchange, second)
  }
  if (first === 'send' && length === 1) {
    return method === 'POST' ? postTestEvent(routes, exchange) : getSendPage(routes, exchange)
  }
  if (first === 'v0' && second === 'gql' && length === 2) return postGraphql(routes, exchange)
  if (first === 'v1' && second === 'events') {
    if (length === 2) return getEvents(routes, exchange)
    if (third !== undefined && length === 3) return getEvent(routes, exchange, third)
    if (third !== undefined && fourth === 'runs' && length === 4) return getEventRuns(routes, exchange, third)
  }
  if (first === 'v1' && second === 'runs' && third !== undefined && length === 3) {
    return method === 'DELETE' ? deleteRun(routes, exchange, third) : getRun(routes, exchange, third)
  }
  if (first === 'v1' && second === 'checkpoint') return refuseCheckpoint(routes, exchange, third ?? '')
  sendJson(exchange, 404, {
    error: `There is nothing at this address: ${method} /${path.join('/')}`,
    status: 404,
  })
}
