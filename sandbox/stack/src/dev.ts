/**
 * `npm run dev`: the stack in the foreground, then both apps' dev servers by turbo. Ctrl-C stops everything.
 */
import { constants } from 'node:os'
import { join } from 'node:path'
import { serviceUrl } from './app-environment.ts'
import { registerFunctions } from './apps/register-functions.ts'
import { childEnvironment } from './child-environment.ts'
import { parseStackArguments } from './commands/arguments.ts'
import { endWithParent } from './end-with-parent.ts'
import { describeError } from './errors.ts'
import { createGuard } from './guard/guard.ts'
import { repositoryRoot } from './paths.ts'
import { assertPortsFree } from './ports/assert-ports-free.ts'
import { defaultPortBase, portsOf } from './ports/ports-of.ts'
import { startStack } from './stack/start-stack.ts'
import { printBanner } from './terminal/banner.ts'
import { createProgressPrinter } from './terminal/progress-printer.ts'

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' }).then(
    () => true,
    () => false,
  )
}

/** Set by whoever asks this process to end: what fails from then on fails because of that. */
let ending = false

async function main(): Promise<void> {
  const args = parseStackArguments(['dev', ...process.argv.slice(2)])
  const ports = portsOf(args.portBase ?? defaultPortBase(args.name))
  const printer = createProgressPrinter()
  let stopEverything = async (code: number): Promise<void> => process.exit(code)
  endWithParent((reason) => {
    printer.end()
    ending = true
    const code = reason === 'parent gone' ? 1 : 128 + constants.signals[reason]
    void stopEverything(code)
  })

  const stack = await startStack({
    name: args.name,
    apps: 'none',
    ...(args.portBase === undefined ? {} : { portBase: args.portBase }),
    ...(args.hosts === undefined ? {} : { hosts: args.hosts }),
    choices: args.choices,
    onBegin(stop) {
      stopEverything = async (code) => {
        await stop()
        process.exit(code)
      }
    },
    onProgress: printer,
  })
  printer.end()
  if (
    stack.alreadyRunning &&
    (await answers(serviceUrl(ports, 'tt'))) &&
    (await answers(serviceUrl(ports, 'ah')))
  ) {
    printBanner(stack)
    console.error('  It was running already, apps included; nothing was started.')
    process.exit(0)
  }
  if (stack.alreadyRunning)
    console.error(`The stack "${args.name}" is running already: only the apps are started.`)
  try {
    await assertPortsFree((['tt', 'ah'] as const).map((app) => ({ port: ports[app], purpose: app })))
  } catch (error) {
    await stack.stop()
    throw error
  }

  // Turbo itself, not a package manager around it: it passes the end on to both servers and leaves none behind.
  const guard = createGuard()
  const turbo = await guard.start({
    command: join(repositoryRoot, 'node_modules', '.bin', 'turbo'),
    args: ['run', 'dev', '--env-mode=loose', '--ui=stream', '--output-logs=new-only', '--filter=./apps/*'],
    cwd: repositoryRoot,
    env: childEnvironment({ STACK_NAME: args.name, TURBO_NO_UPDATE_NOTIFIER: '1' }),
  })
  let stopping = false
  stopEverything = async (code) => {
    if (stopping) return
    stopping = true
    console.error('\nStopping …')
    await turbo.stop(8_000)
    await guard.close()
    await stack.stop()
    process.exit(code)
  }
  void turbo.ended.then(({ code }) => {
    if (!stopping) void stopEverything(code ?? 1)
  })

  await Promise.all((['tt', 'ah'] as const).map((app) => registerFunctions(app, ports)))
  const appRows = (['tt', 'ah'] as const).map((app) => ({
    name: app,
    kind: 'next dev',
    version: '',
    url: stack.info[app].url,
    pid: undefined,
    startedInMs: Math.round(performance.now()),
  }))
  printBanner({ info: stack.info, parts: [...stack.parts, ...appRows], notes: stack.notes })
  console.error('  Ctrl-C stops everything.\n')
}

main().catch((error: unknown) => {
  if (ending) return
  console.error(describeError(error))
  process.exit(1)
})
