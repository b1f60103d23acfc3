import { createConnection, type RowDataPacket } from 'mysql2/promise'
import type { AppKey } from '../app-environment.ts'
import type { PartName } from '../ports/ports-of.ts'
import type { AppEnvironments } from '../stack/app-environments-file.ts'
import type { StackInfo } from '../stack-info.ts'

/** A running stack, as far as writing and reading goes. */
export interface ReachableStack {
  info: StackInfo
  environments: AppEnvironments
  parts: ReadonlySet<PartName>
}

/** What was written into a stack and has to be found again. */
export interface KeptData {
  /** Labels of the rows in each database. */
  rows: Record<AppKey, string[]>
  /** Ids of the events at each Inngest server. */
  events: Record<AppKey, string[]>
  /** Ids of the customers in each Stripe account. */
  customers: Record<AppKey, string[]>
}

export function nothingKept(): KeptData {
  const none = () => ({ tt: [], ah: [] })
  return { rows: none(), events: none(), customers: none() }
}

const APPS = ['tt', 'ah'] as const
const TIMEOUT_MS = 10_000

async function inDatabase<Result>(
  url: string,
  work: (query: (sql: string, values?: unknown[]) => Promise<RowDataPacket[]>) => Promise<Result>,
): Promise<Result> {
  const connection = await createConnection(url)
  try {
    return await work(async (sql, values) => (await connection.query<RowDataPacket[]>(sql, values))[0])
  } finally {
    await connection.end()
  }
}

async function askJson(url: string, init: RequestInit): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
  return { status: response.status, body: await response.json().catch(() => undefined) }
}

/**
 * Writes a row, an event and a customer into every database, Inngest server and Stripe account that the stack has, and
 * adds them to `kept` only once they were acknowledged.
 */
export async function writeData(stack: ReachableStack, kept: KeptData, label: string): Promise<void> {
  const { info, parts } = stack
  await Promise.all(
    APPS.map(async (app) => {
      if (parts.has(`mysql-${app}`)) {
        await inDatabase(info[app].databaseUrl, async (query) => {
          await query('CREATE TABLE IF NOT EXISTS EnduranceRow (label VARCHAR(80) PRIMARY KEY)')
          await query('INSERT INTO EnduranceRow VALUES (?)', [label])
        })
        kept.rows[app].push(label)
      }
      if (parts.has(`inngest-${app}`)) {
        const { status, body } = await askJson(`${info[app].inngestUrl}/e/${info[app].eventKey}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'endurance/written', data: { label } }),
        })
        const [id] = (body as { ids?: string[] } | undefined)?.ids ?? []
        if (id === undefined) throw new Error(`Inngest of ${app} took no event: status ${status}.`)
        kept.events[app].push(id)
      }
      if (parts.has('stripe')) {
        const { status, body } = await askJson(`${info.stripe.url}/v1/customers`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${info.stripe[app].secretKey}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: new URLSearchParams({ name: label }),
        })
        const { id } = (body ?? {}) as { id?: string }
        if (id === undefined) throw new Error(`Stripe made no customer for ${app}: status ${status}.`)
        kept.customers[app].push(id)
      }
    }),
  )
}

/** A sentence for everything that was written and isn't there, and for what is there and was written elsewhere. */
export async function findLosses(stack: ReachableStack, kept: KeptData): Promise<string[]> {
  const { info, environments, parts } = stack
  const losses: string[] = []
  await Promise.all(
    APPS.map(async (app) => {
      if (parts.has(`mysql-${app}`) && kept.rows[app].length > 0) {
        const found = await inDatabase(info[app].databaseUrl, (query) =>
          query('SELECT label FROM EnduranceRow').catch(() => []),
        )
        const labels = found.map((row) => String(row.label))
        for (const label of kept.rows[app].filter((row) => !labels.includes(row))) {
          losses.push(`The row ${label} is gone from the database of ${app}.`)
        }
        for (const label of labels.filter((row) => !kept.rows[app].includes(row))) {
          losses.push(`The row ${label} in the database of ${app} is another stack's.`)
        }
      }
      if (parts.has(`inngest-${app}`)) {
        for (const id of kept.events[app]) {
          const { status } = await askJson(`${info[app].inngestUrl}/v1/events/${id}`, {
            headers: { authorization: `Bearer ${environments[app].INNGEST_SIGNING_KEY ?? ''}` },
          })
          if (status !== 200)
            losses.push(`The event ${id} is gone from Inngest of ${app} (status ${status}).`)
        }
      }
      if (parts.has('stripe')) {
        for (const id of kept.customers[app]) {
          const { status } = await askJson(`${info.stripe.url}/v1/customers/${id}`, {
            headers: { authorization: `Bearer ${info.stripe[app].secretKey}` },
          })
          if (status !== 200)
            losses.push(`The customer ${id} is gone from Stripe of ${app} (status ${status}).`)
        }
      }
    }),
  )
  return losses
}

/** How many things were written in all. */
export function countKept({ rows, events, customers }: KeptData): number {
  return [rows, events, customers].reduce((sum, { tt, ah }) => sum + tt.length + ah.length, 0)
}
