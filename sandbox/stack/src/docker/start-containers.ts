import { setTimeout as delay } from 'node:timers/promises'
import { StackError } from '../errors.ts'
import type { Guard, GuardedProcess } from '../guard/guard.ts'
import type { PartName } from '../ports/ports-of.ts'
import { waitUntil } from '../wait-until.ts'
import { composeArguments, composeFolder, noteComposeProject, projectArguments } from './compose-project.ts'
import { type DockerStep, explainDockerFailure } from './explain-docker-failure.ts'
import { type DockerProbe, probeDocker } from './probe-docker.ts'
import { dockerEnvironment, runDocker } from './run-docker.ts'

/** Docker was picked, so it answered a moment ago; a machine that is busy with the rest of the stack may need a while. */
const ANSWER_LIMIT_MS = 20_000
const CREATE_LIMIT_MS = 60_000
const PULL_LIMIT_MS = 20 * 60_000
/** The first start of a database in a slow virtual machine is what takes longest. */
const READY_LIMIT_MS = 180_000
const STOP_SECONDS = 10
const ORDER_LIMIT_MS = STOP_SECONDS * 1000 + 8_000

export interface Containers {
  part: PartName
  stackName: string
  /** As docker/compose.yaml names them; the first is the one the part is about. */
  services: readonly [string, ...string[]]
  images: readonly string[]
  /** Variables of docker/compose.yaml, secrets among them: they reach Docker by the environment only. */
  variables: Record<string, string>
  logFile: string
  /**
   * Whether the service does what the part promises, asked from outside. Any error means not yet; a StackError means
   * never.
   */
  isReady(): Promise<boolean>
  onWorking?: ((detail: string) => void) | undefined
}

/** Whatever makes containers of one stack takes its turn: two at once would both make the stack's network. */
const turns = new Map<string, Promise<unknown>>()

function inTurn<Value>(stackName: string, run: () => Promise<Value>): Promise<Value> {
  const turn = (turns.get(stackName) ?? Promise.resolve()).then(run, run)
  turns.set(
    stackName,
    turn.catch(() => undefined),
  )
  return turn
}

/** @throws StackError `not-available` when Docker is of no use, or not for what must reach the apps */
async function useDocker(part: PartName, reachesApps: boolean): Promise<Extract<DockerProbe, { ok: true }>> {
  const docker = await probeDocker({ limitMs: ANSWER_LIMIT_MS })
  if (!docker.ok) {
    throw new StackError('not-available', `The part ${part} can't run in Docker: ${docker.reason}.`, {
      part,
      nextStep: docker.nextStep,
    })
  }
  if (reachesApps && docker.engine === 'rootless') {
    throw new StackError(
      'not-available',
      `The part ${part} can't run in Docker: this daemon is rootless, and nothing leads from its containers to the apps on 127.0.0.1.`,
      { part, nextStep: 'Leave --inngest=docker out, or use a daemon that is not rootless.' },
    )
  }
  return docker
}

/**
 * The attached `docker compose up` as the process of the part, except that a signal to it is meant for the containers:
 * a killed client would leave them running.
 */
function asContainers(
  client: GuardedProcess,
  stackName: string,
  services: readonly string[],
): GuardedProcess {
  const project = projectArguments(stackName)
  // An order that Docker does not take must not take this process with it: what follows finds out.
  const order = (...args: string[]): Promise<unknown> =>
    runDocker([...project, ...args, ...services], { limitMs: ORDER_LIMIT_MS }).catch(() => undefined)
  // One after the other: a container that is thawed before it was frozen stays frozen.
  let turn: Promise<unknown> = Promise.resolve()
  const orderInTurn = (verb: 'pause' | 'unpause') => {
    turn = turn.then(() => order(verb))
    return turn
  }
  let paused = false
  return {
    pid: client.pid,
    ended: client.ended,
    signal(signal) {
      if (signal === 'SIGSTOP') {
        paused = true
        void orderInTurn('pause')
      } else if (signal === 'SIGCONT') {
        paused = false
        void orderInTurn('unpause')
      } else {
        void order('kill', '--signal', signal)
      }
    },
    // A database is given the same time to end whoever asks: less could mean a recovery at its next start.
    async stop() {
      // A frozen container hears no signal.
      if (paused) await orderInTurn('unpause')
      else await turn
      await order('stop', '--timeout', String(STOP_SECONDS))
      // The client ends once its containers have; with a daemon that is gone it would not.
      const end = await Promise.race([client.ended, delay(2_000)])
      return end ?? client.stop(1_000)
    },
  }
}

