import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AppKey } from '../app-environment.ts'
import { stopLeftoverContainers } from '../docker/leftover-containers.ts'
import { StackError } from '../errors.ts'
import { createGuard } from '../guard/guard.ts'
import { type Home, startHome } from '../home/start-home.ts'
import { type HeldLock, takeLock } from '../lock-file.ts'
import { readOverrides, type StackOverrides } from '../overrides.ts'
import { stackFolder } from '../paths.ts'
import { pickParts } from '../picking/pick-parts.ts'
import { neededParts } from '../picking/picked-parts.ts'
import { assertPortsFree } from '../ports/assert-ports-free.ts'
import { defaultPortBase, type PartName, partNames, portsOf, type StackPorts } from '../ports/ports-of.ts'
import { callbackNotes } from '../real-services/callback-notes.ts'
import { roadTargets } from '../roads/road-targets.ts'
import { type Roads, startRoads } from '../roads/start-roads.ts'
import { stackSecrets } from '../secrets.ts'
import { assertSiteHosts, localhostOnly } from '../site-hosts.ts'
import { readStackInfo, stackInfoFile, stackLockFile, writePrivateJson } from '../stack-info.ts'
import { assertStackName } from '../stack-name.ts'
import { alreadyRunningStack } from './already-running-stack.ts'
import { appEnvironments } from './app-environments.ts'
import { appEnvironmentsFile } from './app-environments-file.ts'
import { assertAsAsked } from './assert-as-asked.ts'
import { defineParts } from './define-parts.ts'
import { describeStack } from './describe-stack.ts'
import { homeOfStack } from './home-of-stack.ts'
import { neededPorts } from './needed-ports.ts'
import { dataPlace, noteMovedData } from './note-moved-data.ts'
import { planSteps } from './plan-steps.ts'
import { createPartRunner, type PartRunner } from './run-parts.ts'
import { runPlan } from './run-plan.ts'
import type { Stack, StartStackOptions } from './stack.ts'

const APPS: readonly AppKey[] = ['tt', 'ah']

/**
 * Starts a whole local stack and waits until it is ready: picks what stands behind each part, checks the ports, serves
 * the home page, and runs the plan (databases, Inngest, stand-ins, migrations, seeds, apps). If the stack of that name
 * runs already, that one is returned.
 *
 * Whatever happens to this process, the parts end with it (see guard/).
 *
 * @throws StackError for a choice that can't be had, a taken port, a part that can't start, a refused database …;
 *   nothing is left running then
 */
export async function startStack(options: StartStackOptions): Promise<Stack> {
  const { name = 'dev', hosts = localhostOnly } = options
  assertStackName(name)
  assertSiteHosts(hosts)
  // Before the lock: nothing that can fail may stand between taking it and the place that gives it back.
  const ports = portsOf(options.portBase ?? defaultPortBase(name))
  const overrides = readOverrides()
  const lock = takeLock(stackLockFile(name))
  if (lock.held) return startOwnStack(options, { name, lock, ports, overrides })
  const info = readStackInfo(name)
  if (info) {
    assertAsAsked(info, options)
    return alreadyRunningStack(info)
  }
  throw new StackError(
    'already-running',
    `The stack ${name} is being started or stopped by process ${lock.owner.pid}.`,
    { nextStep: 'Wait a moment and try again.' },
  )
}

interface OwnStack {
  name: string
  lock: HeldLock
  ports: StackPorts
  overrides: StackOverrides
}

