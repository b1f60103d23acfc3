/**
 * Keeps one private database server for all test runs of this checkout: `node keeper-main.ts <folder>`. Every run holds
 * a connection to the keeper's socket; when the last one has been closed for a moment, the server is stopped.
 */
import { rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { StackError } from '../errors.ts'
import { createGuard } from '../guard/guard.ts'
import { takeLock } from '../lock-file.ts'
import { findMysqlProgram } from '../mysql/find-mysql-program.ts'
import { type RunningMysql, startMysql } from '../mysql/start-mysql.ts'
import { freePort } from '../ports/free-port.ts'
import { stackSecrets } from '../secrets.ts'
import { type KeeperGreeting, keeperSocket } from './keeper.ts'

/** Long enough for one test run to follow another without a new server. */
const LINGER_MS = 2_000

const folder = process.argv[2]
if (folder === undefined) throw new Error('Usage: keeper-main.ts <folder>')

const lock = takeLock(join(folder, 'keeper.lock'))
if (!lock.held) process.exit(0)

const socketPath = keeperSocket(folder)
const guard = createGuard()
const holders = new Set<Socket>()
let greeting: KeeperGreeting | undefined
let timer: NodeJS.Timeout | undefined
let leaving = false

async function leave() {
  if (leaving) return
  leaving = true
  // First out of sight, so that whoever comes now starts a new keeper; the lock makes that one wait for us.
  server.close()
  rmSync(socketPath, { force: true })
  for (const holder of holders) holder.destroy()
  await guard.close()
  if (lock.held) lock.release()
  process.exit(0)
}

function leaveWhenAlone() {
  clearTimeout(timer)
  if (holders.size === 0 && greeting !== undefined) timer = setTimeout(leave, LINGER_MS)
}

const server = createServer((socket) => {
  if (leaving) {
    socket.destroy()
    return
  }
  clearTimeout(timer)
  holders.add(socket)
  socket.on('error', () => undefined)
  socket.on('close', () => {
    holders.delete(socket)
    leaveWhenAlone()
  })
  socket.resume()
  if (greeting) socket.write(`${JSON.stringify(greeting)}\n`)
})
rmSync(socketPath, { force: true })
server.listen(socketPath)
process.on('SIGTERM', leave)
process.on('SIGINT', leave)
process.on('SIGHUP', leave)

/** Databases of runs that were killed before they could drop their own. Nobody else can be using them: we hold the lock. */
async function dropLeftovers(port: number, user: string, password: string) {
  const connection = await createConnection({ host: '127.0.0.1', port, user, password })
  const [rows] = await connection.query<import('mysql2').RowDataPacket[]>(
    `SHOW DATABASES LIKE 'test\\_${user}\\_%'`,
  )
  for (const row of rows) {
    const [name] = Object.values(row) as string[]
    if (name !== undefined) await connection.query(`DROP DATABASE \`${name}\``)
  }
  await connection.end()
}

/** A server needs a moment until it binds, and in that moment any connection of this machine may be given its port. */
async function startOnFreePort(
  start: (port: number) => Promise<RunningMysql>,
): Promise<{ mysql: RunningMysql; port: number }> {
  for (let triesLeft = 3; ; triesLeft -= 1) {
    const port = await freePort()
    try {
      return { mysql: await start(port), port }
    } catch (error) {
      const lines = error instanceof StackError ? error.lastLines : []
      if (triesLeft <= 1 || !lines.some((line) => /address already in use/i.test(line))) throw error
    }
  }
}

try {
  const secrets = stackSecrets(folder)
  const program = await findMysqlProgram((text) => console.log(text))
  const { mysql, port } = await startOnFreePort((freeOne) =>
    startMysql({
      guard,
      program,
      folder: join(folder, 'mysql'),
      port: freeOne,
      logFile: join(folder, 'logs', 'mysql.log'),
      accounts: [
        { user: 'tt', password: secrets.mysqlPassword.tt, databases: 'test\\_tt\\_%' },
        { user: 'ah', password: secrets.mysqlPassword.ah, databases: 'test\\_ah\\_%' },
      ],
    }),
  )
  // A server that dies in the middle of a run is not restarted: its databases' state would be anyone's guess.
  void mysql.process.ended.then(leave)
  await Promise.all([
    dropLeftovers(port, 'tt', secrets.mysqlPassword.tt),
    dropLeftovers(port, 'ah', secrets.mysqlPassword.ah),
  ])
  greeting = { port }
} catch (error) {
  console.error(error)
  const message = error instanceof Error ? error.message : String(error)
  greeting = {
    error: message,
    ...(error instanceof StackError && error.nextStep !== undefined ? { nextStep: error.nextStep } : {}),
  }
}
for (const holder of holders) holder.write(`${JSON.stringify(greeting)}\n`)
leaveWhenAlone()
