import { StackError } from '../errors.ts'
import { findProgram } from '../picking/find-program.ts'
import {
  composeProjectName,
  forgetComposeProject,
  hasComposeProject,
  projectArguments,
} from './compose-project.ts'
import { type DockerAnswer, runDocker } from './run-docker.ts'

const ASK_LIMIT_MS = 5_000
const DOWN_LIMIT_MS = 60_000

/** undefined: Docker can't be asked, so nothing of it can be running that matters here. */
async function ask(args: readonly string[], limitMs = ASK_LIMIT_MS): Promise<DockerAnswer | undefined> {
  if (findProgram('docker') === undefined) return undefined
  return runDocker(args, { limitMs }).catch(() => undefined)
}

/**
 * Takes down containers of a stack that nobody runs any more. They end with their supervisor, whatever happens to it;
 * only when its guard, too, is killed, or the daemon hangs at that moment, some stay and hold their ports. Their data stays.
 * Asks Docker only if the stack ever used it.
 *
 * @returns whether there were any
 * @throws StackError when they can't be taken down
 */
export async function stopLeftoverContainers(stackName: string): Promise<boolean> {
  if (!hasComposeProject(stackName)) return false
  const project = composeProjectName(stackName)
  const running = await ask(['ps', '--quiet', '--filter', `label=com.docker.compose.project=${project}`])
  if (running?.code !== 0 || running.stdout.trim() === '') return false
  const down = await ask([...projectArguments(stackName), 'down', '--timeout', '10'], DOWN_LIMIT_MS)
  if (down?.code === 0) return true
  throw new StackError(
    'part-failed',
    `Containers of an earlier run of the stack ${stackName} can't be taken down: ${down?.stderr.trim().split('\n').at(-1) ?? 'Docker does not answer'}`,
    { nextStep: `Try \`docker compose -p ${project} down\`; if that hangs, restart Docker.` },
  )
}

/**
 * Deletes everything that a stack has in Docker: containers, network and volumes, its databases among them. Asks Docker
 * only if the stack ever used it.
 *
 * @returns whether there was anything to ask for
 * @throws StackError when it can't be deleted; it is known to be there still, so that a later try finds it
 */
export async function removeComposeProject(stackName: string): Promise<boolean> {
  if (!hasComposeProject(stackName)) return false
  const down = await ask(
    [...projectArguments(stackName), 'down', '--volumes', '--remove-orphans', '--timeout', '10'],
    DOWN_LIMIT_MS,
  )
  if (down?.code !== 0) {
    throw new StackError(
      'part-failed',
      `What the stack ${stackName} has in Docker can't be deleted: ${down?.stderr.trim().split('\n').at(-1) ?? 'Docker does not answer'}`,
      {
        nextStep: `Start Docker and try again, or delete .local/${stackName}/compose-project to leave it there for good.`,
      },
    )
  }
  forgetComposeProject(stackName)
  return true
}