/**
 * Starts containers of docker/compose.yaml and waits until they are ready.
 *
 * They are run by an attached `docker compose up` under the guard, not by `up -d`: detached containers would outlive a
 * supervisor that is killed. Attached, the client ends with the guard and takes its containers along, what they say goes
 * to the part's log, and a container that ends by itself is noticed like any other process.
 *
 * @throws StackError with the last log lines and what to do; nothing is left running then
 */
export async function startContainers(
  guard: Guard,
  { part, stackName, services, images, variables, logFile, isReady, onWorking = () => undefined }: Containers,
  { reachesApps }: { reachesApps: boolean },
): Promise<GuardedProcess> {
  const { engine } = await useDocker(part, reachesApps)
  noteComposeProject(stackName)
  const image = images[0] ?? ''
  const failure = (step: DockerStep, happened: string, about = image) =>
    explainDockerFailure({ part, stackName, step, image: about, logFile, happened })
  const startClient = (args: readonly string[]) =>
    guard.start({
      command: 'docker',
      args,
      cwd: composeFolder,
      env: dockerEnvironment(variables),
      logFile,
    })
  const runClient = async (args: readonly string[], limitMs: number, failed: () => StackError) => {
    const client = await startClient(args)
    const end = await Promise.race([client.ended, delay(limitMs, undefined, { ref: false })])
    if (end === undefined) await client.stop(1_000)
    if (end?.code !== 0) throw failed()
  }

  for (const missing of images) {
    const { code } = await runDocker(['image', 'inspect', '--format', '{{.Id}}', missing], {
      limitMs: ANSWER_LIMIT_MS,
    })
    if (code === 0) continue
    onWorking(`fetching the image ${missing} (once)`)
    await runClient(['pull', missing], PULL_LIMIT_MS, () =>
      failure('pull', `the image ${missing} was not fetched within ${PULL_LIMIT_MS / 60_000} min.`, missing),
    )
  }
  const compose = composeArguments(stackName, engine)
  await inTurn(stackName, () =>
    runClient([...compose, 'create', ...services], CREATE_LIMIT_MS, () =>
      failure('create', 'its container could not be made.'),
    ),
  )

  const client = await startClient([
    ...compose,
    'up',
    '--no-color',
    '--no-log-prefix',
    // Of several the first that ends takes the others along; so does the only one.
    '--abort-on-container-exit',
    ...services,
  ])
  const containers = asContainers(client, stackName, services)
  let ended = false
  void client.ended.then(() => {
    ended = true
  })
  const isSettled = async (): Promise<'ready' | 'ended' | StackError | undefined> => {
    if (ended) return 'ended'
    try {
      return (await isReady()) ? 'ready' : undefined
    } catch (error) {
      if (error instanceof StackError) return error
      throw error
    }
  }
  const settled = await waitUntil(isSettled, {
    deadlineMs: READY_LIMIT_MS,
    everyMs: 150,
    describe: `A good answer from ${part}`,
  }).catch(() => undefined)
  if (settled === 'ready') return containers
  await containers.stop()
  if (settled instanceof StackError) throw settled
  throw failure(
    'run',
    settled === 'ended'
      ? 'its container ended right after its start.'
      : `it was not ready within ${READY_LIMIT_MS / 1000} s.`,
  )
}
