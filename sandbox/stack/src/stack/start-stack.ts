import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type AppKey, appEnvironment, browserUrl, type RouteThrough, serviceUrl } from '../app-environment.ts'
import { buildApp } from '../apps/build-app.ts'
import { registerFunctions } from '../apps/register-functions.ts'
import { hasAppScript, runAppScript } from '../apps/run-app-script.ts'
import { StackError } from '../errors.ts'
import { generatePrismaClient } from '../generate-prisma-client.ts'
import { createGuard } from '../guard/guard.ts'
import { takeLock } from '../lock-file.ts'
import { findMysqlProgram } from '../mysql/find-mysql-program.ts'
import { describeProgram, type MysqlServerProgram } from '../mysql/server-program.ts'
import { readOverrides } from '../overrides.ts'
import { appPart } from '../parts/app-part.ts'
import { discordPart } from '../parts/discord-part.ts'
import { githubPart, inboxPart } from '../parts/emulate-parts.ts'
import { inngestKind, inngestPart } from '../parts/inngest-part.ts'
import { givenMysqlPart, privateMysqlPart } from '../parts/mysql-part.ts'
import type { PartDefinition, StartedPart } from '../parts/part.ts'
import { stripePart } from '../parts/stripe-part.ts'
import { stackFolder } from '../paths.ts'
import { assertPortsFree } from '../ports/assert-ports-free.ts'
import { defaultPortBase, type PartName, partNames, portsOf, type StackPorts } from '../ports/ports-of.ts'
import { stackSecrets } from '../secrets.ts'
import { assertSiteHosts, localhostOnly, type SiteHosts } from '../site-hosts.ts'
import {
  readStackInfo,
  type StackInfo,
  stackInfoFile,
  stackLockFile,
  writePrivateJson,
} from '../stack-info.ts'
import { type AppEnvironments, appEnvironmentsFile } from './app-environments-file.ts'
import type { StackProgress } from './progress.ts'
import { runSteps, type Step } from './run-steps.ts'

export interface StartStackOptions {
  /** Its data lies in `.local/<name>`; `dev` unless told. */
  name?: string
  /** See `portsOf`; follows from the name unless told. */
  portBase?: number
  /** Run the apps as dev servers, as production builds (made when needed), or not at all. */
  apps: 'dev' | 'start' | 'none'
  /** Start these parts only. A database is then migrated and seeded only if its app is among them. */
  only?: readonly PartName[]
  /**
   * What the browser calls the two apps instead of `localhost`, so that they are two sites: `tt.test` and `ah.test`, say.
   * Everything still listens on 127.0.0.1 and the parts call each other there; the browser has to be told where the names
   * lead (Chromium: `--host-resolver-rules=MAP *.test 127.0.0.1`).
   */
  hosts?: SiteHosts
  onProgress?: (progress: StackProgress) => void
  /** Addresses of fault proxies to use instead of the direct ones. */
  routeThrough?: RouteThrough
  /** Further variables for the apps; they win over the stack's own. */
  appEnvironment?: Partial<Record<AppKey, Record<string, string>>>
}

/** What is known of a started part. */
export interface PartStatus {
  name: PartName
  kind: string
  version: string
  url: string
  pid: number | undefined
  startedInMs: number
}

export interface Stack {
  info: StackInfo
  /** True when a stack of this name was running before: it is left running by `stop`, and its parts can't be stopped from here. */
  alreadyRunning: boolean
  parts: readonly PartStatus[]
  /** Stops every part; nothing is left running. */
  stop(): Promise<void>
  /** Stops one part as an operator would. */
  stopPart(name: PartName): Promise<void>
  /** Starts a part that was stopped or killed, and waits until it is ready; nothing happens when it is running. */
  startPart(name: PartName): Promise<void>
  /** Ends one part by kill -9. */
  killPart(name: PartName): Promise<void>
}

const APPS = ['tt', 'ah'] as const
/** Folders of `.local` that are not stacks. */
const RESERVED_NAMES = new Set(['tools', 'logs', 'stamps', 'test-db'])
const MYSQL_OF = { tt: 'mysql-tt', ah: 'mysql-ah' } as const

