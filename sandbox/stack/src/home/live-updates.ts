import type { ServerResponse } from 'node:http'
import { collectView, type ViewSources } from './collect-view.ts'
import { livePieces } from './page/layout.ts'

/** Sends each open page what has changed on it, over server-sent events. */
export interface LiveUpdates {
  /** @param asked the purchase that page shows; undefined: always the newest */
  follow(response: ServerResponse, asked: string | undefined): void
  close(): void
}

/** How often the parts are asked while a page is open. */
const EVERY_MS = 1_000
/**
 * A browser opens six connections to one address. A page that is kept up to date holds one of them for good, and the
 * buttons need one too: with more, the next page would not even open. The oldest are told and let go.
 */
const MOST_PAGES = 4

interface Follower {
  response: ServerResponse
  asked: string | undefined
  /** What the page shows by now, by element. */
  shown: Map<string, string>
}

/** Asks nobody while nobody looks. */
export function createLiveUpdates(sources: ViewSources): LiveUpdates {
  const followers = new Set<Follower>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const update = async (follower: Follower) => {
    const pieces = livePieces(await collectView(sources, { asked: follower.asked }))
    const changed: Record<string, string> = {}
    for (const [id, { text }] of Object.entries(pieces)) {
      if (follower.shown.get(id) === text) continue
      follower.shown.set(id, text)
      changed[id] = text
    }
    if (!followers.has(follower)) return
    const nothing = Object.keys(changed).length === 0
    follower.response.write(nothing ? ':\n\n' : `event: pieces\ndata: ${JSON.stringify(changed)}\n\n`)
  }
  const tick = async () => {
    // One that reads slowly gets the next state instead of all states in between.
    const ready = [...followers].filter(({ response }) => !response.writableNeedDrain)
    await Promise.allSettled(ready.map(update))
    schedule()
  }
  const schedule = () => {
    clearTimeout(timer)
    timer = undefined
    if (closed || followers.size === 0) return
    timer = setTimeout(() => void tick(), EVERY_MS)
    timer.unref()
  }
  const letGo = (follower: Follower) => {
    followers.delete(follower)
    follower.response.end(closed ? undefined : 'event: elsewhere\ndata: {}\n\n')
  }
  return {
    follow(response, asked) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      response.write('retry: 1000\n\n')
      const follower: Follower = { response, asked, shown: new Map() }
      followers.add(follower)
      response.once('close', () => followers.delete(follower))
      for (const oldest of followers) {
        if (followers.size <= MOST_PAGES) break
        letGo(oldest)
      }
      void update(follower).catch(() => undefined)
      if (timer === undefined) schedule()
    },
    close() {
      closed = true
      clearTimeout(timer)
      for (const follower of followers) letGo(follower)
    },
  }
}
