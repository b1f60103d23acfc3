import { isJsonObject, type JsonObject, parseJson } from '../protocol/canonical-json.ts'
import type { Store } from '../store/store.ts'

/** The event a run started with, for expressions; empty when it is gone. */
export function triggerOf(store: Store, eventId: string): JsonObject {
  const stored = store.events.find(eventId)
  const value = stored ? parseJson(stored.payload) : {}
  return isJsonObject(value) ? value : {}
}
