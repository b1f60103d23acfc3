/**
 * A test's supervisor: `supervisor.ts guarded|unguarded <port> <port> <log>` starts a process with a child of its own,
 * either by the guard or, for the control, as everybody would. It stays until it is killed.
 */
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createGuard } from '../guard/guard.ts'
import { nodeProgram } from '../paths.ts'

const [mode, port, childPort, logFile] = process.argv.slice(2)
if (port === undefined || childPort === undefined || logFile === undefined)
  throw new Error('Four arguments, please.')
const args = [join(dirname(fileURLToPath(import.meta.url)), 'listen-on-port.ts'), port, childPort]
if (mode === 'guarded') {
  const guard = createGuard()
  await guard.start({ command: nodeProgram(), args, cwd: '/', env: {}, logFile })
} else {
  const child = spawn(nodeProgram(), args, { detached: true, stdio: 'ignore' })
  console.log(`pid ${child.pid}`)
}
console.log('started')
setInterval(() => undefined, 60_000)
