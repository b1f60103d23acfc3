import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cleanEnvironment } from './clean-environment.mjs'
import { commands } from './commands.mjs'
import { ensureInstalled } from './install.mjs'
import { machineFacts } from './machine-facts.mjs'
import { SetupError } from './setup-error.mjs'
import { bold, dim, green, red, say } from './terminal.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

function listCommands() {
  say(`Usage: ${bold('npm run <command>')} [-- arguments]\n`)
  for (const [name, command] of Object.entries(commands)) {
    if ('run' in command) say(`  npm run ${name}`)
  }
}

/**
 * Who started the shell that npm puts between itself and this process; undefined where there is none (some shells give
 * their place to the only command they are told), or where the system has no /proc to look it up in.
 *
 * @param {number} pid this process's parent
 */
function parentOfShell(pid) {
  try {
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[1] !== '-c') return undefined
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

/**
 * Calls `end` when the npm that started this process is gone. A signal sent to npm alone (a supervisor's, `kill`) ends
 * npm and the shell it runs, and neither passes it on to us; `kill -9` leaves even that shell behind.
 */
function endWithNpm(end) {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const npm = parentOfShell(parent)
  const timer = setInterval(() => {
    if (process.ppid === parent && parentOfShell(parent) === npm) return
    clearInterval(timer)
    end()
  }, 500)
  timer.unref()
}

/**
 * Hands over to the command under Node 24 and ends as it ends. It runs in the same terminal and process group, so a
 * Ctrl-C reaches it directly; signals sent to this process alone are passed on. The channel between the two lets the
 * command notice when this process is gone.
 */
function handOver({ node, bins }, args) {
  const env = {
    ...cleanEnvironment(process.env),
    PATH: [...bins, process.env.PATH ?? ''].join(delimiter),
    DO_NOT_TRACK: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
  }
  const child = spawn(node, args, { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
    process.on(signal, () => {
      const reachedByTerminal = signal !== 'SIGTERM' && process.stdin.isTTY
      if (!reachedByTerminal) child.kill(signal)
    })
  }
  endWithNpm(() => child.kill('SIGTERM'))
  child.once('error', (error) => {
    say(red(`Node could not be started: ${error.message}`))
    process.exit(1)
  })
  child.once('exit', (code, signal) => {
    process.exit(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0))
  })
}

/** What doctor can say when the packages that it needs itself are not there. */
async function sayFacts() {
  say('\nWhat can be told without the packages:')
  for (const { ok, text } of await machineFacts(root)) say(`  ${ok ? green('✓') : red('✗')} ${text}.`)
}

/**
 * @param {string[]} argv the command's name and its arguments
 */
export async function runCommand([name, ...args]) {
  const command = name === undefined ? undefined : Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    if (name !== undefined) say(red(`There is no command ${name}.`))
    listCommands()
    process.exit(1)
  }
  if ('later' in command) {
    say(command.later)
    process.exit(1)
  }
  try {
    const installed = await ensureInstalled(root)
    const [script, ...first] = command.run
    if (!existsSync(join(root, script))) {
      throw new SetupError(`${script}, which \`npm run ${name}\` needs, is missing from this checkout.`, {
        nextStep: 'Check `git status`.',
      })
    }
    handOver(installed, [join(root, script), ...first, ...args])
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(`\n${red(error.message)}`)
    for (const line of error.lastLines) say(dim(`  │ ${line}`))
    if (error.logFile) say(`Log: ${error.logFile}`)
    if (error.nextStep) say(`Next step: ${error.nextStep}`)
    if (name === 'doctor') await sayFacts()
    process.exit(1)
  }
}
