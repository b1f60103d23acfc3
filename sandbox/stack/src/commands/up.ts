import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StackError } from '../errors.ts'
import { lastLines } from '../last-lines.ts'
import { lockOwner } from '../lock-file.ts'
import { nodeProgram, stackFolder } from '../paths.ts'
import { choiceArguments } from '../picking/choice-flags.ts'
import { partNames } from '../ports/ports-of.ts'
import { stackLockFile } from '../stack-info.ts'
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
  // A stack of that name may be running, and writing to it.
  if (lockOwner(stackLockFile(args.name)) === undefined) rmSync(logFile, { force: true })
  const log = openSync(logFile, 'a', 0o600)
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
      ...choiceArguments(args.choices),
      ...(args.hosts === undefined ? [] : ['--tt-host', args.hosts.tt, '--ah-host', args.hosts.ah]),
    ],
    { detached: true, stdio: ['ignore', log, log, 'ipc'] },
  )
  closeSync(log)
  const exited = new Promise<void>((settle) => child.once('exit', () => settle()))
  const printer = createProgressPrinter()
  // The supervisor is in a session of its own: a Ctrl-C has to be passed on.
  let interrupted = false
  const interrupt = () => {
    interrupted = true
    child.kill('SIGTERM')
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    const message = await new Promise<Exclude<SupervisorMessage, { type: 'progress' }>>((resolve, reject) => {
      child.on('message', (received: SupervisorMessage) => {
        if (received.type !== 'progress') resolve(received)
        else if (!args.json) printer(received.progress)
      })
      child.once('error', reject)
      // `exit` can come before the last message has been read; the channel is closed after it.
      const closed = new Promise<void>((settle) => child.once('disconnect', settle))
      child.once('exit', async (code, signal) => {
        await closed
        reject(
          new StackError(
            'part-failed',
            `The stack's supervisor ended before it was up (${signal ?? `code ${code}`}).`,
            {
              logFile,
              lastLines: lastLines(logFile),
              nextStep: 'Run the same command again; `npm run doctor` examines this machine.',
            },
          ),
        )
      })
    })
    printer.end()
    if (interrupted) {
      // It came up at that very moment, and is on its way down again.
      await exited
      throw new StackError('part-failed', `The stack "${args.name}" was interrupted.`)
    }
    if (message.type === 'failed') throw new StackError('part-failed', message.text)
    if (args.json) {
      console.log(JSON.stringify(message.info))
      return
    }
    if (message.alreadyRunning) console.error(`The stack "${args.name}" is already running.`)
    printBanner(message)
    const suffix = args.name === 'dev' ? '' : ` --name ${args.name}`
    console.error(`  Stop it with: npm run stack -- down${suffix}\n`)
  } catch (error) {
    if (!interrupted) throw error
    printer.end()
    console.error('Interrupted: what had been started is stopped.')
    process.exitCode = 130
  } finally {
    printer.end()
    process.removeListener('SIGINT', interrupt)
    process.removeListener('SIGTERM', interrupt)
    if (child.connected) child.disconnect()
    child.unref()
  }
}
