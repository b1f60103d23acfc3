import type { DatabaseSync } from 'node:sqlite'

export type DeliveryStatus = 'pending' | 'delivered'

/** One event on its way to one endpoint. */
export interface Delivery {
  id: number
  account: string
  endpointId: string
  eventId: string
  status: DeliveryStatus
  /** Failed attempts so far: decides how long the next wait is. */
  failures: number
  nextAttemptAtMs: number | null
  createdAtMs: number
}

export interface DeliveryAttempt {
  id: number
  atMs: number
  durationMs: number
  /** Null when no answer came at all. */
  statusCode: number | null
  /** The beginning of the answer's body, or why there was none. */
  response: string
}

/** How many attempts are kept per delivery: an app that is down for days must not fill the disk. */
const KEPT_ATTEMPTS = 50

export function createDelivery(
  database: DatabaseSync,
  delivery: { account: string; endpointId: string; eventId: string; notBeforeMs: number },
): void {
  database
    .prepare(
      `insert into deliveries (account, endpoint_id, event_id, status, next_attempt_at_ms, created_at_ms)
       values (?, ?, ?, 'pending', ?, ?)`,
    )
    .run(delivery.account, delivery.endpointId, delivery.eventId, delivery.notBeforeMs, Date.now())
}

/** The deliveries to one endpoint whose time has come, longest waiting first. */
export function dueDeliveries(
  database: DatabaseSync,
  endpointId: string,
  nowMs: number,
  limit: number,
): Delivery[] {
  return database
    .prepare(
      `select * from deliveries where endpoint_id = ? and next_attempt_at_ms <= ?
       order by next_attempt_at_ms, id limit ?`,
    )
    .all(endpointId, nowMs, limit)
    .map(toDelivery)
}

/** When the next delivery to an endpoint comes due. */
export function nextDeliveryAtMs(
  database: DatabaseSync,
  endpointId: string,
  afterMs: number,
): number | undefined {
  const row = database
    .prepare(
      'select min(next_attempt_at_ms) as due from deliveries where endpoint_id = ? and next_attempt_at_ms > ?',
    )
    .get(endpointId, afterMs)
  return typeof row?.due === 'number' ? row.due : undefined
}

export function findDelivery(database: DatabaseSync, account: string, id: number): Delivery | undefined {
  const row = database.prepare('select * from deliveries where account = ? and id = ?').get(account, id)
  return row === undefined ? undefined : toDelivery(row)
}

export function deliveriesOfEvent(database: DatabaseSync, account: string, eventId: string): Delivery[] {
  return database
    .prepare('select * from deliveries where account = ? and event_id = ? order by id')
    .all(account, eventId)
    .map(toDelivery)
}

/** The newest deliveries of an account, from before a given id. */
export function recentDeliveries(
  database: DatabaseSync,
  account: string,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number },
): Delivery[] {
  return database
    .prepare('select * from deliveries where account = ? and id < ? order by id desc limit ?')
    .all(account, before, limit)
    .map(toDelivery)
}

export function attemptsOf(database: DatabaseSync, deliveryId: number): DeliveryAttempt[] {
  return database
    .prepare('select * from delivery_attempts where delivery_id = ? order by id desc')
    .all(deliveryId)
    .map((row) => ({
      id: Number(row.id),
      atMs: Number(row.at_ms),
      durationMs: Number(row.duration_ms),
      statusCode: typeof row.status_code === 'number' ? row.status_code : null,
      response: String(row.response),
    }))
}

export function pendingCount(database: DatabaseSync, account: string, eventId: string): number {
  const row = database
    .prepare(
      `select count(*) as pending from deliveries where account = ? and event_id = ? and status = 'pending'`,
    )
    .get(account, eventId)
  return Number(row?.pending ?? 0)
}

/** Writes down an attempt and what follows from it: done, or when to try again. */
export function recordAttempt(
  database: DatabaseSync,
  delivery: Delivery,
  attempt: Omit<DeliveryAttempt, 'id'>,
  outcome: { delivered: true } | { delivered: false; nextAttemptAtMs: number },
): void {
  database
    .prepare(
      'insert into delivery_attempts (delivery_id, at_ms, duration_ms, status_code, response) values (?, ?, ?, ?, ?)',
    )
    .run(delivery.id, attempt.atMs, attempt.durationMs, attempt.statusCode, attempt.response)
  database
    .prepare(
      `delete from delivery_attempts where delivery_id = ? and id <= coalesce(
         (select id from delivery_attempts where delivery_id = ? order by id desc limit 1 offset ?), -1)`,
    )
    .run(delivery.id, delivery.id, KEPT_ATTEMPTS)
  if (outcome.delivered) {
    database
      .prepare(
        `update deliveries set status = 'delivered', failures = 0, next_attempt_at_ms = null where id = ?`,
      )
      .run(delivery.id)
    return
  }
  database
    .prepare(
      `update deliveries set status = 'pending', failures = failures + 1, next_attempt_at_ms = ? where id = ?`,
    )
    .run(outcome.nextAttemptAtMs, delivery.id)
}

/** Sends an event to its endpoint once more, whether or not it arrived before: a delivery of its own. */
export function resend(database: DatabaseSync, { account, endpointId, eventId }: Delivery): void {
  createDelivery(database, { account, endpointId, eventId, notBeforeMs: Date.now() })
}

type Row = Record<string, unknown>

function toDelivery(row: Row): Delivery {
  return {
    id: Number(row.id),
    account: String(row.account),
    endpointId: String(row.endpoint_id),
    eventId: String(row.event_id),
    // Only this file writes the column.
    status: String(row.status) as DeliveryStatus,
    failures: Number(row.failures),
    nextAttemptAtMs: typeof row.next_attempt_at_ms === 'number' ? row.next_attempt_at_ms : null,
    createdAtMs: Number(row.created_at_ms),
  }
}
