import type { PartName } from '../../ports/ports-of.ts'
import type { HomePart, HomeStack } from '../home-stack.ts'
import { settledWithin } from '../settled-within.ts'
import { askReadiness } from './ask-readiness.ts'
import { createDatabasePing, type DatabasePing } from './ping-database.ts'

/** A part's light. */
export type Light =
  | 'up'
  /** Answers, and has something to say that a person should know. */
  | 'behind'
  | 'down'
  | 'paused'
  | 'starting'

export interface PartHealth {
  light: Light
  /** One short sentence. */
  says: string
}

export interface HealthWatch {
  /** Asks every part and waits for that, but no longer than `waitMs`; then says what is known. */
  read(waitMs: number): Promise<Map<PartName, PartHealth>>
  close(): void
}

/** A dev server that compiles is slow, and yet alive. */
const TIMEOUT_MS = 2_500
/** One question at a time and not more often than this, however many pages are open. */
const PAUSE_MS = 1_000

/** Really asks each part: its health address over HTTP, a database over its own protocol. */
export function watchHealth(stack: Pick<HomeStack, 'parts' | 'serviceUrls' | 'databaseUrls'>): HealthWatch {
  const pings: Partial<Record<PartName, DatabasePing>> = {
    'mysql-tt': createDatabasePing(stack.databaseUrls.tt),
    'mysql-ah': createDatabasePing(stack.databaseUrls.ah),
  }
  const answers = new Map<PartName, { of: number | undefined; askedAt: number; health: PartHealth }>()
  const underWay = new Map<PartName, { since: number; done: Promise<void> }>()

  const ask = (part: HomePart): Promise<void> => {
    const running = underWay.get(part.name)
    if (running !== undefined) return running.done
    const known = answers.get(part.name)
    const fresh = known !== undefined && known.of === part.startedAt && Date.now() - known.askedAt < PAUSE_MS
    if (part.state !== 'running' || fresh) return Promise.resolve()
    const askedAt = Date.now()
    const done = askPart(part, pings[part.name], stack.serviceUrls)
      .then((health) => answers.set(part.name, { of: part.startedAt, askedAt, health }))
      .then(() => undefined)
      .finally(() => underWay.delete(part.name))
    underWay.set(part.name, { since: askedAt, done })
    return done
  }
  const tell = (part: HomePart): PartHealth => {
    switch (part.state) {
      case 'starting':
        return { light: 'starting', says: 'Is being started.' }
      case 'paused':
        return { light: 'paused', says: 'Paused: takes connections, answers nobody.' }
      case 'stopped':
        return { light: 'down', says: 'Stopped.' }
      case 'ended':
        return { light: 'down', says: 'Has ended by itself: see its log.' }
      case 'running': {
        const known = answers.get(part.name)
        if (known === undefined || known.of !== part.startedAt)
          return { light: 'starting', says: 'Is being asked.' }
        return known.health
      }
    }
  }
  return {
    async read(waitMs) {
      const parts = stack.parts()
      await settledWithin(waitMs, parts.map(ask))
      return new Map(stack.parts().map((part) => [part.name, tell(part)]))
    },
    close() {
      for (const ping of Object.values(pings)) ping.close()
    },
  }
}

async function askPart(
  part: HomePart,
  ping: DatabasePing | undefined,
  serviceUrls: HomeStack['serviceUrls'],
): Promise<PartHealth> {
  try {
    if (ping !== undefined) {
      await ping.ask(TIMEOUT_MS)
      return UP
    }
    if (part.name === 'tt' || part.name === 'ah') {
      const url = serviceUrls[part.name]
      await assertAnswers(`${url}/api/health`)
      return (await askReadiness(url, TIMEOUT_MS)) ?? UP
    }
    // A part without a port of its own names somebody else's page: that is not to be asked.
    if (!/^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/.test(part.url))
      return { light: 'up', says: 'Runs; it has no address to ask.' }
    await assertAnswers(part.name.startsWith('inngest-') ? `${part.url}/health` : part.url)
    return UP
  } catch (error) {
    return { light: 'down', says: error instanceof PartError ? error.message : 'Does not answer.' }
  }
}

const UP: PartHealth = { light: 'up', says: 'Answers.' }

/** The part answers, but not well. */
class PartError extends Error {}

async function assertAnswers(url: string): Promise<void> {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
  await response.body?.cancel()
  if (response.status >= 500) throw new PartError(`Answers ${response.status}.`)
}
