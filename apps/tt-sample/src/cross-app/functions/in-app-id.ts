import {NonRetriableError} from 'inngest'

/**
 * One id out of an in-app event. Whoever has the event key can publish anything: no id at all would read as "every row"
 * further on, and an object as a condition.
 *
 * @throws NonRetriableError when it is not an id
 */
export function inAppId(data: Record<string, unknown>, field: string): string {
  const value = data[field]
  if (typeof value === 'string' && value !== '' && value.length <= 191) return value
  throw new NonRetriableError(`The event names no ${field}.`)
}
