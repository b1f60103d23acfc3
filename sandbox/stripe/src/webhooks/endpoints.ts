import type { Account } from '../accounts.ts'
import { derivedId } from '../store/ids.ts'

/** A webhook endpoint from the accounts file. */
export interface Endpoint {
  id: string
  url: string
  secret: string
  events: string[]
}

/**
 * The endpoints of an account. An id depends on the account and the position in the file, not on the address: when a
 * stack comes back on other ports, what is still undelivered goes to the new address.
 */
export function endpointsOf(account: Account): Endpoint[] {
  return account.webhooks.map((target, index) => ({
    id: derivedId('we_1', `${account.key}/${index}`),
    ...target,
  }))
}

export function wants(endpoint: Endpoint, eventType: string): boolean {
  return endpoint.events.includes('*') || endpoint.events.includes(eventType)
}
