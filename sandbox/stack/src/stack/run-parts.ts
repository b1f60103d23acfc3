import { StackError } from '../errors.ts'
import type { Guard, GuardedProcess } from '../guard/guard.ts'
import type { PartDefinition, StartedPart } from '../parts/part.ts'
import type { PartName } from '../ports/ports-of.ts'
import { describeFailedProcess } from '../refusals/explain-failure.ts'
import type { StackProgress } from './progress.ts'
import type { PartStatus } from './stack.ts'

/** How a part stands: see `HomePartState`. */
export type PartState = 'starting' | 'running' | 'paused' | 'stopped' | 'ended'

export interface PartRecord {
  state: PartState
  /** Undefined before its first start. */
  part: StartedPart | undefined
  /** Milliseconds since 1970 when it was last ready. */
  readyAt: number | undefined
  startedInMs: number | undefined
}

/** Starts, stops and watches the parts of one stack. */
export interface PartRunner {
  /** Every defined part, in the order of the definitions. */
  readonly records: ReadonlyMap<PartName, PartRecord>
  statuses(): PartStatus[]
  start(name: PartName): Promise<void>
  stop(name: PartName): Promise<void>
  kill(name: PartName): Promise<void>
  pause(name: PartName): Promise<void>
  resume(name: PartName): Promise<void>
  /** The first part that ended by itself, if any has: why everything after it failed. */
  firstDeath(): StackError | undefined
  /** Stops every part, the named ones first. Those that are still starting are stopped as soon as they are up. */
  stopAll(first: readonly PartName[]): Promise<void>
  /** Settles when no start is under way any more. */
  settled(): Promise<void>
}

/** Makes the runner of a stack; nothing is started yet. */
export function createPartRunner({
  definitions,
  guard,
  logFile,
  onProgress,
}: {
  definitions: ReadonlyMap<PartName, PartDefinition>
  guard: Guard
  logFile: (step: string) => string
  onProgress: (progress: StackProgress) => void
}): PartRunner {
  const records = new Map<PartName, PartRecord>()
  for (const name of definitions.keys()) {
    records.set(name, { state: 'starting', part: undefined, readyAt: undefined, startedInMs: undefined })
  }
  const underWay = new Map<PartName, Promise<void>>()
  let closing = false
  let death: StackError | undefined

  const recordOf = (name: PartName): PartRecord => {
    const record = records.get(name)
    if (record === undefined) throw new StackError('bad-arguments', `This stack has no part ${name}.`)
    return record
  }
  /** The part's process, if it is ours to stop. */
  const controlled = (name: PartName): { record: PartRecord; process: GuardedProcess } => {
    const record = recordOf(name)
    if (record.part?.process === undefined) {
      throw new StackError('bad-arguments', `The part ${name} is not run by this stack.`)
    }
    return { record, process: record.part.process }
  }
  const end = async (process: GuardedProcess, wasPaused: boolean, graceMs?: number): Promise<void> => {
    const ended = process.stop(graceMs)
    // A frozen process hears of its end only when it goes on.
    if (wasPaused) process.signal('SIGCONT')
    await ended
  }

  const watch = (name: PartName, record: PartRecord, part: StartedPart) => {
    void part.process?.ended.then((how) => {
      // Of a process that was replaced in the meantime nobody wants to hear.
      if (record.part !== part || record.state === 'stopped') return
      record.state = 'ended'
      if (closing) return
      const reason = how.signal ?? `code ${how.code}`
      const { message, details } = describeFailedProcess(
        `The part ${name} has ended by itself (${reason}).`,
        logFile(name),
      )
      death ??= new StackError('part-failed', message, { part: name, ...details })
      onProgress({ type: 'ended', step: name, message: `${message} Log: ${logFile(name)}` })
    })
  }

  const begin = async (name: PartName): Promise<void> => {
    const definition = definitions.get(name)
    const record = recordOf(name)
    if (definition === undefined) return
    // `stopped` is what was asked for: the process may take seconds to obey, and has its port until then.
    await record.part?.process?.ended
    onProgress({ type: 'starting', step: name })
    record.state = 'starting'
    const startedAt = performance.now()
    let part: StartedPart
    try {
      part = await definition.start(guard)
    } catch (error) {
      record.state = 'ended'
      throw error
    }
    if (closing) {
      await part.process?.stop(2_000)
      return
    }
    const ms = Math.round(performance.now() - startedAt)
    Object.assign(record, { state: 'running', part, readyAt: Date.now(), startedInMs: ms })
    const { kind, version, url } = part
    onProgress({ type: 'ready', step: name, ms, kind, version, url })
    watch(name, record, part)
  }

  const pause = async (name: PartName) => {
    const { record, process } = controlled(name)
    if (record.state === 'paused') return
    if (record.state !== 'running') {
      throw new StackError('bad-arguments', `The part ${name} is ${record.state}: there is nothing to pause.`)
    }
    process.signal('SIGSTOP')
    record.state = 'paused'
  }
  const resume = async (name: PartName) => {
    const { record, process } = controlled(name)
    if (record.state !== 'paused') return
    process.signal('SIGCONT')
    record.state = 'running'
  }

  return {
    records,
    statuses: () =>
      [...records].flatMap(([name, { part, startedInMs }]) =>
        part === undefined
          ? []
          : [
              {
                name,
                kind: part.kind,
                version: part.version,
                url: part.url,
                pid: part.process?.pid,
                startedInMs: startedInMs ?? 0,
              },
            ],
      ),
    async start(name) {
      const { state, part } = recordOf(name)
      // A second process would fail on the first one's port, and its handle would take the place of the living one's.
      if (part !== undefined && (state === 'running' || state === 'paused')) return
      const running = underWay.get(name) ?? begin(name).finally(() => underWay.delete(name))
      underWay.set(name, running)
      await running
    },
    async stop(name) {
      const { record, process } = controlled(name)
      const wasPaused = record.state === 'paused'
      record.state = 'stopped'
      await end(process, wasPaused)
    },
    async kill(name) {
      const { record, process } = controlled(name)
      record.state = 'stopped'
      process.signal('SIGKILL')
      await process.ended
    },
    pause,
    resume,
    firstDeath: () => death,
    async stopAll(first) {
      closing = true
      const stopThese = async (names: readonly PartName[], graceMs: number) => {
        await Promise.all(
          names
            .filter((name) => records.has(name))
            .map(async (name) => {
              const { part, state } = recordOf(name)
              if (part?.process) await end(part.process, state === 'paused', graceMs)
            }),
        )
      }
      await stopThese(first, 4_000)
      await stopThese(
        [...records.keys()].filter((name) => !first.includes(name)),
        6_000,
      )
    },
    async settled() {
      await Promise.allSettled(underWay.values())
    },
  }
}