/** Starts the stack whose lock this process holds. */
async function startOwnStack(
  options: StartStackOptions,
  { name, lock, ports, overrides }: OwnStack,
): Promise<Stack> {
  const { apps, only, choices, routeThrough, hosts = localhostOnly, onProgress = () => undefined } = options
  const { home: wantsHome = only === undefined, roads: wantsRoads = only === undefined } = options
  const folder = stackFolder(name)
  const logs = join(folder, 'logs')
  const logFile = (step: string) => join(logs, `${step}.log`)
  const wanted = new Set<PartName>(only ?? partNames)
  if (apps === 'none') for (const app of APPS) wanted.delete(app)
  const prepared = new Set(APPS.filter((app) => only === undefined || wanted.has(app)))
  const onWorking = (step: string, detail: string) => onProgress({ type: 'working', step, detail })
  const guard = createGuard()

  const opened: { home?: Home; runner?: PartRunner; roads?: Roads } = {}
  const closeAll = async () => {
    try {
      rmSync(stackInfoFile(name), { force: true })
      await opened.home?.close()
      // The apps first, so that their last requests still find everything they need.
      await opened.runner?.stopAll(APPS)
    } finally {
      await guard.close()
      await opened.runner?.settled()
      await opened.roads?.close()
      lock.release()
    }
  }
  let closed: Promise<void> | undefined
  const stop = () => {
    closed ??= closeAll()
    return closed
  }
  options.onBegin?.(stop)

  try {
    rmSync(stackInfoFile(name), { force: true })
    rmSync(logs, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    // Databases, logs and what Inngest keeps hold people's addresses, and not every program asks for a mode of its own.
    chmodSync(folder, 0o700)
    const picked = await pickParts({
      overrides,
      choices,
      wanted,
      prepared,
      guard,
      logFile,
      onWorking,
    })
    const needed = neededParts(wanted, picked)
    // What a killed run left in Docker holds ports.
    await stopLeftoverContainers(name)
    await assertPortsFree(neededPorts({ needed, picked, ports, home: wantsHome }))

    const secrets = stackSecrets(folder)
    const roads = wantsRoads
      ? await startRoads({
          targets: roadTargets(ports),
          ...(routeThrough === undefined ? {} : { routes: routeThrough }),
        })
      : undefined
    if (roads) opened.roads = roads
    const routes = roads?.routes ?? routeThrough ?? {}
    const shared = { ports, secrets, hosts, picked }
    const environments = await appEnvironments({
      ...shared,
      stackName: name,
      routes,
      overrides,
      ...(options.appEnvironment === undefined ? {} : { added: options.appEnvironment }),
    })
    const definitions = defineParts({
      ...shared,
      needed,
      stackName: name,
      apps,
      routes,
      environments,
      folder,
      logFile,
      onWorking,
    })
    const runner = createPartRunner({ definitions, guard, logFile, onProgress })
    opened.runner = runner
    const home = wantsHome
      ? await startHome({
          port: ports.home,
          stack: homeOfStack({
            ...shared,
            name,
            apps,
            wanted,
            runner,
            environments,
            roads,
            logFile,
          }),
        })
      : undefined
    if (home) opened.home = home

    const steps = planSteps({
      parts: new Set(definitions.keys()),
      prepared,
      apps,
      stackName: name,
      ports,
      environments,
      guard,
      logFile,
      startPart: runner.start,
      onProgress,
    })
    await runPlan(steps, runner.firstDeath)
    const info = describeStack({
      ...shared,
      name,
      apps,
      wanted,
      records: runner.records,
      environments,
      homeUrl: home?.url,
    })
    const { mysqlTt, mysqlAh } = info.picks
    const moved = noteMovedData(name, {
      ...(mysqlTt && { tt: dataPlace(name, 'tt', mysqlTt, info.tt.databaseUrl) }),
      ...(mysqlAh && { ah: dataPlace(name, 'ah', mysqlAh, info.ah.databaseUrl) }),
    })
    writePrivateJson(appEnvironmentsFile(name), environments)
    writePrivateJson(stackInfoFile(name), info)
    return {
      info,
      alreadyRunning: false,
      get parts() {
        return runner.statuses()
      },
      roads,
      notes: [...callbackNotes({ picks: info.picks, ports, hosts }), ...moved],
      stop,
      stopPart: runner.stop,
      startPart: runner.start,
      killPart: runner.kill,
      pausePart: runner.pause,
      resumePart: runner.resume,
    }
  } catch (error) {
    if (error instanceof StackError && error.part !== undefined) {
      onProgress({ type: 'failed', step: error.part, message: error.message })
    }
    await stop()
    throw error
  }
}