function describePorts(
  wanted: ReadonlySet<PartName>,
  ports: StackPorts,
  given: ReadonlySet<PartName>,
  realInngest: boolean,
) {
  const list = [...wanted]
    .filter((name) => !given.has(name))
    .map((name) => ({ port: ports[name], purpose: name }))
  if (realInngest) {
    for (const app of APPS) {
      if (!wanted.has(`inngest-${app}`)) continue
      list.push(...ports.inngestInternal[app].map((port) => ({ port, purpose: `inngest-${app}` as const })))
    }
  }
  return list
}

function alreadyRunningStack(info: StackInfo): Stack {
  const refuse = async () => {
    throw new StackError(
      'already-running',
      `The stack ${info.name} is run by another process, so its parts are not ours to stop or start.`,
      {
        nextStep: `Stop it with \`npm run stack -- down --name ${info.name}\` and start it from here.`,
      },
    )
  }
  return {
    info,
    alreadyRunning: true,
    parts: [],
    stop: async () => undefined,
    stopPart: refuse,
    startPart: refuse,
    killPart: refuse,
  }
}

/**
 * Starts a whole local stack and waits until it is ready: databases, Inngest servers, Stripe, GitHub, Discord and inbox
 * stand-ins side by side; then migrations, seeds and the apps, each as soon as what it needs is there. If the stack of
 * that name runs already, that one is returned.
 *
 * Whatever happens to this process, the parts end with it (see guard/).
 *
 * @throws StackError for a taken port, a part that can't start, a refused database …; nothing is left running then
 */
