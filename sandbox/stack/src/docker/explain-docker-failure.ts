import { StackError } from '../errors.ts'
import { lastLines } from '../last-lines.ts'
import type { PartName } from '../ports/ports-of.ts'
import { explainDaemonRefusal } from './probe-docker.ts'

/** What a step of a part did with Docker when it failed. */
export type DockerStep = 'pull' | 'create' | 'run'

const LINES_READ = 40

/** The port in Docker's complaint, where it names one. */
function portOf(text: string): string {
  const port = /(?:127\.0\.0\.1|0\.0\.0\.0|::1?\]?):(\d+)/.exec(text)?.[1]
  return port === undefined ? 'A port of it' : `Port ${port}`
}

/** What happened and what to do about it, by what Docker said. */
function explain(
  text: string,
  step: DockerStep,
  image: string,
): { message: string; nextStep: string } | undefined {
  const refusal = explainDaemonRefusal(text)
  if (refusal) return { message: `${refusal.reason}.`, nextStep: refusal.nextStep }
  if (/no space left on device/i.test(text)) {
    return {
      message: 'Docker has no space left on its disk.',
      nextStep: '`docker system df` shows what takes it, `docker system prune` gives back what is not used.',
    }
  }
  if (step !== 'pull') return undefined
  if (/toomanyrequests|rate limit/i.test(text)) {
    return {
      message: `The registry gives no more images without an account for now (${image}).`,
      nextStep: 'Wait an hour, or log in with `docker login`.',
    }
  }
  if (/manifest.*(unknown|not found)|not found: manifest|no matching manifest/i.test(text)) {
    return {
      message: `There is no image ${image} for this machine.`,
      nextStep: 'docker/compose.yaml names it: correct the version there.',
    }
  }
  return {
    message: `The image ${image} can't be fetched; is this machine offline?`,
    nextStep: `With a network, \`docker pull ${image}\` fetches it once. Without: leave --mysql=docker and --inngest=docker out.`,
  }
}

/**
 * A failure of Docker as an error that a person can act on.
 *
 * @param logFile what Docker and the container said; its last lines are shown
 */
export function explainDockerFailure({
  part,
  stackName,
  step,
  image,
  logFile,
  happened,
}: {
  part: PartName
  stackName: string
  step: DockerStep
  image: string
  logFile: string
  /** One sentence, used when the log doesn't tell better. */
  happened: string
}): StackError {
  const text = lastLines(logFile, LINES_READ).join('\n')
  const shown = { part, logFile, lastLines: lastLines(logFile) }
  if (
    step === 'run' &&
    /port is already allocated|address already in use|ports are not available/i.test(text)
  ) {
    return new StackError('port-taken', `${portOf(text)}, needed for ${part}, is taken.`, {
      ...shown,
      nextStep:
        'Stop the program or container that has it (`docker ps` shows containers), or move the whole stack with `--port-base 19000`.',
    })
  }
  const known = explain(text, step, image)
  return new StackError(
    'part-failed',
    `The part ${part} can't run in Docker: ${known?.message ?? happened}`,
    {
      ...shown,
      nextStep:
        known?.nextStep ??
        `Read the lines above. \`npm run stack -- reset --name ${stackName}\` starts from nothing.`,
    },
  )
}
