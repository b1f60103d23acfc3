import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import type { AppKey } from '../app-environment.ts'
import { distFolder } from '../apps/dist-folder.ts'
import { childEnvironment } from '../child-environment.ts'
import { StackError } from '../errors.ts'
import { lockOwner } from '../lock-file.ts'
import { appFolder } from '../paths.ts'
import { readAppEnvironments } from '../stack/app-environments-file.ts'
import { readStackInfo, stackLockFile } from '../stack-info.ts'
import { waitUntil } from '../wait-until.ts'
import type { StackArguments } from './arguments.ts'

const WAIT_MS = 180_000

async function waitForStack(name: string): Promise<void> {
  if (readStackInfo(name) !== undefined) return
  const up = `npm run stack -- up${name === 'dev' ? '' : ` --name ${name}`}`
  const isStarted = lockOwner(stackLockFile(name)) !== undefined
  console.error(
    isStarted
      ? `Waiting until the stack "${name}" is ready.`
      : `Waiting for the stack "${name}", which is not running. Start it with: ${up}`,
  )
  try {
    await waitUntil(() => readStackInfo(name), { deadlineMs: WAIT_MS, everyMs: 150, describe: 'The stack' })
  } catch (error) {
    throw new StackError(
      'not-running',
      `The stack "${name}" was not ready within ${WAIT_MS / 60_000} minutes.`,
      {
        nextStep: up,
        cause: error,
      },
    )
  }
}

/**
 * `stack run-app tt|ah -- command …`: waits until the stack is up, migrated and seeded, then runs a command in the
 * app's folder with the app's variables. Ends as the command ends; signals are passed on.
 */
export async function runApp(args: StackArguments): Promise<never> {
  const [app] = args.positionals
  const [command, ...commandArguments] = args.rest
  if ((app !== 'tt' && app !== 'ah') || command === undefined) {
    throw new StackError('bad-arguments', 'Which app, and which command?', {
      nextStep: 'For example: npm run stack -- run-app tt -- tsx scripts/reconcile.ts',
    })
  }
  await waitForStack(args.name)
  const environment = readAppEnvironments(args.name)[app satisfies AppKey]
  const mode = command === 'next' && commandArguments[0] !== 'dev' ? 'start' : 'dev'
  const env = childEnvironment({
    ...environment,
    // Next chooses by itself; every other command is told what the apps run as here.
    ...(command === 'next' ? {} : { NODE_ENV: 'development' }),
    NEXT_DIST_DIR: distFolder(args.name, mode),
  })
  const folder = appFolder(app)
  env.PATH = `${join(folder, 'node_modules', '.bin')}${delimiter}${env.PATH}`
  const isServer = command === 'next' && /^(dev|start)$/.test(commandArguments[0] ?? '')
  // Next listens to the whole network unless told.
  const binding =
    isServer && !commandArguments.some((word) => /^(-H|--hostname)/.test(word)) ? ['-H', '127.0.0.1'] : []
  const child = spawn(command, [...commandArguments, ...binding], { cwd: folder, env, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A Ctrl-C at a terminal has reached the command already: it is in the same process group.
      if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  return new Promise((_, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new StackError(
          'bad-arguments',
          error.code === 'ENOENT'
            ? `${app}-sample has no command ${command}.`
            : `${command} could not be started: ${error.message}`,
        ),
      ),
    )
    child.once('exit', (code, signal) => {
      process.exit(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0))
    })
  })
}