export async function startStack(options: StartStackOptions): Promise<Stack> {
  const {
    name = 'dev',
    apps,
    onProgress = () => undefined,
    routeThrough = {},
    only,
    hosts = localhostOnly,
  } = options
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(name) || RESERVED_NAMES.has(name)) {
    throw new StackError('bad-arguments', `"${name}" can't be the name of a stack.`, {
      nextStep: 'Use lower-case letters, digits and dashes.',
    })
  }
  assertSiteHosts(hosts)
  const folder = stackFolder(name)
  const lock = takeLock(stackLockFile(name))
  if (!lock.held) {
    const info = readStackInfo(name)
    if (info) return alreadyRunningStack(info)
    throw new StackError(
      'already-running',
      `The stack ${name} is being started or stopped by process ${lock.owner.pid}.`,
      {
        nextStep: 'Wait a moment and try again.',
      },
    )
  }

  const ports = portsOf(options.portBase ?? defaultPortBase(name))
  const wanted = new Set<PartName>(only ?? partNames)
  if (apps === 'none') for (const app of APPS) wanted.delete(app)
  const overrides = readOverrides()
  const guard = createGuard()
  const started = new Map<PartName, StartedPart & { ms: number }>()
  const stopping = new Set<PartName>()
  const alive = new Set<PartName>()
  let closed = false

  const close = async () => {
    if (closed) return
    closed = true
    rmSync(stackInfoFile(name), { force: true })
    // The apps first, so that their last requests still find everything they need.
    await Promise.all(APPS.map((app) => started.get(app)?.process?.stop(4_000)))
    await Promise.all([...started.values()].map((part) => part.process?.stop(6_000)))
    await guard.close()
    lock.release()
  }

  try {
    rmSync(stackInfoFile(name), { force: true })
    const given = new Set<PartName>()
    if (overrides.ttDatabaseUrl) given.add('mysql-tt')
    if (overrides.ahDatabaseUrl) given.add('mysql-ah')
    const inngest = inngestKind(overrides.inngestProgram)
    await assertPortsFree(describePorts(wanted, ports, given, overrides.inngestProgram !== undefined))

    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const secrets = stackSecrets(folder)
    const logs = join(folder, 'logs')
    rmSync(logs, { recursive: true, force: true })
    const logFile = (step: string) => join(logs, `${step}.log`)

    let program: Promise<MysqlServerProgram> | undefined
    const mysqlProgram = () => {
      program ??= findMysqlProgram((detail) => onProgress({ type: 'working', step: 'mysql', detail }))
      return program
    }
    const databaseUrl = (app: AppKey) =>
      (app === 'tt' ? overrides.ttDatabaseUrl : overrides.ahDatabaseUrl) ??
      `mysql://${app}:${secrets.mysqlPassword[app]}@127.0.0.1:${ports[MYSQL_OF[app]]}/${app}`
    const environmentOf = (app: AppKey): Record<string, string> => ({
      ...appEnvironment({
        app,
        stackName: name,
        ports,
        secrets,
        databaseUrl: databaseUrl(app),
        hosts,
        routes: routeThrough,
      }),
      ...options.appEnvironment?.[app],
    })
    const environments: AppEnvironments = { tt: environmentOf('tt'), ah: environmentOf('ah') }

    const definitions = new Map<PartName, PartDefinition>()
    const define = (definition: PartDefinition) => definitions.set(definition.name, definition)
    for (const app of APPS) {
      const url = app === 'tt' ? overrides.ttDatabaseUrl : overrides.ahDatabaseUrl
      const mysql = MYSQL_OF[app]
      define(url !== undefined
        ? givenMysqlPart({ app, url })
        : privateMysqlPart({
            app,
            program: mysqlProgram,
            folder: join(folder, mysql),
            port: ports[mysql],
            logFile: logFile(mysql),
            password: secrets.mysqlPassword[app],
          }))
      define(inngestPart({
        app,
        program: overrides.inngestProgram,
        ports,
        secrets,
        folder: join(folder, `inngest-${app}`),
        logFile: logFile(`inngest-${app}`),
      }))
      if (apps !== 'none') {
        define(appPart({
          app,
          mode: apps,
          stackName: name,
          ports,
          hosts,
          environment: environments[app],
          logFile: logFile(app),
        }))
      }
    }
    define(stripePart({
      ports,
      secrets,
      folder: join(folder, 'stripe'),
      logFile: logFile('stripe'),
      routes: routeThrough,
    }))
    define(githubPart({ ports, secrets, hosts, folder, logFile: logFile('github') }))
    define(inboxPart({ ports, folder, logFile: logFile('inbox') }))
    define(discordPart({ ports, secrets, hosts, folder, logFile: logFile('discord') }))

    const startPart = async (part: PartName) => {
      const definition = definitions.get(part)
      if (!definition) throw new StackError('bad-arguments', `This stack has no part ${part}.`)
      onProgress({ type: 'starting', step: part })
      const begin = performance.now()
      const running = await definition.start(guard)
      const ms = Math.round(performance.now() - begin)
      started.set(part, { ...running, ms })
      onProgress({
        type: 'ready',
        step: part,
        ms,
        kind: running.kind,
        version: running.version,
        url: running.url,
      })
      alive.add(part)
      void running.process?.ended.then((end) => {
        alive.delete(part)
        if (closed || stopping.has(part)) return
        onProgress({
          type: 'ended',
          step: part,
          message: `The part ${part} has ended by itself (${end.signal ?? `code ${end.code}`}). Log: ${logFile(part)}`,
        })
      })
    }
    const timed = (step: string, after: readonly string[], run: () => Promise<string | undefined>): Step => ({
      name: step,
      after,
      async run() {
        onProgress({ type: 'starting', step })
        const begin = performance.now()
        const detail = await run()
        const ms = Math.round(performance.now() - begin)
        onProgress({ type: 'ready', step, ms, ...(detail === undefined ? {} : { detail }) })
      },
    })

    const steps: Step[] = []
    for (const part of wanted) {
      // A server comes up without its database, and a dev server takes a while: it need not wait for the seed.
      const after = { tt: ['generate-tt', 'build-tt'], ah: ['build-ah'] }[part as string] ?? []
      steps.push({ name: part, after, run: () => startPart(part) })
    }
    const prepared = (app: AppKey) => only === undefined || wanted.has(app)
    if (prepared('tt'))
      steps.push(
        timed('generate-tt', [], async () => ((await generatePrismaClient()) ? 'made' : 'unchanged')),
      )
    for (const app of APPS) {
      const environment = { ...environments[app], NODE_ENV: 'development' }
      if (prepared(app) && wanted.has(MYSQL_OF[app]) && hasAppScript(app, 'migrate')) {
        steps.push(
          timed(`migrate-${app}`, [MYSQL_OF[app], 'generate-tt'], async () => {
            await runAppScript({
              guard,
              app,
              script: 'migrate',
              environment,
              logFile: logFile(`migrate-${app}`),
            })
            return undefined
          }),
        )
        if (hasAppScript(app, 'seed')) {
          steps.push(
            timed(`seed-${app}`, [`migrate-${app}`, 'stripe'], async () => {
              await runAppScript({ guard, app, script: 'seed', environment, logFile: logFile(`seed-${app}`) })
              return undefined
            }),
          )
        }
      }
      if (wanted.has(app)) {
        if (apps === 'start') {
          steps.push(
            timed(`build-${app}`, ['generate-tt'], async () => {
              const built = await buildApp({
                guard,
                app,
                stackName: name,
                environment: environments[app],
                logFile: logFile(`build-${app}`),
              })
              return built ? 'built' : 'unchanged'
            }),
          )
        }
        if (wanted.has(`inngest-${app}`)) {
          steps.push(
            // Crons begin to run with this: by now there must be tables.
            timed(`register-${app}`, [app, `inngest-${app}`, `migrate-${app}`, `seed-${app}`], async () => {
              await registerFunctions(app, ports)
              return undefined
            }),
          )
        }
      }
    }
    await runSteps(steps)

    const appInfo = (app: AppKey) => ({
      url: browserUrl(ports, app, hosts),
      databaseUrl: databaseUrl(app),
      inngestUrl: serviceUrl(ports, `inngest-${app}`),
      eventKey: secrets.inngestEventKey[app],
      cronSecret: secrets.cronSecret[app],
    })
    const account = (app: AppKey) => ({
      secretKey: secrets.stripeSecretKey[app],
      webhookSecret: secrets.stripeWebhookSecret[app],
    })
    const info: StackInfo = {
      name,
      apps,
      tt: appInfo('tt'),
      ah: appInfo('ah'),
      stripe: { url: serviceUrl(ports, 'stripe'), tt: account('tt'), ah: account('ah') },
      inbox: { url: serviceUrl(ports, 'inbox') },
      github: { url: serviceUrl(ports, 'github') },
      discord: { url: serviceUrl(ports, 'discord') },
      kinds: {
        mysql: given.size === 2 ? 'given' : program === undefined ? 'none' : describeProgram(await program),
        inngest,
        stripe: 'sandbox',
      },
    }
    writePrivateJson(appEnvironmentsFile(name), environments)
    writePrivateJson(stackInfoFile(name), info)

    const runningPart = (part: PartName) => {
      const running = started.get(part)
      if (!running?.process)
        throw new StackError('bad-arguments', `The part ${part} is not run by this stack.`)
      return running.process
    }
    return {
      info,
      alreadyRunning: false,
      get parts() {
        return [...started].map(([part, { kind, version, url, process: process_, ms }]) => ({
          name: part,
          kind,
          version,
          url,
          pid: process_?.pid,
          startedInMs: ms,
        }))
      },
      stop: close,
      async stopPart(part) {
        stopping.add(part)
        await runningPart(part).stop()
      },
      async killPart(part) {
        stopping.add(part)
        const process_ = runningPart(part)
        process_.signal('SIGKILL')
        await process_.ended
      },
      async startPart(part) {
        // A second process would fail on the first one's port, and its handle would take the place of the living one's.
        if (alive.has(part)) return
        await startPart(part)
        stopping.delete(part)
      },
    }
  } catch (error) {
    if (error instanceof StackError && error.part !== undefined) {
      onProgress({ type: 'failed', step: error.part, message: error.message })
    }
    await close()
    throw error
  }
}
