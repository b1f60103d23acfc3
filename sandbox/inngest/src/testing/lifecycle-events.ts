import {
  isJsonObject,
  type JsonObject,
  objectMember,
  parseJson,
  textMember,
} from '../protocol/canonical-json.ts'
import type { TestApp } from './test-app.ts'

/** One of the server's own events, about a run of an app's function. */
export type LifecycleEvent = { name: string; data: JsonObject }

/** The server's own events of a name about an app, as far as they are remembered: a real server shows them here alone. */
export async function lifecycleEvents(
  app: TestApp,
  serverUrl: string,
  name: string,
): Promise<LifecycleEvent[]> {
  const { stream } = await ask(
    serverUrl,
    '{ stream(query: { limit: 100, includeInternalEvents: true }) { id trigger } }',
  )
  const listed = Array.isArray(stream) ? stream.filter(isJsonObject) : []
  const found: LifecycleEvent[] = []
  for (const { id, trigger } of listed) {
    if (trigger !== name) continue
    const { event } = await ask(serverUrl, `{ event(query: { eventId: "${id}" }) { raw } }`)
    const raw = parseJson(textMember(objectMember({ event: event ?? null }, 'event'), 'raw') ?? '{}')
    const data = isJsonObject(raw) ? objectMember(raw, 'data') : {}
    if (textMember(data, 'function_id')?.startsWith(`${app.id}-`)) found.push({ name, data })
  }
  return found
}

async function ask(serverUrl: string, query: string): Promise<JsonObject> {
  const response = await fetch(`${serverUrl}/v0/gql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const answer: { data: JsonObject | null } = await response.json()
  return answer.data ?? {}
}
