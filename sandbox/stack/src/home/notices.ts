import { randomUUID } from 'node:crypto'

/** What the page says after a button was pressed. */
export interface Notice {
  tone: 'done' | 'failed'
  text: string
}

/** Keeps notices for the page that follows a form: its address names one, and carries none of its words. */
export interface Notices {
  /** @returns the id to put into the next page's address */
  keep(notice: Notice): string
  find(id: string | null): Notice | undefined
}

const KEPT = 50

export function createNotices(): Notices {
  const kept = new Map<string, Notice>()
  return {
    keep(notice) {
      const id = randomUUID().slice(0, 8)
      kept.set(id, notice)
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT) break
        kept.delete(oldest)
      }
      return id
    },
    find: (id) => (id === null ? undefined : kept.get(id)),
  }
}
