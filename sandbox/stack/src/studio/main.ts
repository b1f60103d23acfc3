/**
 * `npm run db:studio:tt` and `db:studio:ah`: a view into the database of a running stack.
 *
 * Prisma Studio serves both. It was tried beside the other candidate: `drizzle-kit studio` has no page of its own, it
 * opens https://local.drizzle.studio, so it needs the internet and lends the database to a page from there. Prisma
 * Studio brings its page along, listens on 127.0.0.1 and reads the tables from the database itself, AI Hero's as well.
 * What it lacks (MariaDB, a door that knows who may come in) is in studio-door.ts.
 *
 *   npm run db:studio:ah -- --name two --port 5555
 *   npm run db:studio:tt -- --sql          a mysql prompt instead of a page
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { AppKey } from '../app-environment.ts'
import { childEnvironment } from '../child-environment.ts'
import { endWithParent } from '../end-with-parent.ts'
import { describeError, StackError } from '../errors.ts'
import { createGuard } from '../guard/guard.ts'
import { lockOwner } from '../lock-file.ts'
import { stackFolder } from '../paths.ts'
import { readStackInfo, stackLockFile } from '../stack-info.ts'
import { assertStackName } from '../stack-name.ts'
import { styled } from '../terminal/style.ts'
import { startPrismaStudio } from './prisma-studio.ts'
import { openStudioDoor } from './studio-door.ts'

const APP_NAMES = { tt: 'Total TypeScript', ah: 'AI Hero' } as const

interface StudioArguments {
  app: AppKey
  name: string
  port: number
  sql: boolean
}

function readArguments(argv: readonly string[]): StudioArguments {
  const usage = 'npm run db:studio:tt -- [--name STACK] [--port N] [--sql]   (db:studio:ah for AI Hero)'
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { name: { type: 'string' }, port: { type: 'string' }, sql: { type: 'boolean' } },
    })
    const [app] = positionals
    if (app !== 'tt' && app !== 'ah') throw new Error('Which app: tt or ah?')
    const port = Number(values.port ?? 0)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`There is no port ${values.port}.`)
    const name = values.name ?? process.env.STACK_NAME ?? 'dev'
    assertStackName(name)
    return { app, port, name, sql: values.sql ?? false }
  } catch (error) {
    if (error instanceof StackError) throw error
    throw new StackError('bad-arguments', (error as Error).message.split('. ')[0] ?? '', { nextStep: usage })
  }
}

/** @throws StackError `not-running` with the command that starts it */
function databaseUrlOf(name: string, app: AppKey): string {
  const info = readStackInfo(name)
  if (info !== undefined) return info[app].databaseUrl
  const suffix = name === 'dev' ? '' : ` --name ${name}`
  const isStarting = lockOwner(stackLockFile(name)) !== undefined
  throw new StackError(
    'not-running',
    isStarting ? `The stack "${name}" is still starting.` : `The stack "${name}" is not running.`,
    {
      nextStep: isStarting
        ? 'Wait until it is up, then run the same command again.'
        : `Start it with \`npm run stack -- up${suffix}\`${suffix === '' ? ' (or `npm run dev`)' : ''}, then run the same command again.`,
    },
  )
}

/** Hands the terminal to a mysql client; the password goes into its environment, not on its command line. */
async function openPrompt(databaseUrl: string): Promise<never> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const args = [
    '--protocol=TCP',
    `--host=${hostname}`,
    `--port=${port || 3306}`,
    `--user=${decodeURIComponent(username)}`,
    pathname.slice(1),
  ]
  const env = childEnvironment({ MYSQL_PWD: decodeURIComponent(password), TERM: process.env.TERM ?? 'dumb' })
  for (const client of ['mysql', 'mariadb']) {
    const code = await new Promise<number | undefined>((resolve) => {
      // A Ctrl-C belongs to the client: it cancels a statement.
      process.on('SIGINT', () => undefined)
      const child = spawn(client, args, { stdio: 'inherit', env })
      child.once('error', () => resolve(undefined))
      child.once('exit', (exitCode) => resolve(exitCode ?? 1))
    })
    if (code !== undefined) process.exit(code)
  }
  throw new StackError('part-failed', 'There is no mysql or mariadb client on PATH.', {
    nextStep: 'Install one (mariadb-client), or leave `--sql` out for the page.',
  })
}

async function main(): Promise<void> {
  const { app, name, port, sql } = readArguments(process.argv.slice(2))
  const databaseUrl = databaseUrlOf(name, app)
  if (sql) return openPrompt(databaseUrl)

  const guard = createGuard()
  let door: { url: string; close(): Promise<void> } | undefined
  let ending = false
  const end = async (code: number) => {
    ending = true
    await door?.close()
    await guard.close()
    process.exit(code)
  }
  endWithParent(() => void end(0))
  try {
    const logFile = join(stackFolder(name), 'logs', `studio-${app}.log`)
    const studio = await startPrismaStudio({ guard, databaseUrl, logFile })
    door = await openStudioDoor({ studioOrigin: studio.origin, port })
    void studio.process.ended.then(() => {
      // Told to a person only when they did not end it themselves.
      if (ending) return
      console.error(`Prisma Studio has ended. Log: ${logFile}`)
      void end(1)
    })
    console.log(`\n  ${styled('bold', `The database of ${APP_NAMES[app]}`)}, stack "${name}"`)
    console.log(`  ${styled('cyan', door.url)}   Prisma Studio ${studio.version}, for this machine only\n`)
    console.log('  What you change there is changed at once, past the app. Ctrl-C ends it.\n')
  } catch (error) {
    await guard.close()
    throw error
  }
}

main().catch((error: unknown) => {
  console.error(describeError(error))
  process.exit(1)
})
