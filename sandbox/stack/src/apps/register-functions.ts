import { type AppKey, appPaths, serviceUrl } from '../app-environment.ts'
import { StackError } from '../errors.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import { waitUntil } from '../wait-until.ts'

/**
 * Has an app tell its Inngest server which functions it has, as a deployment does. Without this, events sent in the
 * first seconds would find no function to run.
 *
 * @throws StackError `step-failed` with the app's answer when the server doesn't take them
 */
export async function registerFunctions(app: AppKey, ports: StackPorts): Promise<void> {
  const url = serviceUrl(ports, app) + appPaths.inngest
  let lastAnswer = 'no answer'
  try {
    await waitUntil(
      async () => {
        const response = await fetch(url, { method: 'PUT', signal: AbortSignal.timeout(30_000) })
        lastAnswer = `status ${response.status}: ${(await response.text()).slice(0, 300)}`
        return response.ok
      },
      { deadlineMs: 180_000, everyMs: 250, describe: `The registration of the functions at ${url}` },
    )
  } catch (error) {
    throw new StackError(
      'step-failed',
      `The functions of ${app} could not be registered; last: ${lastAnswer}`,
      {
        part: `register-${app}`,
        nextStep: `Look into ${app}.log and inngest-${app}.log in the stack's folder of logs: the server asks the app for its functions.`,
        cause: error,
      },
    )
  }
}
