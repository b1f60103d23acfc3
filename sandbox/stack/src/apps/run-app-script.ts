import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AppKey } from '../app-environment.ts'
import { childEnvironment } from '../child-environment.ts'
import { StackError } from '../errors.ts'
import type { Guard } from '../guard/guard.ts'
import { appFolder, nodeProgram } from '../paths.ts'
import { describeFailedProcess } from '../refusals/explain-failure.ts'

/** Whether an app has a script of this name. */
export function hasAppScript(app: AppKey, script: string): boolean {
  return existsSync(join(appFolder(app), 'scripts', `${script}.ts`))
}

/**
 * Runs one of an app's scripts (`scripts/<script>.ts`) to its end, in the app's folder and with its variables.
 *
 * @throws StackError `step-failed` with the script's last lines when it doesn't end with 0
 */
export async function runAppScript({
  guard,
  app,
  script,
  args = [],
  environment,
  logFile,
}: {
  guard: Guard
  app: AppKey
  script: string
  args?: readonly string[]
  environment: Record<string, string>
  logFile: string
}): Promise<void> {
  const process_ = await guard.start({
    command: nodeProgram(),
    // tsx as a loader instead of as a command: one process less to start and to stop.
    args: ['--import', 'tsx', join('scripts', `${script}.ts`), ...args],
    cwd: appFolder(app),
    env: childEnvironment(environment),
    logFile,
  })
  const end = await process_.ended
  if (end.code === 0) return
  const { message, details } = describeFailedProcess(
    `The script ${script} of ${app === 'tt' ? 'tt-sample' : 'ah-sample'} failed (${end.signal ?? `code ${end.code}`}).`,
    logFile,
    20,
  )
  throw new StackError('step-failed', message, { ...details, part: `${script}-${app}` })
}
