import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { hasAppScript, runAppScript } from '../apps/run-app-script.ts'
import { StackError } from '../errors.ts'
import { createGuard } from '../guard/guard.ts'
import { stackFolder } from '../paths.ts'
import { type LinkedBuyer, linkedBuyers } from '../personas.ts'
import { readStackInfo } from '../stack-info.ts'
import { readAppEnvironments } from './app-environments-file.ts'

/**
 * Makes new buyers with a user on each app and a link between them, in the databases of a running stack. Each app
 * writes its own side; both derive the same ids from the run's.
 *
 * @param runId makes the call repeatable: the same run finds its own rows; a new one unless told
 * @throws StackError when the stack isn't running or a seed fails
 */
export async function seedLinkedBuyers({
  name = 'dev',
  count,
  runId = `run-${randomBytes(5).toString('hex')}`,
}: {
  name?: string
  count: number
  runId?: string
}): Promise<LinkedBuyer[]> {
  if (!Number.isInteger(count) || count < 1) {
    throw new StackError('bad-arguments', `The number of buyers is a positive integer, not ${count}.`)
  }
  if (readStackInfo(name) === undefined) {
    throw new StackError('not-running', `The stack ${name} is not running.`, {
      nextStep: `Start it with \`npm run stack -- up${name === 'dev' ? '' : ` --name ${name}`}\`.`,
    })
  }
  const environments = readAppEnvironments(name)
  const guard = createGuard()
  try {
    await Promise.all(
      (['tt', 'ah'] as const).map((app) => {
        if (!hasAppScript(app, 'seed'))
          throw new StackError('step-failed', `The app ${app} has no seed script.`)
        return runAppScript({
          guard,
          app,
          script: 'seed',
          args: ['--linked-buyers', String(count), '--run', runId],
          environment: { ...environments[app], NODE_ENV: 'development' },
          logFile: join(stackFolder(name), 'logs', `seed-${app}.log`),
        })
      }),
    )
  } finally {
    await guard.close()
  }
  return linkedBuyers(runId, count)
}
