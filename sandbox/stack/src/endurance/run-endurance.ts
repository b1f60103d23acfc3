import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { distFolder } from '../apps/dist-folder.ts'
import { stopRunningStack } from '../commands/down.ts'
import { lockOwner } from '../lock-file.ts'
import { appFolder, nodeProgram, stackFolder } from '../paths.ts'
import { isAnswered, isPortFree } from '../ports/assert-ports-free.ts'
import { portOwner } from '../ports/port-owner.ts'
import { type ListeningPart, type PartName, portsOf } from '../ports/ports-of.ts'
import { isRunning } from '../process-identity.ts'
import { readAppEnvironments } from '../stack/app-environments-file.ts'
import { readStackInfo, stackLockFile } from '../stack-info.ts'
import { freePortBase } from '../testing/free-port-base.ts'
import { markedProcesses } from '../testing/marked-processes.ts'
import { waitUntil } from '../wait-until.ts'
import {
  countKept,
  findLosses,
  type KeptData,
  nothingKept,
  type ReachableStack,
  writeData,
} from './kept-data.ts'
import { type EnduranceStack, findLeftovers, findTemporaryFiles } from './leftovers.ts'

/** How a round ends a stack by force: each stack gets another one at the same time. */
export const killings = ['supervisor', 'one part', 'everything', 'while starting'] as const
export type Killing = (typeof killings)[number]

export interface EnduranceOptions {
  rounds: number
  /** The parts to run; every service part unless told. */
  only?: readonly ListeningPart[]
  /** Every so many rounds both apps' dev servers run too; never unless told. */
  appsEvery?: number
  /** Stops after the round that is under way, with everything taken down. */
  signal?: AbortSignal
  onRound?: (round: number, seconds: number, problems: readonly string[]) => void
}

export interface EnduranceFigures {
  rounds: number
  starts: number
  stops: number
  killed: Record<Killing, number>
  /** Things written over all rounds, in both stacks; all of them were looked for after every start. */
  written: number
  startMs: { median: number; most: number }
  /** From a kill to the last process and port being gone. */
  goneAfterKillMs: { most: number }
  /** Empty when all went well. */
  problems: string[]
}

const SERVICES = [
  'mysql-tt',
  'mysql-ah',
  'inngest-tt',
  'inngest-ah',
  'stripe',
  'github',
  'inbox',
  'discord',
] as const
/** What the guard allows a part to end in order, and a little. */
const GONE_WITHIN_MS = 6_000

interface Subject extends EnduranceStack {
  kept: KeptData
  only: readonly ListeningPart[]
}

async function makeSubject(only: readonly ListeningPart[], taken: readonly number[]): Promise<Subject> {
  let portBase = await freePortBase()
  while (taken.includes(portBase)) portBase = await freePortBase()
  return {
    name: `test-${randomBytes(4).toString('hex')}`,
    portBase,
    ports: portsOf(portBase),
    // Short: the sockets in it have paths of a limited length.
    temporaryFolder: mkdtempSync(join(realpathSync(tmpdir()), 'e-')),
    kept: nothingKept(),
    only,
  }
}

async function removeSubject({ name, temporaryFolder }: Subject): Promise<void> {
  await stopRunningStack(name)
  rmSync(stackFolder(name), { recursive: true, force: true })
  rmSync(temporaryFolder, { recursive: true, force: true })
  for (const app of ['tt', 'ah'] as const) {
    rmSync(join(appFolder(app), distFolder(name, 'dev')), { recursive: true, force: true })
  }
}

function stackCommand(subject: Subject, args: readonly string[]) {
  const child = spawn(nodeProgram(), [join(import.meta.dirname, '..', 'main.ts'), ...args], {
    env: { ...process.env, NO_COLOR: '1', TMPDIR: subject.temporaryFolder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  return new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stderr }))
  })
}

function upArguments({ name, portBase, only }: Subject, withApps: boolean): string[] {
  const parts = withApps ? ['--apps', 'dev'] : ['--apps', 'none', '--only', only.join(',')]
  return ['up', '--name', name, '--port-base', String(portBase), ...parts]
}

