import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { childEnvironment } from '../child-environment.ts'
import { StackError } from '../errors.ts'
import type { Guard, GuardedProcess } from '../guard/guard.ts'
import { lastLines } from '../last-lines.ts'
import { appFolder, nodeProgram } from '../paths.ts'
import { freePort } from '../ports/free-port.ts'
import { waitUntil } from '../wait-until.ts'

/** Prisma's command line as Total TypeScript has it installed. */
function prismaProgram(): { program: string; version: string } {
  const manifestFile = createRequire(join(appFolder('tt'), 'package.json')).resolve('prisma/package.json')
  const manifest = createRequire(manifestFile)(manifestFile) as { version: string; bin: { prisma: string } }
  return { program: join(dirname(manifestFile), manifest.bin.prisma), version: manifest.version }
}

/**
 * Starts Prisma Studio on a database, on a port of 127.0.0.1 that nobody knows, without opening a browser.
 *
 * It reads the database's own list of tables and no Prisma schema, so it serves AI Hero's database too. The address
 * goes into its environment: on its command line every user of the machine could read the password.
 *
 * @throws StackError `part-failed` with its last lines when it doesn't answer
 */
export async function startPrismaStudio({
  guard,
  databaseUrl,
  logFile,
}: {
  guard: Guard
  databaseUrl: string
  logFile: string
}): Promise<{ origin: string; version: string; process: GuardedProcess }> {
  const { program, version } = prismaProgram()
  const port = await freePort()
  const process_ = await guard.start({
    command: nodeProgram(),
    args: [program, 'studio', '--port', String(port), '--browser', 'none'],
    cwd: appFolder('tt'),
    env: childEnvironment({ DATABASE_URL: databaseUrl, BROWSER: 'none', NO_COLOR: '1' }),
    logFile,
  })
  let ended = false
  void process_.ended.then(() => {
    ended = true
  })
  // The name, not the address: it compares a request's origin with `http://localhost:<port>`.
  const origin = `http://localhost:${port}`
  try {
    await waitUntil(
      async () => {
        if (ended) return true
        return (await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5_000) })).ok
      },
      { deadlineMs: 30_000, describe: 'The first answer of Prisma Studio' },
    )
    if (ended) throw new Error('Prisma Studio ended right after its start.')
  } catch (error) {
    if (!ended) await process_.stop(1_000)
    throw new StackError('part-failed', 'Prisma Studio did not start.', {
      logFile,
      lastLines: lastLines(logFile),
      nextStep: 'Read the lines above; `-- --sql` gives a mysql prompt instead, where a client is installed.',
      cause: error,
    })
  }
  return { origin, version, process: process_ }
}
