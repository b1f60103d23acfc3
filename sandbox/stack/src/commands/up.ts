import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StackError } from '../errors.ts'
import { lastLines } from '../last-lines.ts'
import { nodeProgram, stackFolder } from '../paths.ts'
import { partNames } from '../ports/ports-of.ts'
import { printBanner } from '../terminal/banner.ts'
import { createProgressPrinter } from '../terminal/progress-printer.ts'
import type { StackArguments } from './arguments.ts'
import type { SupervisorMessage } from './supervise.ts'

/**
 * `stack up`: starts a stack that stays when this command ends, waits until it is ready, and prints where everything
 * is. Interrupted while it starts, it takes everything down again.
 *
 * @throws StackError when it can't be started; nothing is left running then
 */
export async function up(args: StackArguments): Promise<void> {
  for (const part of args.only ?? []) {
    if (!(partNames as readonly string[]).includes(part)) {
      throw new StackError('bad-arguments', `There is no part ${part}; there are ${partNames.join(', ')}.`)
    }
  }
  const logFile = join(stackFolder(args.name), 'supervisor.log')
  mkdirSync(dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'w', 0o600)
  const child = spawn(
    nodeProgram(),
    [
      join(dirname(fileURLToPath(import.meta.url)), '..', 'main.ts'),
      'supervise',
      '--name',
      args.name,
      '--apps',
      args.apps,
      ...(args.portBase === undefined ? [] : ['--port-base', String(args.portBase)]),
      ...(args.only === undefined ? [] : ['--only', args.only.join(',')]),
      ...(args.hosts === undefined ? [] : ['--tt-host', args.hosts.tt, '--ah-host', args.hosts.ah]),
    ],
    { detached: true, stdio: ['ignore', log, log, 'ipc'] },
  )
  closeSync(log)
  const printer = createProgressPrinter()
  // The supervisor is in a session of its own: a Ctrl-C has to be passed on.
  const interrupt = () => child.kill('SIGTERM')
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    const message = await new Promise<Exclude<SupervisorMessage, { type: 'progress' }>>((resolve, reject) => {
      child.on('message', (received: SupervisorMessage) => {
        if (received.type !== 'progress') resolve(received)
        else if (!args.json) printer(received.progress)
      })
      child.once('error', reject)
      child.once('exit', (code, signal) =>
        reject(
          new StackError(
            'part-failed',
            `The stack's supervisor ended before it was up (${signal ?? `code ${code}`}).`,
            {
              logFile,
              lastLines: lastLines(logFile),
            },
          ),
        ),
      )
    })
    printer.end()
    if (message.type === 'failed') throw new StackError('part-failed', message.text)
    if (args.json) {
      console.log(JSON.stringify(message.info))
      return
    }
    if (message.alreadyRunning) console.error(`The stack "${args.name}" is already running.`)
    printBanner({ info: message.info, parts: message.parts })
    const suffix = args.name === 'dev' ? '' : ` --name ${args.name}`
    console.error(`  Stop it with: npm run stack -- down${suffix}\n`)
  } finally {
    printer.end()
    process.removeListener('SIGINT', interrupt)
    process.removeListener('SIGTERM', interrupt)
    if (child.connected) child.disconnect()
    child.unref()
  }
}