function reach(subject: Subject): ReachableStack {
  const info = readStackInfo(subject.name)
  if (info === undefined) throw new Error(`The stack ${subject.name} says nothing of itself.`)
  return { info, environments: readAppEnvironments(subject.name), parts: new Set<PartName>(subject.only) }
}

/**
 * Starts, stops, kills and restarts two stacks side by side, again and again, as a person at a terminal would. A round
 * is: start, look for everything ever written, write, stop, start again, look, write, kill. After each end nothing may
 * be left: no process (known by a mark in its environment), no port, no lock.
 */
export async function runEndurance(options: EnduranceOptions): Promise<EnduranceFigures> {
  const only = options.only ?? SERVICES
  const figures: EnduranceFigures = {
    rounds: 0,
    starts: 0,
    stops: 0,
    killed: { supervisor: 0, 'one part': 0, everything: 0, 'while starting': 0 },
    written: 0,
    startMs: { median: 0, most: 0 },
    goneAfterKillMs: { most: 0 },
    problems: [],
  }
  const startTimes: number[] = []

  const complain = (subject: Subject, when: string, sentences: readonly string[]) => {
    for (const sentence of sentences) figures.problems.push(`${subject.name}, ${when}: ${sentence}`)
  }

  async function start(subject: Subject, withApps: boolean, label: string): Promise<void> {
    const begin = performance.now()
    const { code, stderr } = await stackCommand(subject, upArguments(subject, withApps))
    if (code !== 0) throw new Error(`${subject.name} did not start (${label}):\n${stderr}`)
    if (!withApps) startTimes.push(performance.now() - begin)
    figures.starts += 1
    const stack = reach(subject)
    complain(subject, `after its start in ${label}`, await findLosses(stack, subject.kept))
    await writeData(stack, subject.kept, label)
  }

  async function expectNothingLeft(subject: Subject, when: string): Promise<void> {
    const begin = performance.now()
    let left: string[] = []
    try {
      await waitUntil(
        async () => {
          left = await findLeftovers(subject)
          return left.length === 0
        },
        { deadlineMs: GONE_WITHIN_MS, describe: 'An end without leftovers' },
      )
      const ms = performance.now() - begin
      if (when.startsWith('killed')) figures.goneAfterKillMs.most = Math.max(figures.goneAfterKillMs.most, ms)
    } catch {
      complain(subject, when, left)
    }
  }

  async function stop(subject: Subject, label: string, { wasHurt = false } = {}): Promise<void> {
    const { code, stderr } = await stackCommand(subject, ['down', '--name', subject.name])
    if (code !== 0) throw new Error(`${subject.name} did not stop (${label}):\n${stderr}`)
    figures.stops += 1
    // At once, not after a while: `down` promises that it is over. A killed server's socket stays until its next start.
    const files = wasHurt ? [] : findTemporaryFiles(subject)
    complain(subject, `stopped in ${label}`, [...(await findLeftovers(subject)), ...files])
  }

  function supervisorOf(subject: Subject): number {
    const owner = lockOwner(stackLockFile(subject.name))
    if (owner === undefined) throw new Error(`Nobody runs the stack ${subject.name}.`)
    return owner.pid
  }

  async function kill(subject: Subject, killing: Killing, round: number): Promise<void> {
    const when = `killed (${killing}) in round ${round}`
    figures.killed[killing] += 1
    if (killing === 'supervisor') {
      process.kill(supervisorOf(subject), 'SIGKILL')
    } else if (killing === 'everything') {
      // Again until there is none: one that is about to start another must not get away.
      for (let all = markedProcesses('TMPDIR', subject.temporaryFolder); all.length > 0; ) {
        for (const { pid } of all) {
          try {
            process.kill(pid, 'SIGKILL')
          } catch {
            // Gone with the one before.
          }
        }
        all = markedProcesses('TMPDIR', subject.temporaryFolder)
      }
    } else if (killing === 'one part') {
      const victim = subject.only[round % subject.only.length] ?? 'stripe'
      const owner = portOwner(subject.ports[victim])
      if (owner === undefined) throw new Error(`Nobody listens for ${victim} of ${subject.name}.`)
      process.kill(owner.pid, 'SIGKILL')
      await waitUntil(() => isPortFree(subject.ports[victim]), {
        deadlineMs: GONE_WITHIN_MS,
        describe: `The end of ${victim}`,
      })
      const others = subject.only.filter((part) => part !== victim)
      for (const part of others) {
        if (await isPortFree(subject.ports[part]))
          complain(subject, when, [`${part} has gone with ${victim}.`])
      }
      await stop(subject, `round ${round}, after the loss of ${victim}`, { wasHurt: true })
    }
    await expectNothingLeft(subject, when)
  }

  /** Kills the supervisor of a stack that is on its way up: `up` has to end, too, and say so. */
  async function killWhileStarting(subject: Subject, round: number): Promise<void> {
    const up = stackCommand(subject, upArguments(subject, false))
    let ended: { code: number | null; stderr: string } | undefined
    void up.then((how) => {
      ended = how
    })
    const owner = await waitUntil(
      async () => {
        if (ended !== undefined) {
          throw new Error(`${subject.name} ended before a first part was up:\n${ended.stderr}`)
        }
        // Not by trying to listen: for that moment the part itself would find its port taken.
        const answered = await Promise.all(
          subject.only.map((part) => isAnswered(subject.ports[part], '127.0.0.1')),
        )
        return answered.includes(true) ? lockOwner(stackLockFile(subject.name)) : undefined
      },
      { deadlineMs: 30_000, everyMs: 10, describe: 'A first part' },
    )
    if (isRunning(owner)) process.kill(owner.pid, 'SIGKILL')
    figures.killed['while starting'] += 1
    const when = `killed (while starting) in round ${round}`
    const { code } = await up
    if (code === 0) complain(subject, when, ['`up` says that all is well.'])
    await expectNothingLeft(subject, when)
  }

  const subjects: Subject[] = []
  try {
    subjects.push(await makeSubject(only, []))
    subjects.push(await makeSubject(only, [subjects[0]?.portBase ?? 0]))
    for (let round = 1; round <= options.rounds && !options.signal?.aborted; round += 1) {
      const begin = performance.now()
      const known = figures.problems.length
      const withApps = options.appsEvery !== undefined && round % options.appsEvery === 0
      // All of the waits first: an error of one stack must not leave the other's commands running behind.
      const results = await Promise.allSettled(
        subjects.map(async (subject, index) => {
          await start(subject, withApps, `round ${round}`)
          await stop(subject, `round ${round}`)
          // Every way to be killed within two rounds.
          const killing = killings[(round * subjects.length + index) % killings.length] ?? 'supervisor'
          if (killing === 'while starting') return killWhileStarting(subject, round)
          await start(subject, withApps, `round ${round}, again`)
          await kill(subject, killing, round)
        }),
      )
      for (const result of results) if (result.status === 'rejected') throw result.reason
      figures.rounds = round
      options.onRound?.(round, (performance.now() - begin) / 1_000, figures.problems.slice(known))
    }
    // What the last round wrote before its kill.
    const ends = await Promise.allSettled(
      subjects.map(async (subject) => {
        await start(subject, false, 'the end')
        await stop(subject, 'the end')
      }),
    )
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  } finally {
    await Promise.all(subjects.map(removeSubject))
  }
  startTimes.sort((one, other) => one - other)
  figures.written = subjects.reduce((sum, { kept }) => sum + countKept(kept), 0)
  figures.startMs = {
    median: Math.round(startTimes[Math.floor(startTimes.length / 2)] ?? 0),
    most: Math.round(startTimes.at(-1) ?? 0),
  }
  figures.goneAfterKillMs.most = Math.round(figures.goneAfterKillMs.most)
  return figures
}
