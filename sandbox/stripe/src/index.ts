import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type Account, checkAccounts } from './accounts.ts'
import { forgetOldKeys } from './api/idempotency.ts'
import { createPages } from './pages.ts'
import type { Settings } from './scope.ts'
import { createSandboxServer } from './server.ts'
import { openDatabase } from './store/database.ts'
import { TaskRunner } from './tasks.ts'
import { Deliverer } from './webhooks/deliverer.ts'

export { type Account, AccountsError, readAccountsFile, type WebhookTarget } from './accounts.ts'
export { DataFolderError } from './store/database.ts'

export interface StripeSandboxOptions {
  accounts: Account[]
  /** Where the state is kept. A second sandbox can't use the same folder at the same time. */
  dataDir: string
  /** Default 127.0.0.1. */
  host?: string
  /** Default 0: any free port. */
  port?: number
  /** What browsers call the sandbox, if not `http://host:port`: the base of every Checkout address. */
  publicUrl?: string
  /** The wait after a webhook's first failed attempt, in milliseconds; doubled after each further one. Default 500. */
  firstRetryMs?: number
  /** The longest wait between two attempts of a webhook, in milliseconds. Default 10 000. */
  longestRetryMs?: number
  /** How long an endpoint may take to answer a webhook, in milliseconds. Default 20 000. */
  webhookTimeoutMs?: number
  /** The first attempt of each webhook waits a random time up to this, in milliseconds. Default 0. */
  shuffleMs?: number
  /** How long bank debits and slow refunds take, in milliseconds. Default 15 000. */
  bankDebitDelayMs?: number
}

export interface StripeSandbox {
  /** `http://127.0.0.1:<port>`, also the host and port for the SDK. */
  url: string
  port: number
  /** Stops answering and delivering. What is undelivered stays due for the next start on the same folder. */
  close(): Promise<void>
}

/**
 * Starts a Stripe sandbox.
 *
 * @throws AccountsError when an account is incomplete
 * @throws DataFolderError when the data folder can't be used
 */
export async function startStripeSandbox(options: StripeSandboxOptions): Promise<StripeSandbox> {
  const accounts = checkAccounts(options.accounts)
  const host = options.host ?? '127.0.0.1'
  const database = openDatabase(options.dataDir)
  forgetOldKeys(database)
  const settings: Settings = {
    publicUrl: options.publicUrl?.replace(/\/+$/, '') ?? '',
    bankDebitDelayMs: options.bankDebitDelayMs ?? 15_000,
    shuffleMs: options.shuffleMs ?? 0,
  }
  const deliverer = new Deliverer(database, accounts, {
    firstRetryMs: options.firstRetryMs ?? 500,
    longestRetryMs: options.longestRetryMs ?? 10_000,
    timeoutMs: options.webhookTimeoutMs ?? 20_000,
  })
  const tasks = new TaskRunner(database, accounts, settings, () => deliverer.wake())
  const server = createSandboxServer({
    api: { database, accounts, settings },
    page: createPages({ database, accounts, settings, host }),
    afterChange: () => {
      deliverer.wake()
      tasks.wake()
    },
  })
  try {
    server.listen(options.port ?? 0, host)
    await once(server, 'listening')
  } catch (error) {
    database.close()
    throw error
  }
  const { port } = server.address() as AddressInfo // a TCP server has an AddressInfo once it listens
  const url = `http://${host}:${port}`
  if (settings.publicUrl === '') settings.publicUrl = url
  deliverer.wake()
  tasks.wake()
  return {
    url,
    port,
    async close() {
      deliverer.stop()
      tasks.stop()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      database.close()
    },
  }
}
